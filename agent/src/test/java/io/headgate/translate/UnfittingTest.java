// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static io.headgate.translate.Fits.hello;
import static io.headgate.translate.Fits.tool;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.json.Nodes;
import io.headgate.translate.Traits.IdRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnfittingTest {

  private static final String LONG_ID = "toolu_" + "x".repeat(60);

  private static Fitted renamed() {
    ChatRequest.Builder request = hello();
    request.tools = List.of(tool("a.b"));
    return Fitting.fit(request.build(), Fits.CLAUDE, new Notes());
  }

  private static Fitted emulated(boolean tools) {
    ChatRequest.Builder request = hello();
    request.format =
        new OutputFormat(OutputFormat.Kind.SCHEMA, "s", null, Nodes.object("type", "object"), null);
    request.tools = tools ? List.of(tool("a.b")) : List.of();
    Fitted fitted = Fitting.fit(request.build(), Fits.CLAUDE_4, new Notes());
    assertThat(fitted.schemaTool()).isTrue();
    return fitted;
  }

  private static ChatAnswer.Choice answer(Fitted fitted, StopReason stop, Part... parts) {
    ChatAnswer answer =
        new ChatAnswer(
            "id",
            "m",
            List.of(new ChatAnswer.Choice(List.of(parts), stop, null, List.of())),
            Usage.builder().input(3).build());
    ChatAnswer undone = new Unfitting(fitted, IdRule.SHORT).answer(answer);
    assertThat(undone.id()).isEqualTo("id");
    assertThat(undone.model()).isEqualTo("m");
    assertThat(undone.usage()).isEqualTo(answer.usage());
    return undone.choices().get(0);
  }

  private static List<ChatEvent> events(Fitted fitted, ChatEvent... events) {
    List<ChatEvent> out = new ArrayList<>();
    Consumer<ChatEvent> in = new Unfitting(fitted, IdRule.SHORT).events(out::add);
    for (ChatEvent event : events) {
      in.accept(event);
    }
    return out;
  }

  @Test
  void callsHaveTheAppsNamesAndIdsThatItsFormatTakes() {
    ChatAnswer.Choice choice =
        answer(
            renamed(),
            StopReason.TOOLS,
            new Part.Text("well"),
            new Part.ToolCall(LONG_ID, "a_b", "{\"x\":1}"));

    Part.ToolCall call = (Part.ToolCall) choice.parts().get(1);
    assertThat(choice.parts().get(0)).isEqualTo(new Part.Text("well"));
    assertThat(call.name()).isEqualTo("a.b");
    assertThat(call.id()).startsWith("call_").hasSize(29);
    assertThat(call.arguments()).isEqualTo("{\"x\":1}");
    assertThat(choice.stop()).isEqualTo(StopReason.TOOLS);
  }

  @ParameterizedTest
  @EnumSource(IdRule.class)
  void idsThatFitStay(IdRule rule) {
    String id = rule == IdRule.NINE ? "abcdefgh1" : "call_1";
    ChatEvent call = new ChatEvent.CallBegin(0, 0, id, "x", null);
    List<ChatEvent> out = new ArrayList<>();

    new Unfitting(renamed(), rule).events(out::add).accept(call);

    assertThat(out).containsExactly(call);
  }

  @Test
  void wholeAndStreamedCallsHaveTheSameId() {
    ChatAnswer.Choice whole =
        answer(renamed(), StopReason.TOOLS, new Part.ToolCall(LONG_ID, "a_b", "{}"));
    List<ChatEvent> streamed =
        events(renamed(), new ChatEvent.CallBegin(0, 0, LONG_ID, "a_b", "sig"));

    String id = ((Part.ToolCall) whole.parts().get(0)).id();
    assertThat(streamed).containsExactly(new ChatEvent.CallBegin(0, 0, id, "a.b", "sig"));
  }

  @ParameterizedTest
  @EnumSource(IdRule.class)
  void aMissingIdIsLeftToTheWriter(IdRule rule) {
    ChatEvent call = new ChatEvent.CallBegin(0, 1, "", "a.b", null);
    List<ChatEvent> out = new ArrayList<>();

    new Unfitting(renamed(), rule).events(out::add).accept(call);

    assertThat(out).containsExactly(call);
    assertThat(
            answer(renamed(), StopReason.TOOLS, new Part.ToolCall("", "a_b", "{}")).parts().get(0))
        .isEqualTo(new Part.ToolCall("", "a.b", "{}"));
  }

  @Test
  void theSchemasToolIsText() {
    ChatAnswer.Choice choice =
        answer(
            emulated(false),
            StopReason.TOOLS,
            new Part.Thinking("hm", null, null, Maker.ANTHROPIC),
            new Part.Text("Here it is:"),
            new Part.ToolCall("c", "structured_output", "{\"a\":1}"));

    assertThat(choice.parts())
        .containsExactly(
            new Part.Thinking("hm", null, null, Maker.ANTHROPIC), new Part.Text("{\"a\":1}"));
    assertThat(choice.stop()).isEqualTo(StopReason.END);
  }

  @Test
  void anAnswerThatWasCutOffStaysCutOff() {
    ChatAnswer.Choice choice =
        answer(
            emulated(false),
            StopReason.LENGTH,
            new Part.ToolCall("c", "structured_output", "{\"a\":"));

    assertThat(choice.parts()).containsExactly(new Part.Text("{\"a\":"));
    assertThat(choice.stop()).isEqualTo(StopReason.LENGTH);
  }

  @Test
  void anAnswerWithoutTheSchemasToolStaysAsItIs() {
    ChatAnswer.Choice choice =
        answer(emulated(true), StopReason.TOOLS, new Part.ToolCall("c", "a_b", "{}"));

    assertThat(choice.parts()).containsExactly(new Part.ToolCall("c", "a.b", "{}"));
    assertThat(choice.stop()).isEqualTo(StopReason.TOOLS);
  }

  @Test
  void theSchemasToolStreamsAsText() {
    assertThat(
            events(
                emulated(false),
                new ChatEvent.Begin("id", "m"),
                new ChatEvent.Text(0, "Here "),
                new ChatEvent.Text(0, "it is:"),
                new ChatEvent.BlockEnd(0),
                new ChatEvent.CallBegin(0, 0, "c", "structured_output", null),
                new ChatEvent.CallArguments(0, 0, "{\"a\""),
                new ChatEvent.Ping(),
                new ChatEvent.CallArguments(0, 0, ":1}"),
                new ChatEvent.BlockEnd(0),
                new ChatEvent.Stop(0, StopReason.TOOLS, null),
                new ChatEvent.UsageTold(Usage.builder().output(2).build()),
                new ChatEvent.End()))
        .containsExactly(
            new ChatEvent.Begin("id", "m"),
            new ChatEvent.Text(0, "{\"a\""),
            new ChatEvent.Ping(),
            new ChatEvent.Text(0, ":1}"),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.Stop(0, StopReason.END, null),
            new ChatEvent.UsageTold(Usage.builder().output(2).build()),
            new ChatEvent.End());
  }

  @Test
  void anEmptyCallOfTheSchemasToolIsAnEmptyObject() {
    assertThat(
            events(
                emulated(false),
                new ChatEvent.CallBegin(0, 0, "c", "structured_output", null),
                new ChatEvent.Stop(0, StopReason.TOOLS, null)))
        .containsExactly(new ChatEvent.Text(0, "{}"), new ChatEvent.Stop(0, StopReason.END, null));
  }

  @Test
  void textThatWaitedForTheSchemasToolIsToldIfThereIsNone() {
    ChatEvent[] said = {
      new ChatEvent.Text(0, "I can't"),
      new ChatEvent.BlockEnd(0),
      new ChatEvent.Stop(0, StopReason.END, null)
    };

    assertThat(events(emulated(false), said)).containsExactly(said);
    assertThat(events(emulated(false), new ChatEvent.Text(0, "I"), new ChatEvent.End()))
        .containsExactly(new ChatEvent.Text(0, "I"), new ChatEvent.End());
  }

  @Test
  void callsOfTheAppsToolsPassAndAreCountedWithoutTheSchemas() {
    assertThat(
            events(
                emulated(true),
                new ChatEvent.Text(0, "first"),
                new ChatEvent.CallBegin(0, 0, "c0", "structured_output", null),
                new ChatEvent.CallArguments(0, 0, "{}"),
                new ChatEvent.CallBegin(0, 1, "c1", "a_b", null),
                new ChatEvent.CallArguments(0, 1, "{\"x\":2}"),
                new ChatEvent.Stop(0, StopReason.TOOLS, null)))
        .containsExactly(
            new ChatEvent.Text(0, "{}"),
            new ChatEvent.CallBegin(0, 0, "c1", "a.b", null),
            new ChatEvent.CallArguments(0, 0, "{\"x\":2}"),
            new ChatEvent.Stop(0, StopReason.TOOLS, null));
  }

  @Test
  void textBeforeACallOfTheAppsToolsIsTold() {
    assertThat(
            events(
                emulated(true),
                new ChatEvent.Text(0, "first"),
                new ChatEvent.CallBegin(0, 0, "c1", "a_b", null),
                new ChatEvent.Stop(0, StopReason.TOOLS, null)))
        .containsExactly(
            new ChatEvent.Text(0, "first"),
            new ChatEvent.CallBegin(0, 0, "c1", "a.b", null),
            new ChatEvent.Stop(0, StopReason.TOOLS, null));
  }
}
