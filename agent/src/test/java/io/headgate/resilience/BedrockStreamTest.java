// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Cost;
import io.headgate.chat.Usage;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayResponse;
import io.headgate.resilience.Play.Reply;
import io.headgate.stream.EventStreamWriter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bedrock's event streams in the whole pipeline, before a scripted Bedrock. */
class BedrockStreamTest {

  private static final String MODEL =
      "https://bedrock-runtime.us-east-1.amazonaws.com/model/us.anthropic.claude-haiku-4-5-20251001-v1%3A0/";
  private static final String QUESTION =
      "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}]}";

  private static final byte[] START = event("messageStart", "{\"role\":\"assistant\"}");
  private static final byte[] WORD =
      event(
          "contentBlockDelta",
          "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"yes\"},\"p\":\"ab\"}");
  private static final byte[] CLOSE = event("contentBlockStop", "{\"contentBlockIndex\":0}");
  private static final byte[] STOP = event("messageStop", "{\"stopReason\":\"end_turn\"}");
  private static final byte[] METADATA =
      event(
          "metadata",
          "{\"usage\":{\"inputTokens\":500,\"outputTokens\":100,\"totalTokens\":600},\"metrics\":{\"latencyMs\":9}}");
  private static final byte[][] ALL = {START, WORD, CLOSE, STOP, METADATA};
  private static final byte[] THROTTLED =
      EventStreamWriter.frame(
          Map.of(":message-type", "exception", ":exception-type", "throttlingException"),
          "{\"message\":\"slow down\"}".getBytes(UTF_8));

  private Play play = new Play(Yaml.config("mode: enforce"));

  @AfterEach
  void nothingIsWrongInside() {
    assertThat(play.faults).isEmpty();
    assertThat(play.timers.pending()).as("timers left behind").isZero();
  }

  private Play with(String... lines) {
    play = new Play(Yaml.config(lines));
    return play;
  }

  private static byte[] event(String type, String payload) {
    return EventStreamWriter.frame(
        Map.of(":message-type", "event", ":event-type", type), payload.getBytes(UTF_8));
  }

  private static byte[] chunk(String event) {
    String base64 = Base64.getEncoder().encodeToString(event.getBytes(UTF_8));
    return event("chunk", "{\"bytes\":\"" + base64 + "\",\"p\":\"abc\"}");
  }

  private static String binary(byte[]... frames) {
    return Stream.of(frames).map(f -> new String(f, ISO_8859_1)).collect(Collectors.joining());
  }

  private CompletableFuture<GatewayResponse> call(String operation) {
    return play.request(MODEL + operation, QUESTION);
  }

  private String read(CompletableFuture<GatewayResponse> call) {
    return Play.text(call.join(), ISO_8859_1);
  }

  private Exchange exchange() {
    return Objects.requireNonNull(play.exchange);
  }

  private static String cache(GatewayResponse response) {
    return String.valueOf(response.headers().first("x-headgate-cache"));
  }

