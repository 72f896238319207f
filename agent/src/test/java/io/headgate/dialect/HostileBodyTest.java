// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.ResponseReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileBodyTest {

  private static final Replay CHAT = Replay.chat(WireFormat.OPENAI).input(40);
  private static final int MEGABYTE = 1 << 20;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   \r\n",
        "<!DOCTYPE html><html>502 Bad Gateway</html>",
        "upstream connect error",
        "error: something",
        "\u0000\u0001\u0002",
        "null",
        "true",
        "12",
        "{\"id\":1e999999}x",
        "{\"usage\":{\"prompt_tokens\":1.2.3}}",
        "{\"id\":\"a\"} {\"id\":\"b\"}",
        "{\"a\":\"\\u00zz\",\"id\":\"\\u00zz\"}",
        "{\"id\":\"x\",}",
        "{\"id\":\"x\"]",
        "{id:1}",
        "[1,2"
      })
  void whatIsNoAnswerIsNotParsedAndNotGuessed(String body) {
    for (Replay replay :
        new Replay[] {
          CHAT, CHAT.headers("server", "x"), CHAT.headers("content-type", "text/html")
        }) {
      ResponseFacts facts = replay.read(body);
      assertThat(facts.parsed()).isFalse();
      assertThat(facts.usage().isEmpty()).isTrue();
    }
    assertThat(Replay.streamed(WireFormat.OPENAI).read(body).parsed()).isFalse();
  }

  @Test
  void deepNestingIsGivenUp() {
    String deep = "{\"id\":\"x\",\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    assertThat(CHAT.read(deep).parsed()).isFalse();
    assertThat(CHAT.read(deep).id()).isEqualTo("x");
    assertThat(
            CHAT.request("{\"model\":\"m\",\"messages\":" + "[{\"content\":".repeat(10_000))
                .model())
        .isEqualTo("m");
  }

  @Test
  void hugeNumbersAreNoCounts() {
    ResponseFacts facts =
        CHAT.read(
            "{\"id\":\"x\",\"usage\":{\"prompt_tokens\":"
                + "9".repeat(1_000_000)
                + ",\"completion_tokens\":99999999999999999999999,\"total_tokens\":1e400}}");

    assertThat(facts.parsed()).isTrue();
    assertThat(facts.usage().isEmpty()).isTrue();
  }

  @Test
  void hugeTextsAreNoFacts() {
    ResponseFacts facts =
        CHAT.read(
            "{\"id\":\"" + "x".repeat(2000) + "\",\"" + "k".repeat(2000) + "\":1,\"model\":\"m\"}");

    assertThat(facts.id()).isNull();
    assertThat(facts.model()).isEqualTo("m");
  }

  @Test
  void escapesAreUndone() {
    assertThat(CHAT.read("{\"i\\u0064\":\"a\\/\\\"\\u00e9\\u4f60\\n\"}").id())
        .isEqualTo("a/\"\u00e9\u4f60\n");
  }

  @Test
  void fiftyMegabytesInOneStringCostNoMemory() {
    byte[] filler = new byte[MEGABYTE];
    Arrays.fill(filler, (byte) 'a');
    ResponseReader reader = CHAT.reader();
    ByteBuffer head = ascii("{\"choices\":[{\"message\":{\"content\":\"");
    ByteBuffer tail =
        ascii(
            "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}");
    ByteBuffer chunk = ByteBuffer.wrap(filler);

    long before = threads.getCurrentThreadAllocatedBytes();
    reader.read(head);
    for (int i = 0; i < 50; i++) {
      chunk.rewind();
      reader.read(chunk);
    }
    reader.read(tail);
    ResponseFacts facts = reader.finish(true);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(facts.parsed()).isTrue();
    assertThat(facts.usage().output()).isEqualTo(2);
    assertThat(allocated).isLessThan(MEGABYTE / 2);
  }

  @Test
  void finalEventOfManyMegabytesStillTellsItsUsage() {
    byte[] filler = new byte[MEGABYTE];
    Arrays.fill(filler, (byte) 'A');
    ResponseReader reader = Replay.streamed(WireFormat.OPENAI_RESPONSES).reader();
    ByteBuffer head =
        ascii(
            "data: {\"type\":\"response.completed\",\"response\":{\"status\":\"completed\",\"output\":[{\"result\":\"");
    ByteBuffer tail = ascii("\"}],\"usage\":{\"input_tokens\":1,\"output_tokens\":2}}}\n\n");
    ByteBuffer chunk = ByteBuffer.wrap(filler);

    long before = threads.getCurrentThreadAllocatedBytes();
    reader.read(head);
    for (int i = 0; i < 20; i++) {
      chunk.rewind();
      reader.read(chunk);
    }
    reader.read(tail);
    ResponseFacts facts = reader.finish(true);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(facts.usage().input()).isEqualTo(1);
    assertThat(facts.parsed()).isTrue();
    assertThat(allocated).isLessThan(MEGABYTE / 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPENAI", "OPENAI_RESPONSES", "ANTHROPIC", "GEMINI", "COHERE", "OLLAMA"})
  void tokensOfAStreamCostNoMemory(WireFormat format) {
    ByteBuffer chunk =
        ascii(
            "event: content_block_delta\ndata: "
                + "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"type\":\"content_block_delta\",\"model\":\"gpt-4o\",\"modelVersion\":\"gemini\",\"responseId\":\"r\",\"service_tier\":\"default\",\"system_fingerprint\":\"fp\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" token\"},\"logprobs\":null,\"finish_reason\":null}],\"delta\":{\"type\":\"text_delta\",\"text\":\" token\"},\"candidates\":[{\"content\":{\"parts\":[{\"text\":\" token\"}]},\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":4,\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":4}]},\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":3},\"done\":false}\n\n");
    ResponseReader reader = Replay.streamed(format).reader();
    for (int i = 0; i < 1000; i++) {
      chunk.rewind();
      reader.read(chunk);
    }

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10_000; i++) {
      chunk.rewind();
      reader.read(chunk);
    }
    long perChunk = (threads.getCurrentThreadAllocatedBytes() - before) / 10_000;

    assertThat(perChunk).isLessThanOrEqualTo(8);
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
