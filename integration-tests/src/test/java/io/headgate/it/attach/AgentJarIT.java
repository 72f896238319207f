// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ForkedJvm;
import java.io.IOException;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What is inside the one file users get. */
class AgentJarIT {

  private final List<String> files = files();

  @Test
  void threeClassesAreAtTheRootAndNothingElse() {
    assertThat(files.stream().filter(name -> !name.startsWith("agent/")))
        .containsExactlyInAnyOrder(
            "META-INF/MANIFEST.MF",
            "META-INF/LICENSE",
            "io/headgate/bootstrap/AgentClassLoader.class",
            "io/headgate/bootstrap/HeadgateAgent.class",
            "io/headgate/bootstrap/TypeGate.class");
  }

  @Test
  void everyClassIsOursRelocatedOrPartOfTheOpenTelemetryApi() {
    assertThat(files.stream().filter(name -> name.endsWith(".classdata")))
        .hasSizeGreaterThan(1000)
        .allMatch(
            name ->
                name.startsWith("agent/io/headgate/")
                    || name.startsWith("agent/io/opentelemetry/api/")
                    || name.startsWith("agent/io/opentelemetry/context/")
                    || name.startsWith("agent/io/opentelemetry/common/"));
    assertThat(files.stream().filter(name -> name.startsWith("agent/io/headgate/bootstrap/")))
        .as("bootstrap classes a second time")
        .isEmpty();
  }

  @Test
  void whatIsNoClassIsAServiceOrAResourceOfOurs() {
    assertThat(
            files.stream()
                .filter(name -> name.startsWith("agent/") && !name.endsWith(".classdata"))
                .filter(name -> !name.startsWith("agent/META-INF/services/io.headgate.shaded."))
                .filter(name -> !name.startsWith("agent/META-INF/services/io.opentelemetry."))
                // OpenTelemetry asks for its own version at run time.
                .filter(name -> !name.matches("agent/.*io/opentelemetry/.*/?version.properties")))
        .allMatch(name -> name.matches("agent/io/headgate/[a-z]+/[a-z.\\-0-9]+"));
    assertThat(files).contains("agent/io/headgate/config/headgate.schema.json");
  }

  @Test
  void serviceFilesNameClassesThatAreThere() throws IOException {
    try (JarFile jar = new JarFile(ForkedJvm.agentJar().toFile())) {
      List<String> services =
          files.stream().filter(name -> name.startsWith("agent/META-INF/services/")).toList();
      assertThat(services).isNotEmpty();
      for (String service : services) {
        new String(jar.getInputStream(jar.getEntry(service)).readAllBytes())
            .lines()
            .map(line -> line.replaceAll("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .forEach(
                type ->
                    assertThat(files)
                        .as(service)
                        .contains("agent/" + type.replace('.', '/') + ".classdata"));
      }
    }
  }

  @Test
  void manifestFitsPremainAndLateAttach() throws IOException {
    try (JarFile jar = new JarFile(ForkedJvm.agentJar().toFile())) {
      Attributes attributes = jar.getManifest().getMainAttributes();
      String agent = "io.headgate.bootstrap.HeadgateAgent";
      assertThat(attributes.getValue("Premain-Class")).isEqualTo(agent);
      assertThat(attributes.getValue("Agent-Class")).isEqualTo(agent);
      assertThat(attributes.getValue("Can-Retransform-Classes")).isEqualTo("true");
      assertThat(attributes.getValue("Can-Redefine-Classes")).isEqualTo("true");
      assertThat(attributes.getValue("Implementation-Version")).isNotBlank();
      // Appending to the boot class path would make the JVM drop the app's CDS archive.
      assertThat(attributes.getValue("Boot-Class-Path")).isNull();
    }
  }

  private static List<String> files() {
    try (JarFile jar = new JarFile(ForkedJvm.agentJar().toFile())) {
      return jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
