// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import io.headgate.it.ForkedJvm;
import io.headgate.it.RunningJvm;
import io.headgate.standin.OtlpSink;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent in by {@code -javaagent}, by the Attach API, or by both. */
class LateAttachIT {

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
  void clientsThatAlreadyMadeCallsAreCovered() throws Exception {
    String url = hosts.url();
    String[] steps = {
      "jdk=" + url,
      "okhttp=" + url,
      "url=" + url,
      "wait",
      "jdk=" + url,
      "okhttp=" + url,
      "url=" + url
    };
    try (RunningJvm jvm = attachable().main(Probe.class, steps).launch()) {
      jvm.awaitLine("ready");
      hosts.assertUntouched(3);

      attach(jvm, "config=" + hosts.redirectIn(dir));
      jvm.go();

      ForkedJvm.Result result = jvm.end().orThrow();
      assertThat(result.out().lines().skip(4)).containsExactly("jdk 200", "okhttp 200", "url 200");
      assertThat(result.err()).isEmpty();
      hosts.assertRedirected(3);
    }
  }

  @Test
  void attachedTwiceIsAttachedOnce() throws Exception {
    String url = hosts.url();
    String[] steps = {
      "jdk=" + url,
      "wait",
      "jdk=" + url,
      "okhttp=" + url,
      "wait",
      "jdk=" + url,
      "okhttp=" + url,
      "url=" + url
    };
    String config = "config=" + hosts.redirectIn(dir);
    try (OtlpSink sink = OtlpSink.start();
        RunningJvm jvm =
            attachable()
                .agent(config)
                .agent(config)
                .exportingTo(sink.endpoint())
                .main(Probe.class, steps)
                .launch()) {
      jvm.awaitLine("ready");
      hosts.assertRedirected(1);

      attach(jvm, config);
      jvm.go();
      jvm.awaitLine("ready");
      hosts.assertRedirected(2);

      attach(jvm, null);
      jvm.go();
      ForkedJvm.Result result = jvm.end().orThrow();
      assertThat(result.err()).isEmpty();
      hosts.assertRedirected(3);
      assertThat(sink.spans()).filteredOn(span -> span.name().startsWith("chat ")).hasSize(6);
    }
  }

  @Test
  void lateAttachWithABadConfigurationLeavesTheAppAlone() throws Exception {
    Path bad = Files.writeString(dir.resolve("bad.yaml"), "fail: closed\nmood: x\n");
    String url = hosts.url();
    ForkedJvm jvm = attachable().main(Probe.class, "wait", "jdk=" + url);
    try (RunningJvm running = jvm.launch()) {
      running.awaitLine("ready");
      attach(running, "config=" + bad);
      running.go();

      ForkedJvm.Result result = running.end().orThrow();
      assertThat(result.err()).contains("bad.yaml:2", "mood");
      hosts.assertUntouched(1);
    }
  }

  private static ForkedJvm attachable() {
    ForkedJvm jvm = ForkedJvm.java();
    // Without it a JDK of 21 or later warns on stderr of every agent that is loaded late.
    return ForkedJvm.atLeastJava(21) ? jvm.option("-XX:+EnableDynamicAgentLoading") : jvm;
  }

  private static void attach(RunningJvm jvm, String arguments) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(String.valueOf(jvm.pid()));
    try {
      machine.loadAgent(ForkedJvm.agentJar().toString(), arguments);
    } finally {
      machine.detach();
    }
  }
}
