// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ForkedJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that ask the same at the same time. */
class CacheTogetherIT {

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"okhttp", "jdk"})
  void thoseWhoAskAtOnceShareOneRequest(String client) throws Exception {
    try (GatedHost host = new GatedHost()) {
      Map<String, String> said = run(host, client, host.url());

      assertThat(said).hasSize(TogetherProbe.THREADS);
      assertThat(said.values()).allMatch(call -> call.endsWith("|" + GatedHost.TEXT));
      assertThat(said.values()).filteredOn(call -> call.startsWith("MISS|")).hasSize(1);
      assertThat(said.values())
          .filteredOn(call -> call.startsWith("COALESCED|"))
          .hasSize(TogetherProbe.THREADS - 1);
      assertThat(host.questions()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"okhttp", "jdk"})
  void theFirstOneGivesUpAndTheOthersGetItAll(String client) throws Exception {
    try (GatedHost host = new GatedHost()) {
      Map<String, String> said = run(host, client, host.url(), "cancel");

      assertThat(said.remove("given up")).startsWith("FAILED java.io.IOException");
      assertThat(said).hasSize(TogetherProbe.THREADS - 1);
      assertThat(said.values()).containsOnly("COALESCED|" + GatedHost.TEXT);
      assertThat(host.questions()).isEqualTo(1);
    }
  }

  private Map<String, String> run(GatedHost host, String... arguments) throws IOException {
    Path config = CacheRun.config(dir, host.url(), CacheRun.onDisk(dir));
    ForkedJvm.Result result =
        ForkedJvm.java().agent("config=" + config).main(TogetherProbe.class, arguments).run();
    assertThat(result.err()).doesNotContain("headgate", "Exception");
    return CacheRun.said(result);
  }
}
