// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headgate.config.Config.Fail;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  @TempDir Path directory;
  private final Fixture fixture = new Fixture();

  private ConfigLoader loader() {
    return new ConfigLoader(
        Fixture.PROVIDERS, fixture.env, fixture.props, ConfigCheck.NONE, directory.toFile());
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private ConfigException failure(String agentArgs) {
    return catchThrowableOfType(ConfigException.class, () -> loader().load(agentArgs));
  }

  @Test
  void filesAreFoundInOrder() throws IOException {
    assertThat(loader().load(null).config()).isEqualTo(Config.OBSERVE_ONLY);
    assertThat(loader().load(null).file()).isNull();
    write("headgate.yaml", "environment: default");
    assertThat(loader().load(null).config().environment()).isEqualTo("default");
    fixture.env.put("HEADGATE_CONFIG", write("b.yaml", "environment: variable"));
    assertThat(loader().load("").config().environment()).isEqualTo("variable");
    fixture.props.setProperty("headgate.config", write("c.yaml", "environment: property"));
    assertThat(loader().load(" ").config().environment()).isEqualTo("property");
    String path = write("d.yaml", "environment: argument");
    Loaded loaded = loader().load("config=" + path);
    assertThat(loaded.config().environment()).isEqualTo("argument");
    assertThat(loaded.file()).isEqualTo(new File(path));
    assertThat(loaded.config().source()).isEqualTo(path);
  }

  @Test
  void theDefaultFileIsNamedWithoutItsDirectory() throws IOException {
    write("headgate.yaml", "mod: x");
    assertThat(failure(null))
        .hasMessage("headgate: headgate.yaml:1:1: unknown key \"mod\"; did you mean \"mode\"?");
  }

  @Test
  void aNamedFileThatIsMissingIsAnError() {
    fixture.props.setProperty("headgate.config", "/no/such.yaml");
    assertThat(failure(null))
        .hasMessage("headgate: -Dheadgate.config names /no/such.yaml, which does not exist");
    fixture.env.put("HEADGATE_CONFIG", "/no/other.yaml");
    fixture.props.setProperty("headgate.config", "");
    assertThat(failure(null))
        .hasMessage("headgate: HEADGATE_CONFIG names /no/other.yaml, which does not exist");
    assertThat(failure("config=/no/third.yaml"))
        .hasMessage(
            "headgate: the agent argument config names /no/third.yaml, which does not exist");
  }

  @Test
  void aMissingFileWithFailClosedIsSaidSo() {
    fixture.env.put("HEADGATE_FAIL", "closed");
    assertThat(failure("config=/no/such.yaml").fail()).isEqualTo(Fail.CLOSED);
  }

  @Test
  void aMistakeInTheArgumentDoesNotUndoFailClosed() throws IOException {
    String path = write("a.yaml", "environment: x\nfail: closed");
    assertThat(failure("debug=true;config=" + path).fail()).isEqualTo(Fail.CLOSED);
    assertThat(failure("debug=true").fail()).isEqualTo(Fail.OPEN);
  }

  @Test
  void aFileInAnotherEncodingDoesNotUndoFailClosed() throws IOException {
    Path file = directory.resolve("headgate.yaml");
    Files.write(file, "environment: \u00e9\nfail: closed".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(failure(null).fail()).isEqualTo(Fail.CLOSED);
    Files.write(file, "environment: \u00e9\nfail: closed".getBytes(StandardCharsets.UTF_16));
    assertThat(failure(null).fail()).isEqualTo(Fail.CLOSED);
  }

  @Test
  void aDirectoryIsNoFile() throws IOException {
    Files.createDirectory(directory.resolve("headgate.yaml"));
    assertThat(failure(null)).hasMessage("headgate: headgate.yaml is not a regular file");
  }

  @Test
  void aFileThatMayNotBeReadIsAnError() throws IOException {
    File file = new File(write("headgate.yaml", "mode: observe"));
    assumeTrue(file.setReadable(false) && !file.canRead(), "not as a superuser");
    assertThat(failure(null)).hasMessage("headgate: headgate.yaml is not readable by this process");
  }

  @Test
  void aHugeFileIsAnError() throws IOException {
    write("headgate.yaml", "#".repeat((1 << 20) + 1));
    assertThat(failure(null)).hasMessage("headgate: headgate.yaml is larger than 1 MiB");
    write("headgate.yaml", "#".repeat(1 << 20));
    assertThat(loader().load(null).config().source()).isEqualTo("headgate.yaml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "confg=x | agent argument: unknown option \"confg\"; did you mean \"config\"?",
        "x.yaml | agent argument: unknown option \"x.yaml\"; expected config=PATH",
        "config= | agent argument: config names no file; expected config=PATH",
        "config | agent argument: config names no file; expected config=PATH",
      })
  void mistakesInTheArgumentAreExplained(String argument, String problem) {
    assertThat(failure(argument).problems()).containsExactly(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "config=C:\\conf dir\\headgate.yaml",
        " config = C:\\conf dir\\headgate.yaml ; ",
        ",config=C:\\conf dir\\headgate.yaml,"
      })
  void windowsPathsSurvive(String argument) {
    assertThat(
            new ConfigLocator(fixture.env, fixture.props, directory.toFile())
                .locate(argument, new Problems())
                .name())
        .isEqualTo("C:\\conf dir\\headgate.yaml");
  }

  @Test
  void presenceIsToldWithoutReading() throws IOException {
    File none = directory.resolve("headgate.yaml").toFile();
    fixture.env.put("HEADGATE_ENABLED", "true");
    fixture.props.setProperty("headgate.enabled", "true");
    assertThat(ConfigPresence.any(null, fixture.env, fixture.props, none)).isFalse();
    assertThat(ConfigPresence.any(" ", fixture.env, fixture.props, none)).isFalse();
    assertThat(ConfigPresence.any("config=x", fixture.env, fixture.props, none)).isTrue();
    write("headgate.yaml", "");
    assertThat(ConfigPresence.any(null, fixture.env, fixture.props, none)).isTrue();
    Files.delete(none.toPath());
    fixture.env.put("HEADGATE_MODE", "observe");
    assertThat(ConfigPresence.any(null, fixture.env, fixture.props, none)).isTrue();
    fixture.env.clear();
    fixture.props.setProperty("headgate.mode", "observe");
    assertThat(ConfigPresence.any(null, fixture.env, fixture.props, none)).isTrue();
  }
}
