// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ClassPaths;
import io.headgate.it.ForkedJvm;
import io.headgate.it.MavenJars;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An app that Spring Boot's developer tools restart in one JVM. Which of its class loaders stay is
 * not asked: without the agent they all do, held by the tools and the JDK.
 */
class DevtoolsIT {

  private static final int ROUNDS = 5;

  private static final List<String> JARS =
      List.of(
          "org.springframework.boot:spring-boot-devtools:3.5.7",
          "com.squareup.okhttp3:okhttp:4.12.0");

  @TempDir Path dir;

  @Test
  void restartedAppsAreCovered() throws Exception {
    try (Hosts hosts = new Hosts()) {
      ForkedJvm.Result result =
          ForkedJvm.java()
              .classPath(ClassPaths.withJars(MavenJars.of("devtools", JARS, List.of())))
              .agent("config=" + hosts.redirectIn(dir))
              .main(DevtoolsProbe.class, hosts.url(), String.valueOf(ROUNDS))
              .run()
              .orThrow();

      List<String> calls =
          Collections.nCopies(ROUNDS, "RestartClassLoader okhttp 200 jdk 200 url 200");
      assertThat(result.out().lines()).containsExactlyElementsOf(calls);
      assertThat(result.err()).isEmpty();
      hosts.assertRedirected(3 * ROUNDS);
    }
  }
}
