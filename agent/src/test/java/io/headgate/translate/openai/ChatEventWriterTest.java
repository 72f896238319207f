// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import static io.headgate.translate.openai.ChatJson.asked;
import static io.headgate.translate.openai.ChatJson.chunks;
import static io.headgate.translate.openai.ChatJson.deltas;
import static io.headgate.translate.openai.ChatJson.plain;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.dialect.StreamEvent;
import io.headgate.translate.Asked;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChatEventWriterTest {

  private static final ChatEvent BEGIN = new ChatEvent.Begin("i", "m");

  private static final ChatEvent END = new ChatEvent.End();

  private static final String ROLE = "{\"role\":\"assistant\",\"content\":\"\"}";

  private static final Asked WITH_USAGE =
      asked("{\"messages\":[],\"stream\":true,\"stream_options\":{\"include_usage\":true}}");

  private static ChatEvent text(String text) {
    return new ChatEvent.Text(0, text);
  }

  private static ChatEvent stop(StopReason reason) {
    return new ChatEvent.Stop(0, reason, null);
  }

  private static ChatEvent call(int number, String id, String name) {
    return new ChatEvent.CallBegin(0, number, id, name, null);
  }

  private static ChatEvent arguments(int number, String fragment) {
    return new ChatEvent.CallArguments(0, number, fragment);
  }

  private static List<String> written(ChatEvent... events) {
    return deltas(chunks(asked(), List.of(events)));
  }

  private static String calls(String call) {
    return "{\"tool_calls\":[" + call + "]}";
  }

  @Test
  void aPlainStreamIsWrittenWhole() {
    List<StreamEvent> out =
        chunks(
            asked(),
            List.of(
                BEGIN,
                text("hi"),
                stop(StopReason.END),
                new ChatEvent.UsageTold(Usage.builder().input(3).output(2).build()),
                END));
    String head =
        "{\"id\":\"i\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
            + "\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":";
    assertThat(out).allSatisfy(event -> assertThat(event.name()).isEmpty());
    assertThat(out.stream().map(StreamEvent::data).map(ChatJson::plain))
        .containsExactly(
            plain(head + ROLE + ",\"logprobs\":null,\"finish_reason\":null}]}"),
            plain(head + "{\"content\":\"hi\"},\"logprobs\":null,\"finish_reason\":null}]}"),
            plain(head + "{},\"logprobs\":null,\"finish_reason\":\"stop\"}]}"),
            null);
    assertThat(out.get(3)).isSameAs(StreamEvent.DONE);
  }

  @Test
  void usageComesLastAndAloneAndOnlyIfAskedFor() {
    List<StreamEvent> out =
        chunks(
            WITH_USAGE,
            List.of(
                BEGIN,
                new ChatEvent.UsageTold(Usage.builder().input(3).output(1).build()),
                text("hi"),
                stop(StopReason.END),
                new ChatEvent.UsageTold(Usage.builder().input(3).cacheRead(2).output(2).build()),
                END));
    assertThat(out).hasSize(5);
    assertThat(out.subList(0, 3))
        .allSatisfy(
            event -> assertThat(event.data()).containsKey("usage").containsEntry("usage", null));
    assertThat(plain(out.get(3).data()))
        .isEqualTo(
            plain(
                """
                {"id":"i","object":"chat.completion.chunk","created":1700000000,"model":"m",
                 "choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5,
                   "prompt_tokens_details":{"cached_tokens":2}}}
                """));
    assertThat(out.get(4)).isSameAs(StreamEvent.DONE);
  }

  @Test
  void usageThatNobodyToldIsNotInvented() {
    List<StreamEvent> out =
        chunks(WITH_USAGE, List.of(BEGIN, text("hi"), stop(StopReason.END), END));
    assertThat(out).hasSize(4);
    assertThat(chunks(asked(), List.of(BEGIN, text("hi"), stop(StopReason.END), END)))
        .filteredOn(event -> event.data() != null)
        .allSatisfy(event -> assertThat(event.data()).doesNotContainKey("usage"));
  }

  @Test
  void theRoleGoesOutAtTheFirstSignOfLife() {
    assertThat(written(BEGIN)).containsExactly(ROLE);
    assertThat(written(text("hi"))).containsExactly(ROLE, "{\"content\":\"hi\"}");
    assertThat(written(new ChatEvent.Ping())).isEmpty();
  }

  @Test
  void callsAreCountedNotBlocksAndHaveAnIdOnce() {
    assertThat(
            written(
                BEGIN,
                text("let me"),
                new ChatEvent.BlockEnd(0),
                call(0, "a", "f"),
                arguments(0, "{\"x\""),
                arguments(0, ":1}"),
                new ChatEvent.BlockEnd(0),
                call(1, "b", "g"),
                arguments(1, "{}"),
                new ChatEvent.BlockEnd(0),
                stop(StopReason.TOOLS),
                END))
        .containsExactly(
            ROLE,
            "{\"content\":\"let me\"}",
            calls(
                "{\"index\":0,\"id\":\"a\",\"type\":\"function\","
                    + "\"function\":{\"name\":\"f\",\"arguments\":\"\"}}"),
            calls("{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\"\"}}"),
            calls("{\"index\":0,\"function\":{\"arguments\":\":1}\"}}"),
            calls(
                "{\"index\":1,\"id\":\"b\",\"type\":\"function\","
                    + "\"function\":{\"name\":\"g\",\"arguments\":\"\"}}"),
            calls("{\"index\":1,\"function\":{\"arguments\":\"{}\"}}"),
            "tool_calls");
  }

  @Test
  void aToolWithoutArgumentsStreamsAnEmptyObject() {
    assertThat(written(BEGIN, call(0, "a", "f"), new ChatEvent.BlockEnd(0), stop(StopReason.TOOLS)))
        .endsWith(calls("{\"index\":0,\"function\":{\"arguments\":\"{}\"}}"), "tool_calls")
        .hasSize(4);
    assertThat(written(BEGIN, call(0, "a", "f"), call(1, "b", "g"), stop(StopReason.END)))
        .endsWith(
            calls("{\"index\":0,\"function\":{\"arguments\":\"{}\"}}"),
            calls("{\"index\":1,\"function\":{\"arguments\":\"{}\"}}"),
            "tool_calls");
  }

  @Test
  void argumentsOfSeveralCallsMayComeMixed() {
    assertThat(
            written(
                BEGIN,
                call(0, "a", "f"),
                call(1, "b", "g"),
                arguments(1, "{}"),
                arguments(0, "{}"),
                arguments(9, "{}"),
                stop(StopReason.TOOLS)))
        .endsWith(
            calls("{\"index\":1,\"function\":{\"arguments\":\"{}\"}}"),
            calls("{\"index\":0,\"function\":{\"arguments\":\"{}\"}}"),
            "tool_calls");
  }

  @Test
  void aCallWithoutAnIdGetsOne() {
    assertThat(written(BEGIN, new ChatEvent.CallBegin(0, 0, "", "f", "sig")))
        .endsWith(
            calls(
                "{\"index\":0,\"id\":\"call_Ab12_0_0\",\"type\":\"function\","
                    + "\"function\":{\"name\":\"f\",\"arguments\":\"\"},"
                    + "\"extra_content\":{\"google\":{\"thought_signature\":\"sig\"}}}"));
  }

  @Test
  void thoughtsAndTheirSignaturesAreExtensions() {
    assertThat(
            written(
                BEGIN,
                new ChatEvent.Thinking(0, "hm", Maker.ANTHROPIC),
                new ChatEvent.Signature(0, "s", Maker.ANTHROPIC),
                new ChatEvent.Signature(0, "g", Maker.GOOGLE),
                new ChatEvent.Redacted(0, "d", Maker.ANTHROPIC),
                new ChatEvent.Redacted(0, "o", Maker.OPENAI),
                new ChatEvent.Refusal(0, "no"),
                stop(StopReason.REFUSAL)))
        .containsExactly(
            ROLE,
            "{\"reasoning_content\":\"hm\"}",
            "{\"thinking_blocks\":[{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"s\"}]}",
            "{\"thinking_blocks\":[{\"type\":\"redacted_thinking\",\"data\":\"d\"}]}",
            "{\"refusal\":\"no\"}",
            "content_filter");
  }

  @Test
  void citationsCountFromTheBeginningOfTheMessage() {
    assertThat(
            written(
                BEGIN,
                text("12"),
                new ChatEvent.BlockEnd(0),
                text("345"),
                new ChatEvent.Thinking(0, "hm", Maker.OTHER),
                text("abc"),
                new ChatEvent.Cited(0, new Citation("https://x", "X", null, 1, 2)),
                new ChatEvent.Cited(0, new Citation("https://y", "Y", null, -1, -1)),
                new ChatEvent.Cited(0, new Citation(null, "doc", null, 0, 1))))
        .endsWith(
            "{\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"start_index\":6,"
                + "\"end_index\":7,\"url\":\"https://x\",\"title\":\"X\"}}]}",
            "{\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"start_index\":5,"
                + "\"end_index\":8,\"url\":\"https://y\",\"title\":\"Y\"}}]}");
  }

  @Test
  void logprobsStandBesideTheDelta() {
    List<StreamEvent> out =
        chunks(
            asked(),
            List.of(
                BEGIN,
                text("a"),
                new ChatEvent.Logprobs(
                    0, List.of(new ChatAnswer.TokenLogprob("a", -0.5, List.of())))));
    assertThat(ChatJson.json(out.get(2).get("choices")))
        .isEqualTo(
            "[{\"index\":0,\"delta\":{},\"logprobs\":{\"content\":[{\"token\":\"a\","
                + "\"logprob\":-0.5,\"bytes\":null,\"top_logprobs\":[]}],\"refusal\":null},"
                + "\"finish_reason\":null}]");
  }

  @Test
  void eachChoiceHasItsRoleItsContentAndItsEnd() {
    List<StreamEvent> out =
        chunks(
            asked(),
            List.of(
                BEGIN,
                new ChatEvent.Text(1, "b"),
                text("a"),
                stop(StopReason.END),
                new ChatEvent.Stop(1, StopReason.LENGTH, null),
                END));
    assertThat(
            out.stream()
                .filter(event -> event.data() != null)
                .map(event -> ChatJson.json(event.get("choices"))))
        .containsExactly(
            choice(0, ROLE, "null"),
            choice(1, ROLE, "null"),
            choice(1, "{\"content\":\"b\"}", "null"),
            choice(0, "{\"content\":\"a\"}", "null"),
            choice(0, "{}", "\"stop\""),
            choice(1, "{}", "\"length\""));
  }

  private static String choice(int index, String delta, String finish) {
    return "[{\"index\":%d,\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}]"
        .formatted(index, delta, finish);
  }

  @Test
  void nothingFollowsTheEndOfAChoice() {
    assertThat(
            written(
                BEGIN,
                stop(StopReason.END),
                text("late"),
                call(0, "a", "f"),
                new ChatEvent.BlockEnd(0),
                new ChatEvent.Cited(0, new Citation("https://x", "X", null, 0, 1)),
                stop(StopReason.LENGTH),
                END))
        .containsExactly(ROLE, "stop");
  }

  @Test
  void aChoiceThatNobodyEndedEndsWithTheStream() {
    assertThat(written(BEGIN, call(0, "a", "f"), END))
        .endsWith(calls("{\"index\":0,\"function\":{\"arguments\":\"{}\"}}"), "tool_calls");
  }

  @Test
  void anErrorIsTheLastChunkAndHasAllItsMembers() {
    List<StreamEvent> out =
        chunks(
            WITH_USAGE,
            List.of(
                BEGIN,
                text("a"),
                new ChatEvent.Failed(
                    new ApiFailure(ApiFailure.Kind.OVERLOADED, 0, "busy", null, null)),
                stop(StopReason.END),
                END));
    assertThat(out).hasSize(3);
    assertThat(plain(out.get(2).data()))
        .isEqualTo(
            plain(
                """
                {"error":{"message":"busy","type":"server_error","param":null,"code":null}}
                """));
    assertThat(out.subList(0, 2))
        .allSatisfy(event -> assertThat(event.data()).doesNotContainKey("error"));
  }

  @Test
  void allChunksShareIdModelAndTime() {
    List<StreamEvent> out =
        chunks(
            asked(),
            List.of(
                new ChatEvent.Begin(null, null),
                text("a"),
                new ChatEvent.Begin("other", "other"),
                stop(StopReason.END),
                END));
    assertThat(out.stream().filter(event -> event.data() != null))
        .hasSize(3)
        .allSatisfy(
            event ->
                assertThat(event.data())
                    .containsEntry("id", "chatcmpl-Ab12")
                    .containsEntry("model", "asked-model")
                    .containsEntry("created", 1700000000L));
  }

  @Test
  void anAppThatKnowsFunctionsGetsOneFunctionCall() {
    Asked asked = asked("{\"messages\":[],\"functions\":[{\"name\":\"f\"}]}");
    assertThat(
            deltas(
                chunks(
                    asked,
                    List.of(
                        BEGIN,
                        call(0, "a", "f"),
                        arguments(0, "{}"),
                        call(1, "b", "g"),
                        arguments(1, "{}"),
                        stop(StopReason.TOOLS)))))
        .containsExactly(
            ROLE,
            "{\"function_call\":{\"name\":\"f\",\"arguments\":\"\"}}",
            "{\"function_call\":{\"arguments\":\"{}\"}}",
            "function_call");
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    List<ChatEvent> events =
        List.of(
            BEGIN,
            new ChatEvent.Thinking(0, "hm", Maker.OTHER),
            text("a"),
            call(0, "a", "f"),
            arguments(0, "{\"x\":"),
            arguments(0, "1}"),
            call(1, "b", "g"),
            arguments(1, "{}"),
            stop(StopReason.TOOLS),
            new ChatEvent.UsageTold(Usage.builder().input(3).output(2).reasoning(1).build()),
            END);
    Stream<String> wire =
        chunks(WITH_USAGE, events).stream()
            .map(event -> event.data() == null ? "[DONE]" : ChatJson.json(event.data()));
    assertThat(ChatJson.events(wire.toArray(String[]::new))).isEqualTo(events);
  }
}