  @Test
  void bothKindsOfStreamAreMeteredAndPriced() {
    play.then(Reply.frames(ALL));
    assertThat(read(call("converse-stream"))).isEqualTo(binary(ALL));
    assertMetered();
    byte[][] claude = {
      chunk(
          "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-haiku-4-5-20251001\",\"content\":[],\"usage\":{\"input_tokens\":500,\"output_tokens\":1}}}"),
      chunk(
          "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":100}}"),
      chunk(
          "{\"type\":\"message_stop\",\"amazon-bedrock-invocationMetrics\":{\"inputTokenCount\":500,\"outputTokenCount\":100}}")
    };
    with("mode: enforce").then(Reply.frames(claude));
    assertThat(read(call("invoke-with-response-stream"))).isEqualTo(binary(claude));
    assertMetered();
  }

  private void assertMetered() {
    assertThat(exchange().responseFacts().usage())
        .isEqualTo(Usage.builder().input(500).output(100).build());
    Cost cost = Objects.requireNonNull(exchange().cost());
    // The cross-region price, per million tokens: 1.10 USD in, 5.50 USD out.
    assertThat(cost.total()).isEqualTo(500 * 1_100L + 100 * 5_500L);
    assertThat(cost.source()).isEqualTo(Cost.Source.LOCAL);
  }

  @Test
  void aStreamIsReplayedByteForByteAndAnswersAPlainCall() {
    with("mode: enforce", "cache:", "  - ttl: 1h").then(Reply.frames(ALL));
    assertThat(read(call("converse-stream"))).isEqualTo(binary(ALL));
    GatewayResponse again = call("converse-stream").join();
    assertThat(cache(again)).isEqualTo("HIT");
    assertThat(again.headers().first("content-type"))
        .isEqualTo("application/vnd.amazon.eventstream");
    assertThat(Play.text(again, ISO_8859_1)).isEqualTo(binary(ALL));
    GatewayResponse plain = call("converse").join();
    assertThat(cache(plain)).isEqualTo("HIT");
    assertThat(plain.headers().first("content-type")).isEqualTo("application/json");
    assertThat(Play.text(plain)).contains("\"text\":\"yes\"", "\"latencyMs\":9");
    assertThat(play.sent).hasSize(1);
  }

  @Test
  void aPlainAnswerIsGivenAsAStream() {
    String whole =
        "{\"metrics\":{\"latencyMs\":9},\"output\":{\"message\":{\"content\":[{\"text\":\"yes\"}],\"role\":\"assistant\"}},\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":500,\"outputTokens\":100,\"totalTokens\":600}}";
    with("mode: enforce", "cache:", "  - ttl: 1h").then(Reply.json(200, whole));
    assertThat(read(call("converse"))).isEqualTo(whole);
    GatewayResponse stream = call("converse-stream").join();
    assertThat(cache(stream)).isEqualTo("HIT");
    assertThat(stream.headers().first("content-type"))
        .isEqualTo("application/vnd.amazon.eventstream");
    assertThat(Play.text(stream, ISO_8859_1))
        .contains(
            "messageStart", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"yes\"}}", "metadata");
    assertThat(play.sent).hasSize(1);
  }

  @Test
  void aStreamCutBetweenItsMessagesOrWithAnExceptionIsNotKept() {
    for (int length = 1; length <= ALL.length; length++) {
      byte[][] some = Arrays.copyOf(ALL, length);
      some[length - 1] = length == ALL.length ? THROTTLED : ALL[length - 1];
      with("mode: enforce", "cache:", "  - ttl: 1h")
          .then(Reply.frames(some))
          .then(Reply.frames(ALL));
      read(call("converse-stream"));
      assertThat(cache(call("converse-stream").join())).as("%s", length).isEqualTo("MISS");
    }
  }

  @Test
  void anExceptionBeforeTheFirstContentIsAFailedAttempt() {
    with("mode: enforce", "retry: {max-attempts: 2, delay: 0s}")
        .then(Reply.frames(START, THROTTLED))
        .then(Reply.frames(ALL));
    CompletableFuture<GatewayResponse> call = call("converse-stream");
    play.timers.pass(10_000);
    assertThat(call).isCompleted();
    assertThat(read(call)).isEqualTo(binary(ALL));
    assertThat(play.sent).hasSize(2);
  }

  @Test
  void anExceptionAfterTheFirstContentReachesTheApp() {
    with("mode: enforce", "retry: {max-attempts: 2, delay: 0s}")
        .then(Reply.frames(START, WORD, THROTTLED));
    assertThat(read(call("converse-stream"))).isEqualTo(binary(START, WORD, THROTTLED));
    assertThat(play.sent).hasSize(1);
    assertThat(exchange().responseFacts().errorType()).isEqualTo("throttlingException");
  }

  @Test
  void aStreamThatEndsBeforeItsEndTellsSoInAMessageOfItsOwn() {
    with("mode: enforce", "retry: {max-attempts: 2, delay: 0s}").then(Reply.frames(START, WORD));
    assertThat(read(call("converse-stream")))
        .startsWith(binary(START, WORD))
        .contains(":exception-type", "modelStreamErrorException");
  }
}
