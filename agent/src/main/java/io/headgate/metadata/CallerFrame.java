// SPDX-License-Identifier: Apache-2.0
package io.headgate.metadata;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The first frame of the app's own on this thread's stack: the first that is of no library known to
 * make or carry LLM calls, and of no class that a framework generated.
 */
final class CallerFrame {

  /** Further down there may be one, but walking there would cost each call. */
  private static final int DEEPEST = 256;

  private static final StackWalker WALKER = StackWalker.getInstance();

  /**
   * Package prefixes of libraries, frameworks and of the JDK. Two are put together here: as
   * literals they would get other names when the agent is packed, as our own copies of them do.
   */
  private static final List<String> LIBRARIES =
      List.of(
          "io.headgate.",
          "java.",
          "javax.",
          "jdk.",
          "sun.",
          "com.sun.",
          "kotlin.",
          "kotlinx.",
          "scala.",
          "clojure.",
          "groovy.",
          "org.codehaus.groovy.",
          "okhttp3.",
          "okio.",
          "retrofit2.",
          "feign.",
          "com.openai.",
          "com.anthropic.",
          "com.google.genai.",
          "com.google.api.",
          "com.google.common.",
          "com.google.cloud.",
          "com.cohere.",
          "com.azure.",
          "com.fasterxml.",
          "com.theokanning.openai.",
          "dev.langchain4j.",
          "org.springframework.",
          "org.aopalliance.",
          "org.aspectj.",
          "software.amazon.",
          "com.amazonaws.",
          "io.github.resilience4j.",
          "dev.failsafe.",
          "net.jodah.failsafe.",
          "reactor.",
          "io.reactivex.",
          "rx.",
          "io.netty.",
          "io.vertx.",
          "io.micrometer.",
          String.join(".", "io", "opentelemetry", ""),
          "datadog.",
          "io.micronaut.",
          "io.quarkus.",
          "io.smallrye.",
          "jakarta.",
          "org.jboss.",
          "org.apache.",
          "org.eclipse.jetty.",
          "org.hibernate.",
          "org.junit.",
          "org.mockito.",
          "org.slf4j.",
          "ch.qos.logback.",
          String.join(".", "net", "bytebuddy", ""),
          "net.sf.cglib.");

  /** What frameworks put into the names of classes they generate. */
  private static final List<String> GENERATED =
      List.of("$$", "$Proxy", "_ClientProxy", "_Subclass", "ByteBuddy", "$MockitoMock$");

  private CallerFrame() {}

  /**
   * What is asked of it.
   *
   * @param part {@code class}, {@code method} or {@code package}
   */
  static @Nullable String part(String part, @Nullable StackFrame frame) {
    if (frame == null) {
      return null;
    }
    String type = plain(frame.getClassName());
    return switch (part) {
      case "method" -> simple(type) + "." + method(frame.getMethodName());
      case "package" -> type.lastIndexOf('.') < 0 ? "" : type.substring(0, type.lastIndexOf('.'));
      default -> simple(type);
    };
  }

  /** Null if there is none within reach, as on a pool's thread. */
  static @Nullable StackFrame find() {
    return WALKER.walk(CallerFrame::first);
  }

  private static @Nullable StackFrame first(Stream<StackFrame> frames) {
    return frames
        .limit(DEEPEST)
        .filter(frame -> own(frame.getClassName()))
        .findFirst()
        .orElse(null);
  }

  static boolean own(String type) {
    for (String prefix : LIBRARIES) {
      if (type.startsWith(prefix)) {
        return false;
      }
    }
    for (String mark : GENERATED) {
      if (type.contains(mark)) {
        return false;
      }
    }
    return true;
  }

  /** Of a class inside a class, the outermost: what is within changes with each compilation. */
  private static String plain(String type) {
    int dollar = type.indexOf('$');
    return dollar <= 0 ? type : type.substring(0, dollar);
  }

  private static String simple(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  /** A lambda's method is named after the one it is written in. */
  private static String method(String name) {
    if (!name.startsWith("lambda$")) {
      return name;
    }
    int end = name.lastIndexOf('$');
    return end <= "lambda$".length() ? name : name.substring("lambda$".length(), end);
  }
}
