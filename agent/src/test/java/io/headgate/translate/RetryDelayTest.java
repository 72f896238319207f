// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryDelayTest {

  private static Headers told(Headers headers, String error) {
    return RetryDelay.told(headers, error.getBytes(StandardCharsets.UTF_8));
  }

  private static String error(String details) {
    return "{\"error\":{\"code\":429,\"details\":" + details + "}}";
  }

  @ParameterizedTest
  @CsvSource({"20s, 20", "34.074824224s, 35", "0.5s, 1", "0s, 0", "999999999s, 86400"})
  void theDelayIsToldInWholeSeconds(String delay, String seconds) {
    String details =
        "[{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\"},"
            + "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\""
            + delay
            + "\"}]";

    assertThat(told(Headers.EMPTY, error(details)).first("retry-after")).isEqualTo(seconds);
    assertThat(told(Headers.EMPTY, "[" + error(details) + "]").first("retry-after"))
        .isEqualTo(seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "[7,null]",
        "[{\"retryDelay\":20}]",
        "[{\"retryDelay\":\"soon\"}]",
        "[{\"retryDelay\":\"-1s\"}]",
        "[{\"retryDelay\":\"20\"}]",
      })
  void whatIsNoDelayIsNotTold(String details) {
    assertThat(told(Headers.EMPTY, error(details)).toMap()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "[]", "7", "{\"error\":\"no\"}"})
  void errorsOfOtherKindsTellNone(String error) {
    assertThat(told(Headers.EMPTY, error).toMap()).isEmpty();
  }

  @Test
  void aFieldCounts() {
    Headers headers = Headers.ofFlat("retry-after", "3");

    assertThat(told(headers, error("[{\"retryDelay\":\"20s\"}]")).toMap())
        .isEqualTo(Map.of("retry-after", headers.all("retry-after")));
  }
}
