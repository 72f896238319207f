// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultLogTest {

  @Test
  void aLineNamesThePlaceButNeverTheMessage() {
    String line =
        FaultLog.line(
            "Redirect", new IllegalArgumentException("bad URI https://x/?key=AIza-secret"));
    assertThat(line)
        .startsWith("headgate: internal fault in Redirect: java.lang.IllegalArgumentException at ")
        .endsWith("; the call went on without it")
        .doesNotContain("AIza-secret");
  }

  @Test
  void aMissingSymbolIsNamed() {
    assertThat(FaultLog.line("okhttp", new NoSuchMethodError("okhttp3.Response.body()")))
        .isEqualTo(
            "headgate: okhttp is switched off here: java.lang.NoSuchMethodError:"
                + " okhttp3.Response.body()");
  }
}
