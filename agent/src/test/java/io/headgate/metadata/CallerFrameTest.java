// SPDX-License-Identifier: Apache-2.0
package io.headgate.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerFrameTest {

  /** A library between the app and the one that asks. */
  private static final String LIBRARY =
      "package dev.langchain4j.model;"
          + "public class Model {"
          + "  public static java.util.function.Supplier<String> asker;"
          + "  public static String ask() { return asker.get(); }"
          + "}";

  private static final String APP =
      "package com.acme.support;"
          + "import dev.langchain4j.model.Model;"
          + "public class Tickets {"
          + "  static class Inner { String answer() { return Model.ask(); } }"
          + "  public static String plain() { return Model.ask(); }"
          + "  public static String inner() { return new Inner().answer(); }"
          + "  public static String anonymous() {"
          + "    return new Object() { String go() { return Model.ask(); } }.go(); }"
          + "  public static String lambda() {"
          + "    java.util.function.Supplier<String> s = () -> Model.ask(); return s.get(); }"
          + "  public static String stream() {"
          + "    return java.util.stream.Stream.of(1).map(i -> Model.ask()).findFirst().get(); }"
          + "  public static String proxied() {"
          + "    java.util.function.Supplier<?> s = (java.util.function.Supplier<?>)"
          + "      java.lang.reflect.Proxy.newProxyInstance(Tickets.class.getClassLoader(),"
          + "        new Class<?>[] {java.util.function.Supplier.class},"
          + "        (p, m, a) -> Handler.handle());"
          + "    return String.valueOf(s.get()); }"
          + "  public Tickets() { made = Model.ask(); }"
          + "  final String made;"
          + "  public static String constructed() { return new Tickets().made; }"
          + "  public static String generated() { return Tickets$$EnhancerBySpring.run(); }"
          + "}"
          + "class Handler { static String handle() { return Model.ask(); } }"
          + "class Tickets$$EnhancerBySpring { static String run() { return Model.ask(); } }";

  private static final String NO_PACKAGE =
      "public class Main { public static String go() {"
          + " return dev.langchain4j.model.Model.ask(); } }";

  private static final AppCode LOADER =
      AppCode.of(
          CallerFrameTest.class.getClassLoader(),
          "dev.langchain4j.model.Model",
          LIBRARY,
          "com.acme.support.Tickets",
          APP,
          "Main",
          NO_PACKAGE);

  private String of(String part, String type, String method) {
    try {
      Supplier<String> asker = () -> String.valueOf(CallerFrame.part(part, CallerFrame.find()));
      LOADER.loadClass("dev.langchain4j.model.Model").getField("asker").set(null, asker);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
    return String.valueOf(LOADER.call(type, method));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"plain", "inner", "anonymous", "lambda", "stream", "constructed", "generated"})
  void theClassIsTheAppsOutermost(String method) {
    assertThat(of("class", "com.acme.support.Tickets", method)).isEqualTo("Tickets");
    assertThat(of("package", "com.acme.support.Tickets", method)).isEqualTo("com.acme.support");
  }

  @Test
  void theMethodIsTheOneThatWasWritten() {
    assertThat(of("method", "com.acme.support.Tickets", "plain")).isEqualTo("Tickets.plain");
    assertThat(of("method", "com.acme.support.Tickets", "lambda")).isEqualTo("Tickets.lambda");
    assertThat(of("method", "com.acme.support.Tickets", "stream")).isEqualTo("Tickets.stream");
    assertThat(of("method", "com.acme.support.Tickets", "generated"))
        .isEqualTo("Tickets.generated");
    assertThat(of("method", "com.acme.support.Tickets", "inner")).isEqualTo("Tickets.answer");
    assertThat(of("method", "com.acme.support.Tickets", "constructed")).isEqualTo("Tickets.<init>");
  }

  @Test
  void behindAProxyItIsTheHandler() {
    assertThat(of("class", "com.acme.support.Tickets", "proxied")).isEqualTo("Handler");
  }

  @Test
  void aClassWithoutAPackageHasAnEmptyOne() {
    assertThat(of("class", "Main", "go")).isEqualTo("Main");
    assertThat(of("package", "Main", "go")).isEmpty();
  }

  @Test
  void whereThereIsNoFrameThereIsNoValue() {
    assertThat(CallerFrame.part("class", null)).isNull();
  }

  @Test
  void aThreadOfNothingButLibrariesHasNoCaller() throws Exception {
    boolean[] none = new boolean[1];
    Thread thread = new Thread(() -> none[0] = CallerFrame.find() == null);
    thread.start();
    thread.join();
    assertThat(none[0]).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.Thread",
        "okhttp3.internal.connection.RealCall",
        "com.openai.client.OpenAIClientImpl",
        "org.springframework.ai.chat.client.DefaultChatClient",
        "jdk.proxy2.$Proxy12",
        "com.acme.$Proxy7",
        "com.acme.Bot_ClientProxy",
        "com.acme.Bot_Subclass",
        "com.acme.Bot$$SpringCGLIB$$0",
        "com.acme.Bot$MockitoMock$12",
        "com.acme.Bot$ByteBuddy$xyz",
      })
  void librariesAndGeneratedClassesAreNotTheApp(String type) {
    assertThat(CallerFrame.own(type)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"com.acme.Bot", "Main", "javafx.Main", "rxcompany.Bot", "com.openaix.Bot"})
  void whatOnlyLooksLikeALibraryIsTheApp(String type) {
    assertThat(CallerFrame.own(type)).isTrue();
  }
}
