// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ResponseFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.ResponseReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SplittingTest {

  record Recording(String name, Replay replay, String body) {
    @Override
    public String toString() {
      return name;
    }

    byte[] bytes() {
      return body.getBytes(StandardCharsets.UTF_8);
    }
  }

  private static final List<Recording> RECORDINGS =
      List.of(
          new Recording("chat", Replay.chat(WireFormat.OPENAI), OpenAiAnswerTest.BUFFERED),
          new Recording(
              "chat stream", Replay.streamed(WireFormat.OPENAI), OpenAiAnswerTest.STREAMED),
          new Recording(
              "responses stream",
              Replay.streamed(WireFormat.OPENAI_RESPONSES),
              OpenAiAnswerTest.RESPONSES_STREAM),
          new Recording(
              "messages stream",
              Replay.streamed(WireFormat.ANTHROPIC),
              OtherAnswerTest.ANTHROPIC_STREAM),
          new Recording(
              "gemini array",
              Replay.streamed(WireFormat.GEMINI).headers("content-type", "application/json"),
              OtherAnswerTest.GEMINI_ARRAY),
          new Recording(
              "ollama lines",
              Replay.streamed(WireFormat.OLLAMA).headers("content-type", "application/x-ndjson"),
              OtherAnswerTest.OLLAMA_LINES));

  static Stream<Recording> recordings() {
    return RECORDINGS.stream();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void everyChunkSizeGivesTheSameFacts(Recording recording) {
    byte[] body = recording.bytes();
    ResponseFacts whole = recording.replay().read(body, body.length, true);
    assertThat(whole.parsed()).isTrue();
    for (int chunk = 1; chunk < body.length; chunk++) {
      assertThat(recording.replay().read(body, chunk, true)).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void everyTruncationIsToleratedAndBufferedOnesAreNotParsed(Recording recording) {
    byte[] body = recording.bytes();
    boolean document = recording.name().equals("chat");
    int end =
        new String(body, StandardCharsets.UTF_8)
            .stripTrailing()
            .getBytes(StandardCharsets.UTF_8)
            .length;
    for (int length = 0; length < body.length; length++) {
      byte[] head = java.util.Arrays.copyOf(body, length);
      // A document is whole at its last brace, though white space may follow.
      assertThat(recording.replay().read(head, 7, false).parsed())
          .isEqualTo(document && length >= end);
      ResponseFacts facts = recording.replay().read(head, 7, true);
      if (document && length < body.length - 2) {
        assertThat(facts.parsed()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void randomCutsGiveTheSameFacts(Recording recording) {
    for (int seed = 0; seed < 60; seed++) {
      cut(recording, seed);
    }
  }

  private static void cut(Recording recording, int seed) {
    byte[] body = recording.bytes();
    ResponseFacts whole = recording.replay().read(body, body.length, true);
    ResponseReader reader = recording.replay().reader();
    Random random = new Random(seed);
    boolean direct = random.nextBoolean();
    int at = 0;
    while (at < body.length) {
      int length = Math.min(body.length - at, 1 + random.nextInt(200));
      ByteBuffer chunk =
          direct
              ? ByteBuffer.allocateDirect(length)
              : ByteBuffer.allocate(length + 3).position(3).slice();
      chunk.put(body, at, length).flip();
      reader.read(chunk);
      at += length;
    }
    assertThat(reader.finish(true)).as("seed %s", seed).isEqualTo(whole);
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void damagedBodiesNeverThrow(Recording recording) {
    for (int seed = 0; seed < 100; seed++) {
      damage(recording, seed);
    }
  }

  private static void damage(Recording recording, int seed) {
    byte[] body = recording.bytes();
    Random random = new Random(seed);
    for (int i = 0; i < 5; i++) {
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
    }
    ResponseFacts facts =
        recording.replay().read(body, 1 + random.nextInt(100), random.nextBoolean());
    assertThat(facts.usage().input()).isGreaterThanOrEqualTo(-1);
    recording.replay().request(new String(body, StandardCharsets.ISO_8859_1));
  }
}
