// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import static io.headgate.translate.gemini.Trees.asked;
import static io.headgate.translate.gemini.Trees.chunks;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.Reasoning;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkWriterTest {

  private static final ChatEvent BEGIN = new ChatEvent.Begin("id1", "gpt-5");
  private static final ChatEvent END = new ChatEvent.End();
  private static final String TAIL = "\"modelVersion\":\"gpt-5\",\"responseId\":\"id1\"}";

  private static ChatEvent stop(StopReason reason) {
    return new ChatEvent.Stop(0, reason, null);
  }

  private static String chunk(String parts) {
    return "{\"candidates\":[{\"content\":{\"parts\":["
        + parts
        + "],\"role\":\"model\"},\"index\":0}],"
        + TAIL;
  }

  private static String last(String parts, String word, String usage) {
    return "{\"candidates\":[{\"content\":{\"parts\":["
        + parts
        + "],\"role\":\"model\"},\"finishReason\":\""
        + word
        + "\",\"index\":0}],"
        + usage
        + TAIL;
  }

  @Test
  void textGoesOutAtOnceAndReasonAndUsageAtTheEnd() {
    Usage usage = Usage.builder().input(9).output(2).build();

    assertThat(
            chunks(
                asked(),
                BEGIN,
                new ChatEvent.Ping(),
                new ChatEvent.Text(0, "Hel"),
                new ChatEvent.Text(0, "lo"),
                new ChatEvent.BlockEnd(0),
                stop(StopReason.END),
                new ChatEvent.UsageTold(Usage.builder().input(9).build()),
                new ChatEvent.UsageTold(usage),
                END))
        .containsExactly(
            chunk("{\"text\":\"Hel\"}"),
            chunk("{\"text\":\"lo\"}"),
            last(
                "{\"text\":\"\"}",
                "STOP",
                "\"usageMetadata\":{\"promptTokenCount\":9,\"candidatesTokenCount\":2,"
                    + "\"totalTokenCount\":11},"));
  }

  @Test
  void callsGoOutWholeEvenIfTheirPiecesAreMixed() {
    assertThat(
            chunks(
                asked(),
                BEGIN,
                new ChatEvent.CallBegin(0, 0, "1", "f", null),
                new ChatEvent.CallArguments(0, 0, "{\"a\":"),
                new ChatEvent.CallBegin(0, 1, "2", "g", null),
                new ChatEvent.CallArguments(0, 1, "{\"b\":2}"),
                new ChatEvent.CallArguments(0, 0, "1.50}"),
                new ChatEvent.CallBegin(0, 2, "3", "h", null),
                new ChatEvent.BlockEnd(0),
                stop(StopReason.TOOLS),
                END))
        .containsExactly(
            chunk(
                "{\"functionCall\":{\"id\":\"1\",\"name\":\"f\",\"args\":{\"a\":1.50}}},"
                    + "{\"functionCall\":{\"id\":\"2\",\"name\":\"g\",\"args\":{\"b\":2}}},"
                    + "{\"functionCall\":{\"id\":\"3\",\"name\":\"h\",\"args\":{}}}"),
            last("{\"text\":\"\"}", "STOP", ""));
  }

  @Test
  void textAfterACallSendsTheCallFirst() {
    assertThat(
            chunks(
                asked(),
                BEGIN,
                new ChatEvent.CallBegin(0, 0, "1", "f", null),
                new ChatEvent.Text(0, "so")))
        .containsExactly(
            chunk("{\"functionCall\":{\"id\":\"1\",\"name\":\"f\",\"args\":{}}}"),
            chunk("{\"text\":\"so\"}"));
  }

  @Test
  void aCallThatIsBrokenOffIsLeftOut() {
    assertThat(
            chunks(
                asked(),
                BEGIN,
                new ChatEvent.CallBegin(0, 0, "1", "f", null),
                new ChatEvent.CallArguments(0, 0, "{\"a\":\"b"),
                stop(StopReason.LENGTH),
                END))
        .containsExactly(last("{\"text\":\"\"}", "MAX_TOKENS", ""));
    assertThat(
            chunks(
                asked(),
                BEGIN,
                new ChatEvent.CallBegin(0, 0, "1", "f", null),
                new ChatEvent.CallArguments(0, 0, "[]"),
                stop(StopReason.TOOLS),
                END))
        .containsExactly(last("{\"text\":\"\"}", "MALFORMED_FUNCTION_CALL", ""));
  }

  @Test
  void thoughtsGoOutOnlyIfTheAppAsked() {
    ChatRequest.Builder request = ChatRequest.builder();
    request.reasoning = new Reasoning(Reasoning.Mode.DEFAULT, null, null, true);
    ChatEvent[] events = {
      BEGIN,
      new ChatEvent.Thinking(0, "Hm", Maker.ANTHROPIC),
      new ChatEvent.Signature(0, "sig", Maker.ANTHROPIC),
      new ChatEvent.Redacted(0, "secret", Maker.ANTHROPIC),
      new ChatEvent.Text(0, "Yes")
    };

    assertThat(chunks(asked(), events)).containsExactly(chunk("{\"text\":\"Yes\"}"));
    assertThat(chunks(asked(request.build()), events))
        .containsExactly(chunk("{\"text\":\"Hm\",\"thought\":true}"), chunk("{\"text\":\"Yes\"}"));
  }

  @Test
  void aRefusalIsTextThatEndsForSafety() {
    assertThat(
            chunks(asked(), BEGIN, new ChatEvent.Refusal(0, "No."), stop(StopReason.REFUSAL), END))
        .containsExactly(chunk("{\"text\":\"No.\"}"), last("{\"text\":\"\"}", "SAFETY", ""));
  }

  @Test
  void whatIsFilteredBeforeItBeganIsABlockedPrompt() {
    assertThat(chunks(asked(), BEGIN, stop(StopReason.FILTER), END))
        .containsExactly("{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}," + TAIL);
    assertThat(chunks(asked(), BEGIN, new ChatEvent.Text(0, "a"), stop(StopReason.FILTER), END))
        .endsWith(last("{\"text\":\"\"}", "SAFETY", ""));
  }

  @Test
  void citationsAreGatheredForTheLastChunk() {
    List<String> chunks =
        chunks(
            asked(),
            BEGIN,
            new ChatEvent.Text(0, "Ü. "),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.Text(0, "Köln"),
            new ChatEvent.Cited(0, new Citation("https://a.test", null, null, 0, 4)),
            stop(StopReason.END),
            END);

    assertThat(chunks).hasSize(3);
    assertThat(chunks.get(2))
        .contains(
            "\"groundingSupports\":[{\"segment\":{\"startIndex\":4,\"endIndex\":9,"
                + "\"text\":\"Köln\"},\"groundingChunkIndices\":[0]}]");
  }

  @Test
  void logprobsGoOutWithWhatTheyAreOf() {
    assertThat(
            chunks(
                asked(),
                BEGIN,
                new ChatEvent.Text(0, "a"),
                new ChatEvent.Logprobs(
                    0, List.of(new ChatAnswer.TokenLogprob("a", -0.5, List.of())))))
        .hasSize(2)
        .element(1)
        .asString()
        .contains("\"chosenCandidates\":[{\"token\":\"a\",\"logProbability\":-0.5}]");
  }

  @Test
  void candidatesAllEndInTheLastChunk() {
    assertThat(
            chunks(
                asked(),
                BEGIN,
                new ChatEvent.Text(0, "a"),
                new ChatEvent.Text(1, "b"),
                new ChatEvent.Stop(1, StopReason.LENGTH, null),
                stop(StopReason.END),
                END))
        .hasSize(3)
        .element(2)
        .asString()
        .contains("\"finishReason\":\"STOP\",\"index\":0}")
        .contains("\"finishReason\":\"MAX_TOKENS\",\"index\":1}");
  }

  @Test
  void aFailureIsAnErrorAndNothingElse() {
    assertThat(
            chunks(
                asked(),
                BEGIN,
                new ChatEvent.CallBegin(0, 0, "1", "f", null),
                new ChatEvent.Failed(
                    new ApiFailure(ApiFailure.Kind.OVERLOADED, 0, "busy", null, null))))
        .containsExactly(
            "{\"error\":{\"code\":503,\"message\":\"busy\",\"status\":\"UNAVAILABLE\","
                + "\"details\":[]}}");
  }
}
