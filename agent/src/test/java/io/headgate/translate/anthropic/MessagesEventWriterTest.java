// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Sampling;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.translate.AnswerWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessagesEventWriterTest {

  private static final ChatRequest PLAIN = Trees.ask(new Part.Text("Hi")).build();
  private static final ChatEvent BEGIN = new ChatEvent.Begin("chatcmpl-1", "gpt-5");
  private static final ChatEvent END = new ChatEvent.End();
  private static final Usage USAGE = Usage.builder().input(11).cacheRead(4).output(7).build();

  @Test
  void aTextHasTheWholeLifeCycle() {
    assertThat(
            Trees.lines(
                PLAIN,
                BEGIN,
                new ChatEvent.Ping(),
                new ChatEvent.Text(0, "Zü"),
                new ChatEvent.Text(0, "rich"),
                stop(StopReason.END),
                new ChatEvent.UsageTold(USAGE),
                END))
        .containsExactly(
            started(0, 0),
            "{\"type\":\"ping\"}",
            text(0),
            delta(0, "text_delta", "text", "Zü"),
            delta(0, "text_delta", "text", "rich"),
            ended(0),
            stopped("end_turn"),
            "{\"type\":\"message_stop\"}");
  }

  @Test
  void eventsAreNamedByTheirType() {
    List<String> names = new ArrayList<>();
    AnswerWriter writer = Trees.writer(PLAIN);
    for (ChatEvent event : List.of(BEGIN, new ChatEvent.Text(0, "a"), END)) {
      writer.event(event, out -> names.add(out.name()));
    }
    assertThat(names)
        .containsExactly(
            "message_start",
            "content_block_start",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop");
  }

  @Test
  void theLastWordWaitsForTheUsage() {
    List<String> lines =
        Trees.lines(PLAIN, BEGIN, new ChatEvent.Text(0, "a"), stop(StopReason.END));
    assertThat(lines).last().isEqualTo(ended(0));
    assertThat(Trees.lines(PLAIN, BEGIN, stop(StopReason.END), new ChatEvent.UsageTold(USAGE)))
        .last()
        .isEqualTo(stopped("end_turn"));
  }

  @Test
  void usageThatCameBeforeIsToldAtTheEnd() {
    assertThat(
            Trees.lines(
                PLAIN,
                BEGIN,
                new ChatEvent.UsageTold(Usage.builder().input(11).build()),
                new ChatEvent.UsageTold(USAGE),
                stop(StopReason.END),
                END))
        .containsExactly(started(0, 0), stopped("end_turn"), "{\"type\":\"message_stop\"}");
  }

  @Test
  void usageThatIsKnownAtTheStartIsToldThere() {
    assertThat(Trees.lines(PLAIN, new ChatEvent.UsageTold(USAGE), BEGIN))
        .containsExactly(started(7, 4));
  }

  @Test
  void usageThatChangesAfterTheStopIsToldOnceMore() {
    Usage more = Usage.builder().input(11).cacheRead(4).output(8).build();
    List<String> lines =
        Trees.lines(
            PLAIN,
            BEGIN,
            stop(StopReason.END),
            new ChatEvent.UsageTold(USAGE),
            new ChatEvent.UsageTold(USAGE),
            new ChatEvent.UsageTold(more),
            END);
    assertThat(lines).filteredOn(line -> line.contains("message_delta")).hasSize(2);
    assertThat(lines.get(2)).contains("\"output_tokens\":8");
  }

  @Test
  void aStreamWithoutAnyContentIsAMessageStill() {
    assertThat(Trees.lines(PLAIN, END)).hasSize(3).last().isEqualTo("{\"type\":\"message_stop\"}");
  }

  @Test
  void aThoughtIsABlockOfItsOwnAndSigned() {
    assertThat(
            body(
                PLAIN,
                new ChatEvent.Thinking(0, "Hm", Maker.ANTHROPIC),
                new ChatEvent.Signature(0, "sig", Maker.ANTHROPIC),
                new ChatEvent.BlockEnd(0),
                new ChatEvent.Signature(0, "only", Maker.ANTHROPIC),
                new ChatEvent.BlockEnd(0),
                new ChatEvent.Redacted(0, "xyz", Maker.ANTHROPIC),
                new ChatEvent.Text(0, "a")))
        .containsExactly(
            thinking(0),
            delta(0, "thinking_delta", "thinking", "Hm"),
            delta(0, "signature_delta", "signature", "sig"),
            ended(0),
            thinking(1),
            delta(1, "signature_delta", "signature", "only"),
            ended(1),
            block(2, "{\"type\":\"redacted_thinking\",\"data\":\"xyz\"}"),
            ended(2),
            text(3),
            delta(3, "text_delta", "text", "a"),
            ended(3));
  }

  @Test
  void aForeignThoughtGetsAnEmptySignatureIfItWasAskedFor() {
    ChatEvent[] events = {
      new ChatEvent.Thinking(0, "Hm", Maker.OTHER),
      new ChatEvent.Signature(0, "theirs", Maker.OTHER),
      new ChatEvent.Redacted(0, "theirs", Maker.OPENAI),
      new ChatEvent.Text(0, "a")
    };
    ChatRequest.Builder asked = Trees.ask(new Part.Text("Hi"));
    asked.reasoning = new Reasoning(Reasoning.Mode.ON, null, null, null);
    assertThat(body(asked.build(), events))
        .containsExactly(
            thinking(0),
            delta(0, "thinking_delta", "thinking", "Hm"),
            delta(0, "signature_delta", "signature", ""),
            ended(0),
            text(1),
            delta(1, "text_delta", "text", "a"),
            ended(1));
    assertThat(body(PLAIN, events))
        .containsExactly(text(0), delta(0, "text_delta", "text", "a"), ended(0));
  }

  @Test
  void aToolWithoutArgumentsStreamsAnEmptyObject() {
    assertThat(
            body(
                PLAIN,
                call(0, "a"),
                new ChatEvent.BlockEnd(0),
                call(1, "b"),
                arguments(1, " "),
                arguments(1, "null"),
                call(2, "c")))
        .containsExactly(
            tool(0, "a"),
            json(0, "{}"),
            ended(0),
            tool(1, "b"),
            json(1, "{}"),
            ended(1),
            tool(2, "c"),
            json(2, "{}"),
            ended(2));
  }

  @Test
  void callsFollowOneAnother() {
    assertThat(
            body(
                PLAIN,
                new ChatEvent.Text(0, "Let me"),
                call(0, "a"),
                arguments(0, "{\"x\":\"}"),
                arguments(0, "\\\"\"}"),
                call(1, "b"),
                arguments(1, "{\"y\":2}")))
        .containsExactly(
            text(0),
            delta(0, "text_delta", "text", "Let me"),
            ended(0),
            tool(1, "a"),
            json(1, "{\"x\":\"}"),
            json(1, "\\\"\"}"),
            ended(1),
            tool(2, "b"),
            json(2, "{\"y\":2}"),
            ended(2));
  }

  @Test
  void mixedArgumentsAreSortedOut() {
    assertThat(
            body(
                PLAIN,
                call(0, "a"),
                call(1, "b"),
                call(2, "c"),
                arguments(1, "{\"y\""),
                arguments(0, "{\"x\""),
                arguments(2, "{}"),
                arguments(1, ":2}"),
                arguments(0, ":1}")))
        .containsExactly(
            tool(0, "a"),
            json(0, "{\"x\""),
            json(0, ":1}"),
            ended(0),
            tool(1, "b"),
            json(1, "{\"y\":2}"),
            ended(1),
            tool(2, "c"),
            json(2, "{}"),
            ended(2));
  }

  @Test
  void aCallIsSentOnAtOnceWhenTheOneBeforeItIsComplete() {
    List<String> lines =
        Trees.lines(
            PLAIN, BEGIN, call(0, "a"), arguments(0, "{}"), call(1, "b"), arguments(1, "{"));
    assertThat(lines).endsWith(ended(0), tool(1, "b"), json(1, "{"));
  }

  @Test
  void callsThatWaitComeBeforeTheTextThatFollows() {
    assertThat(body(PLAIN, call(0, "a"), call(1, "b"), new ChatEvent.Text(0, "Done")))
        .containsExactly(
            tool(0, "a"),
            json(0, "{}"),
            ended(0),
            tool(1, "b"),
            json(1, "{}"),
            ended(1),
            text(2),
            delta(2, "text_delta", "text", "Done"),
            ended(2));
  }

  @Test
  void aCallThatWasBrokenOffStaysSo() {
    List<String> lines =
        Trees.lines(
            PLAIN, BEGIN, call(0, "a"), arguments(0, "{\"x\":"), stop(StopReason.LENGTH), END);
    assertThat(lines).contains(json(0, "{\"x\":"), ended(0));
    assertThat(lines.get(lines.size() - 2)).contains("\"stop_reason\":\"max_tokens\"");
  }

  @Test
  void aCallIsAReasonToStop() {
    List<String> lines =
        Trees.lines(PLAIN, BEGIN, call(0, "a"), arguments(0, "{}"), stop(StopReason.END), END);
    assertThat(lines.get(lines.size() - 2)).contains("\"stop_reason\":\"tool_use\"");
  }

  @Test
  void blankTextMakesNoBlock() {
    assertThat(
            body(
                PLAIN,
                new ChatEvent.Text(0, "\n\n"),
                call(0, "a"),
                arguments(0, "{}"),
                new ChatEvent.Text(0, " "),
                new ChatEvent.Text(0, "b"),
                new ChatEvent.BlockEnd(0),
                new ChatEvent.Text(0, "\n")))
        .containsExactly(
            tool(0, "a"),
            json(0, "{}"),
            ended(0),
            text(1),
            delta(1, "text_delta", "text", " b"),
            ended(1));
  }

  @Test
  void twoTextsStayTwoIfTheProviderSaysSo() {
    assertThat(
            body(
                PLAIN,
                new ChatEvent.Text(0, "a"),
                new ChatEvent.BlockEnd(0),
                new ChatEvent.Text(0, "b")))
        .containsExactly(
            text(0),
            delta(0, "text_delta", "text", "a"),
            ended(0),
            text(1),
            delta(1, "text_delta", "text", "b"),
            ended(1));
  }

  @Test
  void whatAnthropicWouldNotTakeBackIsNotCited() {
    assertThat(
            body(
                PLAIN,
                new ChatEvent.Text(0, "Two"),
                new ChatEvent.Cited(0, new Citation("https://x", "X", "dos", 0, 4)),
                new ChatEvent.Cited(0, new Citation(null, "D", "zwei", 0, 4)),
                new ChatEvent.Text(0, ".")))
        .containsExactly(
            text(0),
            delta(0, "text_delta", "text", "Two"),
            delta(0, "text_delta", "text", "."),
            ended(0));
  }

  @Test
  void aRefusalIsSaidAndExplained() {
    List<String> lines =
        Trees.lines(
            PLAIN,
            BEGIN,
            new ChatEvent.Refusal(0, "I would "),
            new ChatEvent.Refusal(0, "rather not."),
            stop(StopReason.END),
            END);
    assertThat(lines).contains(delta(0, "text_delta", "text", "I would "));
    assertThat(lines.get(lines.size() - 2))
        .contains("\"stop_reason\":\"refusal\"", "\"explanation\":\"I would rather not.\"");
  }

  @Test
  void theStopSequenceIsNamed() {
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    Sampling.Builder sampling = Sampling.builder();
    sampling.stop = List.of("END");
    request.sampling = sampling.build();
    assertThat(Trees.lines(request.build(), stop(StopReason.STOP_SEQUENCE), END).get(1))
        .contains("\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"END\"");
  }

  @Test
  void anErrorEndsItWithoutAStop() {
    assertThat(
            Trees.lines(
                PLAIN,
                BEGIN,
                new ChatEvent.Text(0, "a"),
                new ChatEvent.Failed(
                    new ApiFailure(ApiFailure.Kind.OVERLOADED, 529, "Busy", null, null)),
                stop(StopReason.END),
                END))
        .hasSize(4)
        .last()
        .isEqualTo(
            "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Busy\"}}");
  }

  @Test
  void otherChoicesAreNotWritten() {
    assertThat(
            body(
                PLAIN,
                new ChatEvent.Text(1, "x"),
                new ChatEvent.CallBegin(1, 0, "a", "t", null),
                new ChatEvent.CallArguments(1, 0, "{}"),
                new ChatEvent.Thinking(1, "Hm", Maker.ANTHROPIC),
                new ChatEvent.Refusal(1, "No"),
                new ChatEvent.BlockEnd(1),
                new ChatEvent.Stop(1, StopReason.LENGTH, null),
                new ChatEvent.Text(0, "a")))
        .containsExactly(text(0), delta(0, "text_delta", "text", "a"), ended(0));
  }

  @Test
  void secondBeginningsAndLateArgumentsAreIgnored() {
    assertThat(
            body(
                PLAIN,
                BEGIN,
                call(0, "a"),
                call(0, "a"),
                arguments(0, "{}"),
                call(1, "b"),
                arguments(0, "{\"late\":1}"),
                arguments(7, "{}"),
                arguments(1, "{}")))
        .containsExactly(
            tool(0, "a"), json(0, "{}"), ended(0), tool(1, "b"), json(1, "{}"), ended(1));
  }

  /** What goes out between the start of a message and its last word. */
  private static List<String> body(ChatRequest request, ChatEvent... events) {
    List<ChatEvent> all = new ArrayList<>(List.of(BEGIN));
    all.addAll(List.of(events));
    all.add(stop(StopReason.END));
    List<String> lines = Trees.lines(request, all.toArray(new ChatEvent[0]));
    return lines.subList(1, lines.size());
  }

  private static ChatEvent stop(StopReason reason) {
    return new ChatEvent.Stop(0, reason, null);
  }

  private static ChatEvent call(int call, String id) {
    return new ChatEvent.CallBegin(0, call, id, "t", null);
  }

  private static ChatEvent arguments(int call, String fragment) {
    return new ChatEvent.CallArguments(0, call, fragment);
  }

  private static String started(int input, int read) {
    return Trees.line(
        """
        {"type":"message_start","message":{"id":"msg_r4nd0m","type":"message","role":"assistant",
         "model":"gpt-5","content":[],"stop_reason":null,"stop_sequence":null,
         "usage":{"input_tokens":%d,"cache_creation_input_tokens":0,"cache_read_input_tokens":%d,
          "cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},
          "output_tokens":0}}}
        """
            .formatted(input, read));
  }

  private static String stopped(String reason) {
    return Trees.line(
        """
        {"type":"message_delta","delta":{"stop_reason":"%s","stop_sequence":null},
         "usage":{"input_tokens":7,"cache_creation_input_tokens":0,"cache_read_input_tokens":4,
          "cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},
          "output_tokens":7}}
        """
            .formatted(reason));
  }

  private static String block(int index, String block) {
    return Trees.line(
        """
        {"type":"content_block_start","index":%d,"content_block":%s}
        """
            .formatted(index, block));
  }

  private static String text(int index) {
    return block(index, "{\"type\":\"text\",\"text\":\"\"}");
  }

  private static String thinking(int index) {
    return block(index, "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}");
  }

  private static String tool(int index, String id) {
    return block(
        index, "{\"type\":\"tool_use\",\"id\":\"" + id + "\",\"name\":\"t\",\"input\":{}}");
  }

  private static String json(int index, String fragment) {
    return delta(index, "input_json_delta", "partial_json", fragment);
  }

  private static String delta(int index, String type, String member, String value) {
    return Trees.line(
        """
        {"type":"content_block_delta","index":%d,"delta":{"type":"%s","%s":%s}}
        """
            .formatted(index, type, member, Trees.json(value)));
  }

  private static String ended(int index) {
    return "{\"type\":\"content_block_stop\",\"index\":" + index + "}";
  }
}
