// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A body that is late, stuck or broken means to the JDK's client what it means without us. */
class JdkBodiesIT {

  @TempDir Path dir;

  @Test
  void bodiesThatAreNotThereYetHoldNothingUp() throws IOException {
    Path config =
        Files.writeString(
            dir.resolve("headgate.yaml"),
            "mode: observe\nproviders:\n  own: {dialect: openai, hosts: [127.0.0.1]}\n");
    Map<String, String> without = run(ForkedJvm.java());
    assertThat(without.get("written after the call")).isEqualTo("200");
    assertThat(run(ForkedJvm.java().agent("config=" + config))).isEqualTo(without);
  }

  private static Map<String, String> run(ForkedJvm jvm) {
    ForkedJvm.Result result = jvm.main(JdkBodiesProbe.class).run().orThrow();
    assertThat(result.err()).isEmpty();
    return ClientContractIT.cases(result.out());
  }
}
