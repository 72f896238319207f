// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.WireFormat;
import io.headgate.gateway.Headers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryDelayTest {

  private static byte[] error(String delay) {
    return """
    {"error":{"code":429,"message":"slow down","status":"RESOURCE_EXHAUSTED","details":[
      {"@type":"type.googleapis.com/google.rpc.Help","links":[]},
      {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":%s}]}}
    """
        .formatted(delay)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Headers fields(Headers headers, byte[] error) {
    return Pairs.translation(WireFormat.OPENAI, WireFormat.GEMINI, false)
        .error(429, headers, error)
        .headers();
  }

  private static @Nullable String told(Headers headers, byte[] error) {
    return fields(headers, error).first("retry-after");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          "37s"|37
          "36.2s"|37
          "0.25s"|1
          "2.000000000s"|2
          "0s"|0
          "-5s"|-
          "soon"|-
          "37"|-
          "1e9s"|-
          "99999999999s"|-
          37|-
          {}|-
          """)
  void theDelayOfTheBodyIsTheFieldsInWholeSeconds(String delay, @Nullable String seconds) {
    assertThat(told(Headers.EMPTY, error(delay))).isEqualTo(seconds);
  }

  @Test
  void nobodyIsToSleepForHours() {
    assertThat(fields(Headers.EMPTY, error("\"60s\"")).first("x-should-retry")).isNull();
    Headers hours = fields(Headers.EMPTY, error("\"40000s\""));
    assertThat(hours.first("retry-after")).isEqualTo("40000");
    assertThat(hours.first("x-should-retry")).isEqualTo("false");
  }

  @Test
  void theFieldGoesFirst() {
    assertThat(told(Headers.EMPTY.with("retry-after", "5"), error("\"37s\""))).isEqualTo("5");
    assertThat(told(Headers.EMPTY.with("retry-after-ms", "50"), error("\"37s\""))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{"error":{"details":[{"@type":"x/google.rpc.RetryInfo","retryDelay":"7s"}]}}]|7
          [{"error":{"details":[7,null,{"@type":8,"retryDelay":"7s"}]}}]|
          [{"error":{"details":{"retryDelay":"7s"}}}]|
          {"error":"no"}|
          [1]|
          <html>|
          """)
  void errorsOfAnyOtherShapeAreSilent(String error, @Nullable String seconds) {
    assertThat(told(Headers.EMPTY, error.getBytes(StandardCharsets.UTF_8))).isEqualTo(seconds);
  }
}
