// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.Usage;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.ResponseReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers are whole, and what is made of those that tell little. */
class WholeAnswerTest {

  @Test
  void reasoningBeyondTheCompletionIsAddedWhateverTheTotalSays() {
    Usage usage =
        Replay.chat(WireFormat.OPENAI)
            .read(
                """
                {"choices":[],"usage":{"prompt_tokens":33,"completion_tokens":7163,
                 "total_tokens":7196,"reasoning_tokens":73997}}""")
            .usage();

    assertThat(usage.output()).isEqualTo(7163 + 73997);
    assertThat(usage.reasoning()).isEqualTo(73997);
  }

  @Test
  void aDocumentIsWholeAtItsLastBrace() {
    String body = "{\"choices\":[{\"message\":{\"content\":\"Hello\"}}]}";
    Replay chat = Replay.chat(WireFormat.OPENAI);

    assertThat(chat.abandoned(body).parsed()).isTrue();
    assertThat(chat.abandoned(body + "\n").parsed()).isTrue();
    assertThat(chat.abandoned(body.substring(0, body.length() - 1)).parsed()).isFalse();
    assertThat(chat.abandoned(body + "{").parsed()).isFalse();
  }

  @Test
  void wideCharactersAreATokenEach() {
    Replay chat = Replay.chat(WireFormat.OPENAI);
    RequestFacts request =
        chat.request("{\"messages\":[{\"role\":\"user\",\"content\":\"日本語のabcd\"}]}");
    ResponseReader reader = new Dialects().response(chat.endpoint(), request, 200, chat.headers());
    reader.read(
        ByteBuffer.wrap(
            "{\"choices\":[{\"message\":{\"content\":\"ok\"}}]}".getBytes(StandardCharsets.UTF_8)));

    assertThat(request.inputCharacters()).isEqualTo(8);
    assertThat(reader.finish(true).usage().input()).isEqualTo(4 + 1);
  }

  @Test
  void speechIsBilledByTrueCharacters() {
    Replay speech =
        Replay.of(WireFormat.OPENAI, Operation.SPEECH).headers("content-type", "audio/mpeg");
    RequestFacts request = speech.request("{\"input\":\"日本語\"}");
    ResponseReader reader =
        new Dialects().response(speech.endpoint(), request, 200, speech.headers());

    assertThat(reader.finish(true).usage().units())
        .containsExactlyEntriesOf(Map.of(Usage.Unit.CHARACTER, 3.0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1\n00:00:00,000 --> ...", "WEBVTT\n", "data of mine", "[Music]", ""})
  void aPlainTranscriptIsWhatWasAskedFor(String text) {
    Replay transcription =
        Replay.of(WireFormat.OPENAI, Operation.TRANSCRIPTION)
            .headers("content-type", "text/plain; charset=utf-8");

    assertThat(transcription.read(text).parsed()).isTrue();
    assertThat(transcription.status(500).read(text).parsed()).isFalse();
    assertThat(transcription.headers("content-type", "text/html").read("<a>").parsed()).isFalse();
  }

  @Test
  void jsonAsPlainTextIsStillReadAsATranscription() {
    Usage usage =
        Replay.of(WireFormat.OPENAI, Operation.TRANSCRIPTION)
            .headers("content-type", "text/plain")
            .read("{\"text\":\"a\",\"usage\":{\"type\":\"duration\",\"seconds\":3}}")
            .usage();

    assertThat(usage.units()).containsExactlyEntriesOf(Map.of(Usage.Unit.SECOND, 3.0));
  }

  @Test
  void mistralsConversationsTellTheirUsage() {
    String usage = "\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,\"total_tokens\":18}";
    ResponseFacts buffered =
        Replay.chat(WireFormat.OPENAI)
            .read(
                "{\"object\":\"conversation.response\",\"outputs\":[{\"type\":\"message.output\",\"content\":\"Hi\"}],"
                    + usage
                    + "}");
    ResponseFacts streamed =
        Replay.streamed(WireFormat.OPENAI)
            .read(
                Replay.events(
                    "{\"type\":\"conversation.response.started\",\"conversation_id\":\"c\"}",
                    "{\"type\":\"message.output.delta\",\"content\":\"Hi\"}",
                    "{\"type\":\"conversation.response.done\"," + usage + "}"));

    for (ResponseFacts facts : new ResponseFacts[] {buffered, streamed}) {
      assertThat(facts.parsed()).isTrue();
      assertThat(facts.errorType()).isNull();
      assertThat(facts.usage()).isEqualTo(Usage.builder().input(11).output(7).build());
    }
  }
}
