// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import static io.headgate.translate.gemini.Trees.events;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.dialect.StreamEvent;
import io.headgate.translate.EventReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventReaderTest {

  private static String chunk(String parts) {
    return "{\"candidates\":[{\"content\":{\"parts\":["
        + parts
        + "],\"role\":\"model\"},\"index\":0}],"
        + "\"responseId\":\"r1\",\"modelVersion\":\"m\"}";
  }

  private static String finish(String word) {
    return "{\"candidates\":[{\"finishReason\":\"" + word + "\"}],\"responseId\":\"r1\"}";
  }

  private static final ChatEvent BEGIN = new ChatEvent.Begin("r1", "m");

  private static ChatEvent stop(StopReason reason) {
    return new ChatEvent.Stop(0, reason, null);
  }

  @Test
  void thoughtsTextAndSignaturesComeAsTheyAre() {
    assertThat(
            events(
                chunk("{\"text\":\"Hm\",\"thought\":true}"),
                chunk("{\"text\":\".\",\"thought\":true,\"thoughtSignature\":\"s1\"}"),
                chunk("{\"text\":\"Hel\"}"),
                chunk("{\"text\":\"lo\"},{\"text\":\"\"}"),
                chunk("{\"text\":\"\",\"thoughtSignature\":\"s2\"}"),
                finish("STOP")))
        .containsExactly(
            BEGIN,
            new ChatEvent.Thinking(0, "Hm", Maker.GOOGLE),
            new ChatEvent.Thinking(0, ".", Maker.GOOGLE),
            new ChatEvent.Signature(0, "s1", Maker.GOOGLE),
            new ChatEvent.Text(0, "Hel"),
            new ChatEvent.Text(0, "lo"),
            new ChatEvent.Signature(0, "s2", Maker.GOOGLE),
            stop(StopReason.END),
            new ChatEvent.End());
  }

  @Test
  void callsAreRememberedUntilTheReasonComesInALaterChunk() {
    assertThat(
            events(
                chunk(
                    "{\"functionCall\":{\"name\":\"f\",\"args\":{\"a\":1.50}},\"thoughtSignature\":\"s\"},"
                        + "{\"functionCall\":{\"id\":\"x\",\"name\":\"g\"}}"),
                chunk("{\"functionCall\":{\"name\":\"f\",\"args\":{}}}"),
                finish("STOP")))
        .containsExactly(
            BEGIN,
            new ChatEvent.CallBegin(0, 0, "call_r1_0", "f", "s"),
            new ChatEvent.CallArguments(0, 0, "{\"a\":1.50}"),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.CallBegin(0, 1, "x", "g", null),
            new ChatEvent.CallArguments(0, 1, "{}"),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.CallBegin(0, 2, "call_r1_2", "f", null),
            new ChatEvent.CallArguments(0, 2, "{}"),
            new ChatEvent.BlockEnd(0),
            stop(StopReason.TOOLS),
            new ChatEvent.End());
  }

  @Test
  void aReasonInEveryChunkIsOneReason() {
    String both =
        "{\"candidates\":[{\"content\":{\"parts\":[%s]},\"finishReason\":\"%s\"}],\"responseId\":\"r1\"}";

    assertThat(
            events(
                both.formatted("{\"text\":\"a\"}", "STOP"),
                both.formatted("{\"functionCall\":{\"id\":\"1\",\"name\":\"f\"}}", "STOP")))
        .filteredOn(ChatEvent.Stop.class::isInstance)
        .containsExactly(stop(StopReason.TOOLS));
    assertThat(
            events(
                both.formatted("{\"functionCall\":{\"id\":\"1\",\"name\":\"f\"}}", "MAX_TOKENS"),
                both.formatted("", "STOP")))
        .filteredOn(ChatEvent.Stop.class::isInstance)
        .containsExactly(stop(StopReason.LENGTH));
  }

  @Test
  void aNullIsNoReason() {
    assertThat(
            events(
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"finishReason\":null}]}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"b\"}]},\"finishReason\":\"\"}]}"))
        .containsExactly(
            new ChatEvent.Begin(null, null),
            new ChatEvent.Text(0, "a"),
            new ChatEvent.Text(0, "b"));
  }

  @Test
  void theLastUsageCounts() {
    List<ChatEvent> events =
        events(
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}],"
                + "\"usageMetadata\":{\"promptTokenCount\":9,\"totalTokenCount\":9}}",
            "{\"candidates\":[{\"finishReason\":\"STOP\"}],\"usageMetadata\":"
                + "{\"promptTokenCount\":9,\"candidatesTokenCount\":2,\"thoughtsTokenCount\":3}}");

    List<Usage> told = new ArrayList<>();
    events.forEach(
        event -> {
          if (event instanceof ChatEvent.UsageTold usage) {
            told.add(usage.usage());
          }
        });
    assertThat(told).hasSize(2);
    assertThat(told.get(1).output()).isEqualTo(5);
    assertThat(events).endsWith(stop(StopReason.END), new ChatEvent.End());
  }

  @Test
  void aStreamThatJustStopsHasNoEnd() {
    assertThat(events(chunk("{\"text\":\"a\"}")))
        .containsExactly(BEGIN, new ChatEvent.Text(0, "a"));
    assertThat(events()).isEmpty();
    // One of two candidates is not done.
    assertThat(
            events(
                "{\"candidates\":[{\"index\":0,\"finishReason\":\"STOP\"},{\"index\":1,\"content\":"
                    + "{\"parts\":[{\"text\":\"b\"}]}}]}"))
        .doesNotHaveAnyElementsOfTypes(ChatEvent.End.class, ChatEvent.Stop.class);
  }

  @Test
  void aPromptThatIsBlockedIsFiltered() {
    assertThat(events("{\"promptFeedback\":{\"blockReason\":\"SAFETY\"},\"responseId\":\"r1\"}"))
        .containsExactly(
            new ChatEvent.Begin("r1", null), stop(StopReason.FILTER), new ChatEvent.End());
  }

  @Test
  void aMalformedCallIsNoGoodEnd() {
    assertThat(events(finish("MALFORMED_FUNCTION_CALL")))
        .endsWith(stop(StopReason.MALFORMED_CALL), new ChatEvent.End());
  }

  @Test
  void anErrorInTheMiddleIsTheLastThing() {
    List<ChatEvent> events =
        events(
            chunk("{\"text\":\"a\"}"),
            "{\"error\":{\"code\":429,\"message\":\"slow"
                + " down\",\"status\":\"RESOURCE_EXHAUSTED\"}}",
            finish("STOP"));

    assertThat(events)
        .containsExactly(
            BEGIN,
            new ChatEvent.Text(0, "a"),
            new ChatEvent.Failed(
                new ApiFailure(
                    ApiFailure.Kind.RATE_LIMIT, 0, "slow down", "RESOURCE_EXHAUSTED", null)));
  }

  @Test
  void argumentsInPiecesBecomeWhole() {
    assertThat(
            events(
                chunk("{\"functionCall\":{\"id\":\"1\",\"name\":\"f\",\"willContinue\":true}}"),
                chunk(
                    "{\"functionCall\":{\"partialArgs\":[{\"jsonPath\":\"$.town\",\"stringValue\":\"Kö\","
                        + "\"willContinue\":true}],\"willContinue\":true}}"),
                chunk(
                    "{\"functionCall\":{\"partialArgs\":[{\"jsonPath\":\"$.town\",\"stringValue\":\"ln\"},"
                        + "{\"jsonPath\":\"$.days[1].n\",\"numberValue\":2}],\"willContinue\":true}}"),
                chunk("{\"functionCall\":{}}"),
                finish("STOP")))
        .containsSubsequence(
            new ChatEvent.CallBegin(0, 0, "1", "f", null),
            new ChatEvent.CallArguments(0, 0, "{\"town\":\"Köln\",\"days\":[null,{\"n\":2}]}"),
            stop(StopReason.TOOLS));
  }

  @Test
  void citationsAndLogprobsAreTold() {
    List<ChatEvent> events =
        events(
            chunk("{\"text\":\"Grü\"}"),
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"ße.\"}]},\"groundingMetadata\":"
                + "{\"groundingChunks\":[{\"web\":{\"uri\":\"https://a.test\",\"title\":\"A\"}}],"
                + "\"groundingSupports\":[{\"segment\":{\"endIndex\":7},\"groundingChunkIndices\":[0]}]},"
                + "\"logprobsResult\":{\"chosenCandidates\":[{\"token\":\"Gr\",\"logProbability\":-1}]},"
                + "\"finishReason\":\"STOP\"}]}");

    assertThat(events)
        .contains(
            new ChatEvent.Cited(0, new Citation("https://a.test", "A", null, 0, 5)),
            new ChatEvent.Logprobs(0, List.of(new ChatAnswer.TokenLogprob("Gr", -1, List.of()))));
  }

  @Test
  void candidatesGoOnSideBySide() {
    assertThat(
            events(
                "{\"candidates\":[{\"index\":0,\"content\":{\"parts\":[{\"text\":\"a\"}]},"
                    + "\"finishReason\":\"STOP\"},{\"index\":1,\"content\":{\"parts\":[{\"text\":\"b\"}]},"
                    + "\"finishReason\":\"SAFETY\"}]}"))
        .containsExactly(
            new ChatEvent.Begin(null, null),
            new ChatEvent.Text(0, "a"),
            new ChatEvent.Text(1, "b"),
            stop(StopReason.END),
            new ChatEvent.Stop(1, StopReason.FILTER, null),
            new ChatEvent.End());
  }

  @Test
  void theEndComesOnce() {
    List<ChatEvent> events = new ArrayList<>();
    EventReader reader = Trees.GEMINI.events();
    reader.event(StreamEvent.of(Trees.tree(finish("STOP"))), events::add);
    reader.event(StreamEvent.DONE, events::add);
    reader.end(events::add);
    reader.end(events::add);

    assertThat(events).filteredOn(ChatEvent.End.class::isInstance).hasSize(1);
  }
}
