// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.ContentTransform;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.LiveBody;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRestoreTest {

  private static final String JSON = "application/json; charset=utf-8";
  private static final String EVENTS = "text/event-stream";

  /** An answer in which {@code <name>} stands where the model is to be replaced. */
  record Answered(WireFormat format, String type, String marked) {
    String sent() {
      return marked.replace("<", "").replace(">", "");
    }

    String wanted() {
      return marked.replaceAll("<[^>]*>", Matcher.quoteReplacement("my-\\\\\\\"é"));
    }
  }

  private static final String ASKED = "my-\\\"é";

  static Stream<Answered> answers() {
    return Stream.of(
        new Answered(
            WireFormat.OPENAI,
            JSON,
            "{\"id\":\"x\",\"meta\":{\"model\":\"inner\"},\"model\" : \"<gpt-4o-2024>\",\"choices\":[{\"message\":{\"content\":\"a \\\"model\\\":\\\"x\\\" \\\\\",\"model\":\"kept\"}}],\"n\":-1.5e3,\"t\":[true,null]}\n"),
        new Answered(
            WireFormat.OPENAI,
            JSON,
            "{\"data\":[{\"embedding\":[0.1,-2]}],\"mod\\u0065l\":\"<text-embedding-3>\"}"),
        new Answered(WireFormat.OPENAI, JSON, "{\"model\":null,\"x\":\"model\"}"),
        new Answered(
            WireFormat.OPENAI, JSON, "{\"model\":{\"model\":\"m\"},\"message\":{\"model\":\"m\"}}"),
        new Answered(WireFormat.OPENAI, JSON, "{\"model\":[\"m\"],\"a\":[[{\"model\":\"m\"}]]}"),
        new Answered(
            WireFormat.OPENAI,
            EVENTS,
            ": hello \"model\":\"x\"\n\ndata: {\"model\":\"\",\"choices\":[]}\n\n"
                + "data: {\"model\":\"<gpt>\",\"choices\":[{\"delta\":{\"content\":\"data: {\\\"model\\\":\\\"x\\\"}\"}}]}\n\n"
                + "data:{\"choices\":[],\ndata: \"model\":\ndata: \"<gpt>\"}\n\n"
                + "data: {bad \"model\":\"x\"}\n\ndata: {\"model\":\"<gpt>\"}\r\n\r\n"
                + "event: model\rdata: {\"model\":\"<gpt>\"}\r\r"
                + "datax: {\"model\":\"x\"}\n\ndat: {\"model\":\"x\"}\n\n"
                + "data: {\"model\":\"cut\ndata: off\"}\n\ndata: {\"model\":\"<gpt>\"}\n\ndata: [DONE]\n\n"),
        new Answered(
            WireFormat.OPENAI_RESPONSES,
            EVENTS,
            "event: response.created\ndata: {\"type\":\"response.created\",\"response\":{\"id\":\"r\",\"model\":\"<gpt-5>\",\"tools\":[{\"model\":\"kept\"}]},\"item\":{\"model\":\"kept\"}}\n\n"
                + "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"\\\"model\\\":\\\"x\\\"\"}\n\n"),
        new Answered(
            WireFormat.OPENAI_RESPONSES,
            JSON,
            "{\"id\":\"r\",\"model\":\"<gpt-5>\",\"output\":[{\"response\":{\"model\":\"kept\"}}]}"),
        new Answered(
            WireFormat.ANTHROPIC,
            EVENTS,
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"content\":[{\"model\":\"kept\"}],\"usage\":{\"model\":\"kept\"},\"model\":\"<claude>\"},\"x\":{\"model\":\"kept\"}}\n\n"
                + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"text\":\"model\"}}\n\n"),
        new Answered(
            WireFormat.ANTHROPIC,
            JSON,
            "{\"model\":\"<claude>\",\"content\":[{\"message\":{\"model\":\"kept\"}}]}"),
        new Answered(
            WireFormat.GEMINI,
            EVENTS,
            "data: {\"candidates\":[],\"modelVersion\":\"<gemini>\",\"model\":\"kept\"}\r\n\r\ndata: {\"modelVersion\":\"<gemini>\"}\r\n\r\n"),
        new Answered(
            WireFormat.GEMINI,
            JSON,
            "[{\"modelVersion\":\"<gemini>\",\"a\":[{\"modelVersion\":\"kept\"}]}\n,\r\n{\"modelVersion\":\"<gemini>\"}]"),
        new Answered(
            WireFormat.OLLAMA,
            "application/x-ndjson",
            "{\"model\":\"<llama3>\",\"message\":{\"model\":\"kept\"}}\n{broken\n{\"model\":\"<llama3>\",\"done\":true}\n"),
        new Answered(
            WireFormat.OLLAMA, JSON, "{\"model\":\"<llama3>\"}\n{\"model\":\"<llama3>\"}\n"),
        new Answered(WireFormat.COHERE, JSON, "{\"model\":\"<command>\",\"text\":\"x\"}"),
        new Answered(WireFormat.OPENAI, JSON, "html \"model\":\"x\""),
        new Answered(WireFormat.OPENAI, JSON, "{\"model\":\"unfinished"),
        new Answered(WireFormat.OPENAI, JSON, "{\"model\" \"x\",\"model\":\"y\"}"));
  }

  private static @Nullable ContentTransform transform(
      WireFormat format, int status, String... headers) {
    return new AnswerEdits()
        .answeringAs(
            new Endpoint("t", "t", format, Operation.CHAT, null, false),
            new GatewayResponse(status, Headers.ofFlat(headers), "1.1", new LiveBody(fault -> {})),
            ASKED);
  }

  private static ContentTransform transform(Answered answer) {
    ContentTransform transform = transform(answer.format, 200, "Content-Type", answer.type);
    assertThat(transform).isNotNull();
    return transform;
  }

  private static String through(ContentTransform transform, byte[] body, int... cuts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    for (int i = 0; i <= cuts.length; i++) {
      int end = i == cuts.length ? body.length : cuts[i];
      ByteBuffer chunk = ByteBuffer.wrap(Arrays.copyOfRange(body, at, end));
      add(out, transform.apply(i % 2 == 0 ? chunk : chunk.asReadOnlyBuffer()));
      at = end;
    }
    add(out, transform.finish());
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void add(ByteArrayOutputStream out, ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    out.writeBytes(copy);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void onlyTheModelOfTheAnswerIsReplacedHoweverItIsCut(Answered answer) {
    byte[] body = Judging.bytes(answer.sent());
    String wanted = answer.wanted();
    assertThat(through(transform(answer), body)).isEqualTo(wanted);
    for (int cut = 0; cut <= body.length; cut++) {
      assertThat(through(transform(answer), body, cut)).isEqualTo(wanted);
    }
    int[] each = new int[body.length];
    Arrays.setAll(each, i -> i);
    assertThat(through(transform(answer), body, each)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @MethodSource("answers")
  void damagedAnswersNeverThrowAndComeOutTheSameHoweverCut(Answered answer) {
    for (int seed = 0; seed < 200; seed++) {
      byte[] body = Judging.bytes(answer.sent());
      Random random = new Random(seed);
      for (int i = 0; i < 3; i++) {
        body[random.nextInt(body.length)] = (byte) (32 + random.nextInt(95));
      }
      int cut = random.nextInt(body.length);
      assertThat(through(transform(answer), body, cut)).isEqualTo(through(transform(answer), body));
    }
  }

  @Test
  void anAnswerWithoutAModelPassesInTheVeryBuffersItCameIn() {
    ContentTransform transform = transform(new Answered(WireFormat.OPENAI, EVENTS, ""));
    ByteBuffer chunk = ByteBuffer.wrap(Judging.bytes("data: {\"choices\":[]}\n\n"));
    assertThat(transform.apply(chunk)).isSameAs(chunk);
    assertThat(chunk.position()).isZero();
  }

  @Test
  void whateverComesPassesAtOnce() {
    ContentTransform transform = transform(new Answered(WireFormat.OPENAI, EVENTS, ""));
    for (String piece : new String[] {"da", "ta: {\"mod", "el\":", "1,\"choices\":[{\"te"}) {
      assertThat(text(transform.apply(ByteBuffer.wrap(Judging.bytes(piece))))).isEqualTo(piece);
    }
  }

  @Test
  void onlyANameThatHasBegunIsKept() {
    ContentTransform transform = transform(new Answered(WireFormat.OPENAI, EVENTS, ""));
    assertThat(text(transform.apply(ByteBuffer.wrap(Judging.bytes("data: {\"model\": \"gp")))))
        .isEqualTo("data: {\"model\": ");
    assertThat(text(transform.apply(ByteBuffer.wrap(Judging.bytes("t-4o"))))).isEmpty();
    assertThat(text(transform.apply(ByteBuffer.wrap(Judging.bytes("\",")))))
        .isEqualTo("\"my-\\\\\\\"é\",");
  }

  @Test
  void aNameWithoutEndIsNotKeptForEver() {
    ContentTransform transform = transform(new Answered(WireFormat.OPENAI, JSON, ""));
    String endless = "{\"model\":\"" + "x".repeat(3000);
    assertThat(text(transform.apply(ByteBuffer.wrap(Judging.bytes(endless))))).isEqualTo(endless);
    assertThat(text(transform.apply(ByteBuffer.wrap(Judging.bytes("\"}"))))).isEqualTo("\"}");
    assertThat(text(transform.finish())).isEmpty();
  }

  @Test
  void deepNestingPasses() {
    String deep = "{\"a\":" + "[".repeat(9000) + "]".repeat(9000) + ",\"model\":\"x\"}";
    ContentTransform transform = transform(new Answered(WireFormat.OPENAI, JSON, ""));
    assertThat(through(transform, Judging.bytes(deep))).isEqualTo(deep);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BEDROCK", "OTHER"})
  void formatsThatNameNoModelAreLeftAlone(WireFormat format) {
    assertThat(transform(format, 200, "content-type", JSON)).isNull();
  }

  @Test
  void whatIsPackedOrAnErrorIsLeftAlone() {
    assertThat(transform(WireFormat.OPENAI, 200, "content-encoding", "gzip")).isNull();
    assertThat(transform(WireFormat.OPENAI, 429, "content-type", JSON)).isNull();
    assertThat(transform(WireFormat.OPENAI, 200, "content-encoding", "identity")).isNotNull();
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }
}
