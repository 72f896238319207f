// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.WireFormat;
import io.headgate.gateway.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures that a model makes, where the app's format has a place for them. */
class PicturesTest {

  private static final Map<WireFormat, String> WHOLE =
      Map.of(
          WireFormat.GEMINI,
          """
          {"candidates":[{"content":{"parts":[{"text":"Here:"},
            {"inlineData":{"mimeType":"image/png","data":"iVBORw0KGgo="}}]},
            "finishReason":"STOP","index":0}],"modelVersion":"m","responseId":"r"}
          """,
          WireFormat.OPENAI,
          """
          {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,
            "message":{"role":"assistant","content":"Here:","images":[{"type":"image_url",
              "image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]},
            "finish_reason":"stop"}]}
          """);

  private static final Map<WireFormat, String> STREAM =
      Map.of(
          WireFormat.GEMINI,
          """
          data: {"candidates":[{"content":{"parts":[{"text":"Here:"}]},"index":0}]}

          data: {"candidates":[{"content":{"parts":[{"thought":true,"inlineData":\
          {"mimeType":"image/png","data":"c2tldGNo"}},{"inlineData":\
          {"mimeType":"image/png","data":"iVBORw0KGgo="}}]},"finishReason":"STOP","index":0}]}

          """,
          WireFormat.OPENAI,
          """
          data: {"id":"c","object":"chat.completion.chunk","model":"m","choices":[{"index":0,\
          "delta":{"content":"Here:"}}]}

          data: {"id":"c","object":"chat.completion.chunk","model":"m","choices":[{"index":0,\
          "delta":{"images":[{"type":"image_url","image_url":\
          {"url":"data:image/png;base64,iVBORw0KGgo="}}]}}]}

          data: {"id":"c","object":"chat.completion.chunk","model":"m","choices":[{"index":0,\
          "delta":{},"finish_reason":"stop"}]}

          data: [DONE]

          """);

  private static void shown(WireFormat caller, byte[] answer) {
    String picture =
        caller == WireFormat.GEMINI
            ? "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"iVBORw0KGgo=\"}}"
            : "\"images\":[{\"type\":\"image_url\","
                + "\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgo=\"}}]";
    assertThat(new String(answer, StandardCharsets.UTF_8))
        .contains("Here:")
        .containsOnlyOnce(picture)
        .doesNotContain("c2tldGNo");
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI, GEMINI, false",
    "OPENAI, GEMINI, true",
    "GEMINI, OPENAI, false",
    "GEMINI, OPENAI, true"
  })
  void areInAnswersThatComeAsAWhole(WireFormat caller, WireFormat target, boolean stream) {
    byte[] answer = WHOLE.getOrDefault(target, "").getBytes(StandardCharsets.UTF_8);
    shown(
        caller, Pairs.translation(caller, target, stream).whole(200, Headers.EMPTY, answer).body());
  }

  @ParameterizedTest
  @CsvSource({"OPENAI, GEMINI", "GEMINI, OPENAI"})
  void areInStreams(WireFormat caller, WireFormat target) {
    StreamTranslation stream = Pairs.translation(caller, target, true).stream();
    byte[] answer = STREAM.getOrDefault(target, "").getBytes(StandardCharsets.UTF_8);
    shown(caller, Pairs.through(stream, answer));
    assertThat(stream.over()).isTrue();
  }

  @Test
  void areBlocksOfTheirOwnInBedrocksStreams() {
    StreamTranslation stream =
        Pairs.translation(WireFormat.BEDROCK, WireFormat.GEMINI, true).stream();
    byte[] answer = STREAM.getOrDefault(WireFormat.GEMINI, "").getBytes(StandardCharsets.UTF_8);
    assertThat(new String(Pairs.through(stream, answer), StandardCharsets.UTF_8))
        .contains(
            "Here:",
            "{\"contentBlockIndex\":1,\"start\":{\"image\":{\"format\":\"png\"}}}",
            "\"iVBORw0KGgo=\"")
        .doesNotContain("could not be translated");
    assertThat(stream.over()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"OPENAI_RESPONSES", "ANTHROPIC"})
  void doNoHarmElsewhere(WireFormat caller) {
    StreamTranslation stream = Pairs.translation(caller, WireFormat.GEMINI, true).stream();
    byte[] answer = STREAM.getOrDefault(WireFormat.GEMINI, "").getBytes(StandardCharsets.UTF_8);
    assertThat(new String(Pairs.through(stream, answer), StandardCharsets.UTF_8))
        .contains("Here:")
        .doesNotContain("iVBOR", "could not be translated");
    assertThat(stream.over()).isTrue();
  }
}
