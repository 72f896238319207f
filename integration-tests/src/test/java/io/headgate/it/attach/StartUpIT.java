// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the agent's start makes of the ways to configure it, and what the app notices of that. */
class StartUpIT {

  @TempDir Path dir;
  private Hosts hosts;

  @BeforeEach
  void start() throws Exception {
    hosts = new Hosts();
  }

  @AfterEach
  void stop() {
    hosts.close();
  }

  @Test
  void appWithoutConfigurationPrintsWhatItPrints() {
    ForkedJvm.Result result = calling(ForkedJvm.java().agent());

    assertThat(result.out().lines()).containsExactly("jdk 200", "okhttp 200", "url 200");
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
    hosts.assertUntouched(3);
  }

  @Test
  void disabledByAVariableItLoadsNothing() throws Exception {
    disabled(ForkedJvm.java().env("HEADGATE_ENABLED", "false"));
  }

  @Test
  void disabledByAPropertyItLoadsNothing() throws Exception {
    disabled(
        ForkedJvm.java().env("HEADGATE_ENABLED", "true").property("headgate.enabled", "FALSE"));
  }

  private void disabled(ForkedJvm jvm) throws Exception {
    Path log = dir.resolve("classes.log");

    ForkedJvm.Result result =
        calling(jvm.agent("config=" + hosts.redirectIn(dir)).option(LoadedClasses.option(log)));

    assertThat(result.err()).isEmpty();
    hosts.assertUntouched(3);
    assertThat(LoadedClasses.in(log).ours()).containsExactly("io.headgate.bootstrap.HeadgateAgent");
  }

  @Test
  void argumentNamesTheFile() throws Exception {
    assertThat(calling(ForkedJvm.java().agent("config=" + hosts.redirectIn(dir))).err()).isEmpty();
    hosts.assertRedirected(3);
  }

  @Test
  void propertyNamesTheFile() throws Exception {
    ForkedJvm jvm = ForkedJvm.java().agent().property("headgate.config", hosts.redirectIn(dir));
    assertThat(calling(jvm).err()).isEmpty();
    hosts.assertRedirected(3);
  }

  @Test
  void variableNamesTheFile() throws Exception {
    ForkedJvm jvm =
        ForkedJvm.java().agent().env("HEADGATE_CONFIG", hosts.redirectIn(dir).toString());
    assertThat(calling(jvm).err()).isEmpty();
    hosts.assertRedirected(3);
  }

  @Test
  void fileInTheWorkingDirectoryIsFound() throws Exception {
    Files.writeString(dir.resolve("headgate.yaml"), hosts.redirect());

    assertThat(calling(ForkedJvm.java().agent().directory(dir.toFile())).err()).isEmpty();
    hosts.assertRedirected(3);
  }

  @Test
  void propertyOverridesTheFile() throws Exception {
    ForkedJvm jvm = ForkedJvm.java().agent("config=" + hosts.redirectIn(dir));

    assertThat(calling(jvm.property("headgate.mode", "observe")).err()).isEmpty();
    hosts.assertUntouched(3);
  }

  @Test
  void invalidFileIsExplainedAndTheAppRunsUntouched() throws Exception {
    Path file =
        Files.writeString(
            dir.resolve("bad.yaml"),
            "providers:\n  own:\n    dialect: openai\n    base-ulr: http://127.0.0.1\n");

    ForkedJvm.Result result = calling(ForkedJvm.java().agent("config=" + file));

    assertThat(result.err())
        .contains("headgate: " + file + ":4", "base-ulr", "did you mean \"base-url\"")
        .endsWith("headgate: the application runs untouched" + System.lineSeparator());
    assertThat(result.out().lines()).containsExactly("jdk 200", "okhttp 200", "url 200");
    assertThat(result.exit()).isZero();
    hosts.assertUntouched(3);
  }

  @Test
  void invalidFileThatIsToFailClosedKeepsTheAppFromStarting() throws Exception {
    Path file = Files.writeString(dir.resolve("bad.yaml"), "fail: closed\nmood: enforce\n");

    ForkedJvm.Result result = calling(ForkedJvm.java().agent("config=" + file));

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(file + ":2", "mood", "is not started");
    hosts.assertUntouched(0);
  }

  @Test
  void missingFileIsAnErrorIfItWasNamed() {
    Path file = dir.resolve("none.yaml");

    ForkedJvm.Result result = calling(ForkedJvm.java().agent("config=" + file));

    assertThat(result.err()).contains(file.toString(), "the application runs untouched");
    assertThat(result.exit()).isZero();
    hosts.assertUntouched(3);
  }

  @Test
  void agentThreadsAreDaemonsThatHoldNothingOfTheApp() throws Exception {
    ForkedJvm.Result result =
        ForkedJvm.java()
            .agent("config=" + hosts.redirectIn(dir))
            .exportingTo("http://127.0.0.1:9")
            .main(Probe.class, "jdk=" + hosts.url(), "okhttp=" + hosts.url(), "threads")
            .run()
            .orThrow();

    assertThat(result.out().lines().filter(line -> line.startsWith("thread headgate")))
        .isNotEmpty()
        .allMatch(line -> line.endsWith(" daemon=true loader=headgate"));
    // Those of the exporter's HTTP client are named by the JDK, as is the one that ends waiting.
    assertThat(result.out().lines().filter(line -> line.contains(" loader=headgate")))
        .allMatch(
            line ->
                line.startsWith("thread headgate")
                    || line.startsWith("thread HttpClient")
                    || line.startsWith("thread CompletableFutureDelayScheduler")
                    || line.startsWith("thread ForkJoinPool.commonPool-delayScheduler"))
        .allMatch(line -> line.endsWith(" daemon=true loader=headgate"));
  }

  private ForkedJvm.Result calling(ForkedJvm jvm) {
    String url = hosts.url();
    return jvm.main(Probe.class, "jdk=" + url, "okhttp=" + url, "url=" + url).run();
  }
}
