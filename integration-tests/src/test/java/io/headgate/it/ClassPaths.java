// SPDX-License-Identifier: Apache-2.0
package io.headgate.it;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Class paths for forks: this module's own without what is not wanted, or jars found otherwise. */
public final class ClassPaths {

  /** Folders of the local repository, one for each SDK and what only it brings along. */
  private static final List<String> SDKS =
      List.of(
          "com/openai/",
          "com/anthropic/",
          "io/opentelemetry/",
          "com/google/",
          "com/cohere/",
          "dev/langchain4j/",
          "org/springframework/",
          "org/apache/tomcat/",
          "io/projectreactor/",
          "io/micrometer/",
          "com/squareup/retrofit2/");

  /** HTTP libraries of the tests' own, which frameworks would choose over the JDK's. */
  private static final List<String> NEVER =
      List.of(
          "org/wiremock/",
          "org/eclipse/jetty/",
          "org/apache/httpcomponents/client5/",
          "org/apache/httpcomponents/core5/");

  /**
   * What this module is compiled against, or finds jars with, and no fork is to see: other versions
   * of it are in {@code client-versions.yaml}, and frameworks would choose it over what they have.
   */
  private static final List<String> COMPILED_AGAINST =
      List.of(
          "com/azure/",
          "commons-logging/",
          "dev/langchain4j/langchain4j-http-client-spring-restclient/",
          "eu/maveniverse/",
          "io/ktor/",
          "io/netty/",
          "io/projectreactor/netty/",
          "io/vertx/",
          "org/apache/httpcomponents/httpasyncclient/",
          "org/apache/httpcomponents/httpcore-nio/",
          "org/apache/maven/",
          "org/codehaus/plexus/",
          "org/eclipse/jetty/jetty-reactive-httpclient/",
          "org/jetbrains/kotlinx/",
          "org/ow2/",
          "org/slf4j/jcl-over-slf4j/",
          "org/springframework/boot/spring-boot/",
          "software/amazon/");

  private ClassPaths() {}

  /**
   * This module's class path with no SDK but the named ones.
   *
   * @param wanted folders of the local repository, such as {@code com/openai/}
   */
  public static String withSdks(String... wanted) {
    List<String> out = new ArrayList<>(SDKS);
    out.removeAll(List.of(wanted));
    out.addAll(NEVER);
    out.addAll(COMPILED_AGAINST);
    return without(out);
  }

  /** This module's class path as its own code needs it. */
  public static String own() {
    return without(new ArrayList<>(COMPILED_AGAINST));
  }

  /** The tests' classes and these jars, and no other. */
  public static String withJars(List<Path> jars) {
    String ours = ClassPaths.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return Stream.concat(Stream.of(ours), jars.stream().map(Path::toString))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String without(List<String> folders) {
    return Arrays.stream(ForkedJvm.ownClassPath().split(File.pathSeparator))
        .filter(entry -> folders.stream().noneMatch(entry.replace('\\', '/')::contains))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
