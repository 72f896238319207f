// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code JAVA_TOOL_OPTIONS} reaches every tool of the JDK, which are to be left alone. */
class JdkToolsIT {

  @TempDir Path dir;

  @Test
  void javacJarAndKeytoolAreLeftAlone() throws Exception {
    Files.writeString(dir.resolve("Hello.java"), "public class Hello {}");

    run("javac", "Hello.java");
    assertThat(dir.resolve("Hello.class")).exists();
    run("jar", "--create", "--file", "hello.jar", "Hello.class");
    assertThat(dir.resolve("hello.jar")).exists();
    run(
        "keytool",
        "-genkeypair",
        "-keystore",
        "keys.p12",
        "-storepass",
        "changeit",
        "-alias",
        "a",
        "-keyalg",
        "EC",
        "-dname",
        "CN=test");
    assertThat(dir.resolve("keys.p12")).exists();
  }

  private void run(String tool, String... arguments) throws Exception {
    Path log = dir.resolve(tool + ".log");
    ForkedJvm jvm = ForkedJvm.java().directory(dir.toFile());
    // A configuration that would be an error if anybody read it.
    jvm.env("HEADGATE_CONFIG", "/nowhere.yaml");
    jvm.env(
        "JAVA_TOOL_OPTIONS",
        "-javaagent:" + ForkedJvm.agentJar() + " " + LoadedClasses.option(log));
    for (String argument : arguments) {
      jvm.option(argument);
    }

    ForkedJvm.Result result = jvm.tool(tool).orThrow();

    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines())
        .noneMatch(line -> line.contains("headgate") && !line.startsWith("Picked up"));
    assertThat(LoadedClasses.in(log).ours()).containsExactly("io.headgate.bootstrap.HeadgateAgent");
  }
}
