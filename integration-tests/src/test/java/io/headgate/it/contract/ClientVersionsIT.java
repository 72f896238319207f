// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every version that {@code client-versions.yaml} names is to be had, jars and all. */
class ClientVersionsIT {

  private static final ClientVersions VERSIONS = ClientVersions.read();

  @TestFactory
  Stream<DynamicTest> everyVersionHasItsJars() {
    return VERSIONS.all().stream()
        .map(
            version ->
                DynamicTest.dynamicTest(
                    version.name(),
                    () -> {
                      String[] path = VERSIONS.classPath(version).split(File.pathSeparator);
                      assertThat(path).allMatch(entry -> new File(entry).exists());
                      for (String one : version.coordinates()) {
                        String[] parts = one.split(":");
                        String folder = "/" + parts[1] + "/" + parts[2] + "/";
                        assertThat(path)
                            .as(one)
                            .anyMatch(entry -> entry.replace('\\', '/').contains(folder));
                      }
                    }));
  }
}
