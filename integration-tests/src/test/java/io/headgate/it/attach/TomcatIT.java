// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ClassPaths;
import io.headgate.it.ForkedJvm;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app that is deployed again and again in one servlet container. */
class TomcatIT {

  @TempDir Path dir;

  @Test
  void redeployedAppsLeaveNothingBehind() throws Exception {
    try (Hosts hosts = new Hosts()) {
      Path config =
          Files.writeString(
              dir.resolve("acting.yaml"), hosts.redirect() + "retry: {max-attempts: 2}\n");
      assertNothingStays(hosts, config, 50);
      hosts.assertRedirected(3 * 50);
    }
  }

  @Test
  void appsThatAreAnsweredFromTheCacheLeaveNothingBehind() throws Exception {
    try (Hosts hosts = new Hosts()) {
      Path config =
          Files.writeString(dir.resolve("cache.yaml"), hosts.redirect() + "cache:\n  - ttl: 1h\n");
      assertNothingStays(hosts, config, 10);
      hosts.assertRedirected(1);
    }
  }

  private void assertNothingStays(Hosts hosts, Path config, int rounds) throws Exception {
    ForkedJvm.Result result =
        ForkedJvm.java()
            .classPath(ClassPaths.withSdks("org/apache/tomcat/"))
            .option("--add-opens=java.base/java.lang=ALL-UNNAMED")
            .agent("config=" + config)
            .property("probe.url", hosts.url())
            .main(
                TomcatProbe.class,
                String.valueOf(rounds),
                dir.resolve("tomcat").toString(),
                archive().toString())
            .run()
            .orThrow();

    assertThat(result.out().lines())
        .containsExactly("rounds " + rounds + " alive 0", "new threads []", "new hooks 0");
    assertThat(result.err()).isEmpty();
  }

  /** An exploded archive with the servlet, what it is made of, and an OkHttp. */
  private Path archive() throws Exception {
    Path root = Files.createDirectories(dir.resolve("app/WEB-INF"));
    Path library = Files.createDirectories(root.resolve("lib"));
    for (Path jar : Jars.client("okhttp-3")) {
      Files.copy(jar, library.resolve(jar.getFileName()));
    }
    List<Class<?>> types = new ArrayList<>(List.of(Probe.class.getDeclaredClasses()));
    types.addAll(List.of(Probe.class, AskServlet.class, LoadersProbe.class));
    for (Class<?> type : types) {
      String name = type.getName().replace('.', '/') + ".class";
      Path file = root.resolve("classes").resolve(name);
      Files.createDirectories(file.getParent());
      try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
        Files.write(file, in.readAllBytes());
      }
    }
    return root.getParent();
  }
}
