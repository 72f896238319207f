// SPDX-License-Identifier: Apache-2.0
package io.headgate.it;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Class paths for forks: this module's own without what is not wanted, and folders of clients. */
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

  private static final Path CLIENTS =
      Path.of(System.getProperty("headgate.it.clients", "target/clients"));

  private ClassPaths() {}

  /**
   * This module's class path with no SDK but the named ones.
   *
   * @param wanted folders of the local repository, such as {@code com/openai/}
   */
  public static String withSdks(String... wanted) {
    List<String> out = new ArrayList<>(SDKS);
    out.removeAll(List.of(wanted));
    return without(out);
  }

  /**
   * The tests' classes with the clients of a folder below {@code target/clients} in the place of
   * OkHttp, Okio and Kotlin.
   */
  public static String withClients(String folder) {
    File[] jars = CLIENTS.resolve(folder).toFile().listFiles((dir, name) -> name.endsWith(".jar"));
    if (jars == null || jars.length == 0) {
      throw new IllegalStateException(
          CLIENTS.resolve(folder) + " is missing: run this through mvn verify");
    }
    List<String> out = new ArrayList<>(SDKS);
    out.add("com/squareup/");
    out.add("org/jetbrains/");
    return without(out)
        + File.pathSeparator
        + Arrays.stream(jars).map(File::getPath).collect(Collectors.joining(File.pathSeparator));
  }

  private static String without(List<String> folders) {
    folders.addAll(NEVER);
    return Arrays.stream(ForkedJvm.ownClassPath().split(File.pathSeparator))
        .filter(entry -> folders.stream().noneMatch(entry.replace('\\', '/')::contains))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
