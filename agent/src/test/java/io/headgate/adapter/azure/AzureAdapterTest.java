// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AzureAdapterTest {

  @AfterEach
  void on() {
    AzureAdapter.on(true);
  }

  @Test
  void aSymbolThatTheAppsOwnCodeMissesSwitchesNothingOff() {
    AzureAdapter.failed(missing("java.lang.ClassLoader", "com.shop.Serializer", "io.headgate.Any"));
    assertThat(AzureAdapter.on()).isTrue();
  }

  @Test
  void aSymbolThatWeMissSwitchesTheAdapterOff() {
    AzureAdapter.failed(missing("java.lang.ClassLoader", "io.headgate.Any", "com.shop.Main"));
    assertThat(AzureAdapter.on()).isFalse();
  }

  private static LinkageError missing(String... frames) {
    LinkageError error = new NoSuchMethodError("test");
    StackTraceElement[] trace = new StackTraceElement[frames.length];
    for (int i = 0; i < frames.length; i++) {
      trace[i] = new StackTraceElement(frames[i], "any", null, -1);
    }
    error.setStackTrace(trace);
    return error;
  }
}
