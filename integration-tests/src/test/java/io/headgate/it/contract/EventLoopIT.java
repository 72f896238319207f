// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ClassPaths;
import io.headgate.it.ForkedJvm;
import io.headgate.it.MavenJars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No thread that must not block is blocked by us, from the first call of a JVM on. */
class EventLoopIT {

  private static final String BLOCKHOUND = "io.projectreactor.tools:blockhound:1.0.17.RELEASE";

  @TempDir static Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"mode: observe\n", ""})
  void noEventLoopIsBlocked(String mode) throws IOException {
    Path config =
        Files.writeString(
            dir.resolve("config-" + mode.length() + ".yaml"),
            mode + "providers:\n  own: {dialect: openai, hosts: [127.0.0.1]}\n");
    ForkedJvm jvm =
        ForkedJvm.java().classPath(classPath()).agent().property("headgate.config", config);
    if (ForkedJvm.atLeastJava(13)) {
      jvm.option("-XX:+AllowRedefinitionToAddDeleteMethods");
    }

    String out = jvm.main(EventLoopProbe.class).run().orThrow().out();

    assertThat(out).contains("watches true").doesNotContain("AGENT");
    assertThat(out.lines().filter("answered true"::equals)).hasSize(32);
  }

  private static String classPath() {
    ClientVersions versions = ClientVersions.read();
    ClientVersions.Version spring =
        versions.all().stream()
            .filter(version -> version.name().equals("spring-6.2.19"))
            .findFirst()
            .orElseThrow();
    List<String> coordinates = new ArrayList<>(spring.coordinates());
    coordinates.add(BLOCKHOUND);
    return ClassPaths.withJars(MavenJars.of("spring-blockhound", coordinates, versions.exclude()));
  }
}
