// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AwsAdapterTest {

  @AfterEach
  void on() {
    AwsAdapter.on(true);
  }

  @Test
  void aSymbolThatTheAppsOwnCodeMissesSwitchesNothingOff() {
    AwsAdapter.fault(missing("java.lang.ClassLoader", "com.shop.Serializer", "io.headgate.Any"));
    assertThat(AwsAdapter.on()).isTrue();
  }

  @Test
  void aSymbolThatWeMissSwitchesTheAdapterOff() {
    AwsAdapter.fault(missing("java.lang.ClassLoader", "io.headgate.Any", "com.shop.Main"));
    assertThat(AwsAdapter.on()).isFalse();
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
