// SPDX-License-Identifier: Apache-2.0
package io.headgate.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MdcTest {

  private final Thread thread = Thread.currentThread();
  private final ClassLoader before = thread.getContextClassLoader();

  @BeforeEach
  void onlyTheAppsLoaderCounts() {
    thread.setContextClassLoader(null);
  }

  @AfterEach
  void asItWas() {
    thread.setContextClassLoader(before);
  }

  private static AppCode app(String... namesAndSources) {
    return AppCode.of(ClassLoader.getPlatformClassLoader(), namesAndSources);
  }

  private static String logging(String type, String get) {
    int dot = type.lastIndexOf('.');
    return "package "
        + type.substring(0, dot)
        + "; public class "
        + type.substring(dot + 1)
        + " { "
        + get
        + " }";
  }

  private static AppCode with(String type, String value) {
    return app(
        type,
        logging(
            type,
            "public static String get(String key) { return key.equals(\"user\") ? "
                + value
                + " : null; }"));
  }

  @Test
  void slf4jIsAsked() {
    ClassLoader app = with("org.slf4j.MDC", "\"u1\"");
    assertThat(Mdc.get("user", app)).isEqualTo("u1");
    assertThat(Mdc.get("other", app)).isNull();
  }

  @Test
  void log4jIsAsked() {
    assertThat(Mdc.get("user", with("org.apache.logging.log4j.ThreadContext", "\"u2\"")))
        .isEqualTo("u2");
  }

  @Test
  void jbossLoggingHasValuesOfAnyType() {
    AppCode app =
        app(
            "org.jboss.logging.MDC",
            logging("org.jboss.logging.MDC", "public static Object get(String k) { return 7; }"));
    assertThat(Mdc.get("user", app)).isEqualTo("7");
  }

  @Test
  void theNextOneIsAskedWhereOneKnowsNothingOrFails() {
    AppCode app =
        app(
            "org.slf4j.MDC",
            logging(
                "org.slf4j.MDC",
                "public static String get(String k) { throw new IllegalStateException(); }"),
            "org.apache.logging.log4j.ThreadContext",
            logging(
                "org.apache.logging.log4j.ThreadContext",
                "public static String get(String k) { return null; }"),
            "org.jboss.logging.MDC",
            logging(
                "org.jboss.logging.MDC", "public static Object get(String k) { return \"u3\"; }"));
    assertThat(Mdc.get("user", app)).isEqualTo("u3");
  }

  @Test
  void anAppWithoutLoggingHasNone() {
    assertThat(Mdc.get("user", ClassLoader.getPlatformClassLoader())).isNull();
    assertThat(Mdc.get("user", null)).isNull();
  }

  @Test
  void theThreadsLoaderIsAskedWhereTheOtherKnowsNothing() {
    thread.setContextClassLoader(with("org.slf4j.MDC", "\"u4\""));
    assertThat(Mdc.get("user", ClassLoader.getPlatformClassLoader())).isEqualTo("u4");
    assertThat(Mdc.get("user", null)).isEqualTo("u4");
  }
}
