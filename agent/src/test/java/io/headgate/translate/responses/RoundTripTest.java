// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Turn;
import io.headgate.chat.Usage;
import io.headgate.dialect.StreamEvent;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is read and written again is the same, and what is written and read again. */
class RoundTripTest {

  private static final String REQUEST =
      """
      {"model":"m","instructions":"be brief",
       "input":[
        {"type":"message","role":"user","content":[
          {"type":"input_text","text":"look\\n\\n"},
          {"type":"input_image","image_url":"https://x/y.png","detail":"low"},
          {"type":"input_image","image_url":"data:image/png;base64,QUJD","detail":"auto"},
          {"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,QUJD"},
          {"type":"input_file","file_url":"https://x/b.pdf"}]},
        {"type":"reasoning","summary":[{"type":"summary_text","text":"Hm"}],
         "encrypted_content":"xyz"},
        {"type":"message","role":"assistant","content":[
          {"type":"output_text","text":"Let","annotations":[]},
          {"type":"output_text","text":" me","annotations":[]}]},
        {"type":"function_call","call_id":"c1","name":"f",
         "arguments":"{ \\"x\\" : 0.10, \\"y\\":\\"\\\\u00fc\\"}"},
        {"type":"function_call","call_id":"c2","name":"g","arguments":"{}"},
        {"type":"function_call_output","call_id":"c1","output":"1"},
        {"type":"function_call_output","call_id":"c2","output":[
          {"type":"input_text","text":"seen"},
          {"type":"input_image","image_url":"https://x/z.png","detail":"high"}]},
        {"type":"message","role":"developer","content":[{"type":"input_text","text":"German"}]},
        {"type":"message","role":"user","content":[{"type":"input_text","text":"and?"}]},
        {"type":"message","role":"assistant","content":[{"type":"refusal","refusal":"no"}]},
        {"type":"message","role":"user","content":[{"type":"input_text","text":"please"}]}],
       "tools":[{"type":"function","name":"f","description":"d","parameters":
          {"type":"object","properties":{"x":{"type":"number","maximum":1.50}},"required":["x"],
           "additionalProperties":false},"strict":true},
         {"type":"function","name":"g","parameters":
          {"type":"object","properties":{"z":{},"a":{"default":1e2}}},"strict":false}],
       "tool_choice":{"type":"allowed_tools","mode":"required","tools":[
          {"type":"function","name":"f"},{"type":"function","name":"g"}]},
       "parallel_tool_calls":true,
       "max_output_tokens":100,"temperature":0.70,"top_p":0.5,"top_logprobs":2,
       "text":{"format":{"type":"json_schema","name":"n","description":"d","schema":
          {"type":"object","properties":{"z":{},"a":{}}},"strict":false}},
       "reasoning":{"effort":"high","summary":"auto"},
       "user":"u","prompt_cache_key":"k","service_tier":"flex","metadata":{"b":"1","a":"2"},
       "include":["message.output_text.logprobs","reasoning.encrypted_content"],
       "store":false,"stream":true}
      """;

  private static final String OUTPUT =
      """
      [{"id":"rs_x10","type":"reasoning","summary":[{"type":"summary_text","text":"Hm"}],
        "encrypted_content":"xyz"},
       {"id":"msg_x11","type":"message","status":"completed","role":"assistant","content":[
         {"type":"output_text","text":"Grüße \\n\\n","annotations":[
           {"type":"url_citation","start_index":0,"end_index":5,"url":"https://a.test","title":"A"}],
          "logprobs":[]},
         {"type":"refusal","refusal":"No."}]},
       {"id":"fc_x12","type":"function_call","status":"completed","call_id":"c1","name":"f",
        "arguments":"{ \\"x\\" : 0.10, \\"y\\":\\"\\\\u00fc\\"}"},
       {"id":"fc_x13","type":"function_call","status":"completed","call_id":"c2","name":"g",
        "arguments":"{}"}]\
      """;

  private static final String USAGE =
      """
      {"input_tokens":140,"input_tokens_details":{"cached_tokens":100,"cache_write_tokens":20},
       "output_tokens":7,"output_tokens_details":{"reasoning_tokens":3},"total_tokens":147}\
      """;

  private static final Usage COUNTS =
      Usage.builder().input(140).cacheRead(100).cacheWrite(20).output(7).reasoning(3).build();

  private static final List<ChatEvent> EVENTS =
      List.of(
          new ChatEvent.Begin("resp_1", "gpt-x"),
          new ChatEvent.Thinking(0, "H", Maker.OPENAI),
          new ChatEvent.Thinking(0, "m", Maker.OPENAI),
          new ChatEvent.Redacted(0, "xyz", Maker.OPENAI),
          new ChatEvent.BlockEnd(0),
          new ChatEvent.Text(0, "Zü"),
          new ChatEvent.Text(0, "rich\ud83d"),
          new ChatEvent.Text(0, "\ude00"),
          new ChatEvent.Cited(0, new Citation("https://a.test", "A", null, 0, 4)),
          new ChatEvent.BlockEnd(0),
          new ChatEvent.Refusal(0, "N"),
          new ChatEvent.Refusal(0, "o."),
          new ChatEvent.BlockEnd(0),
          new ChatEvent.CallBegin(0, 0, "c1", "f", null),
          new ChatEvent.CallArguments(0, 0, "{ \"x\""),
          new ChatEvent.CallArguments(0, 0, ":1.50}"),
          new ChatEvent.BlockEnd(0),
          new ChatEvent.CallBegin(0, 1, "c2", "g", null),
          new ChatEvent.CallArguments(0, 1, "{}"),
          new ChatEvent.BlockEnd(0),
          new ChatEvent.Stop(0, StopReason.TOOLS, null),
          new ChatEvent.UsageTold(COUNTS),
          new ChatEvent.End());

  private static Map<String, @Nullable Object> written(ChatRequest request, Notes notes) {
    return Sample.DIALECT.request(request, Sample.traits(Traits.ReasoningStyle.EFFORT), notes);
  }

  /** One turn of a side at a time, as writers get them: an item is a turn to the reader. */
  private static ChatRequest merged(ChatRequest request) {
    List<Turn> turns = new ArrayList<>();
    for (Turn turn : request.turns()) {
      Turn last = turns.isEmpty() ? null : turns.get(turns.size() - 1);
      if (last == null || last.role() != turn.role()) {
        turns.add(turn);
      } else {
        List<Part> parts = new ArrayList<>(last.parts());
        parts.addAll(turn.parts());
        turns.set(turns.size() - 1, new Turn(turn.role(), parts));
      }
    }
    ChatRequest.Builder builder = request.toBuilder();
    builder.turns = turns;
    return builder.build();
  }

  private static List<String> lines(List<StreamEvent> events) {
    List<String> lines = new ArrayList<>();
    events.forEach(event -> lines.add(Sample.text(event.data())));
    return lines;
  }

  @Test
  void aRequestThatIsReadIsWrittenTheSame() {
    Notes notes = new Notes();
    ChatRequest request = Sample.read(REQUEST, notes);

    assertThat(Sample.json(Sample.text(written(merged(request), notes))))
        .isEqualTo(Sample.json(REQUEST));
    assertThat(request.bound()).isEmpty();
    assertThat(notes.dropped()).isEmpty();
    assertThat(notes.changed()).isEmpty();
  }

  @Test
  void aRequestThatIsWrittenIsReadTheSame() {
    ChatRequest request = merged(Sample.read(REQUEST));

    assertThat(merged(Sample.read(Sample.text(written(request, new Notes()))))).isEqualTo(request);
  }

  @Test
  void theOrderOfSchemasStaysTheSame() {
    assertThat(Sample.text(written(Sample.read(REQUEST), new Notes())))
        .contains("\"properties\":{\"z\":{},\"a\":{\"default\":1e2}}")
        .contains("\"maximum\":1.50");
  }

  @Test
  void anAnswerThatIsReadIsWrittenTheSame() {
    String answer =
        "{\"id\":\"resp_1\",\"model\":\"gpt-x\",\"status\":\"completed\",\"output\":"
            + OUTPUT
            + ",\"usage\":"
            + USAGE
            + "}";

    Map<String, @Nullable Object> written =
        Sample.DIALECT.answer(Sample.asked()).whole(Sample.DIALECT.answer(Sample.json(answer)));

    assertThat(written)
        .containsEntry("id", "resp_1")
        .containsEntry("model", "gpt-x")
        .containsEntry("status", "completed");
    assertThat(Sample.text(written.get("output"))).isEqualTo(Sample.compact(OUTPUT));
    assertThat(Sample.text(written.get("usage"))).isEqualTo(Sample.compact(USAGE));
  }

  @Test
  void anAnswerThatIsWrittenIsReadTheSame() {
    ChatAnswer answer =
        new ChatAnswer(
            "resp_1",
            "gpt-x",
            List.of(
                new ChatAnswer.Choice(
                    List.of(
                        new Part.Thinking("Hm", null, "xyz", Maker.OPENAI),
                        new Part.Text("Hi\n\n"),
                        new Part.Refusal("No."),
                        new Part.ToolCall("c1", "f", "{ \"b\":1.50}")),
                    StopReason.LENGTH,
                    null,
                    List.of(
                        new ChatAnswer.TokenLogprob(
                            "a",
                            -0.5,
                            List.of(new ChatAnswer.TokenLogprob("ü", -1.5, List.of())))))),
            COUNTS);

    String written = Sample.text(Sample.DIALECT.answer(Sample.asked()).whole(answer));

    assertThat(Sample.DIALECT.answer(Sample.json(written))).isEqualTo(answer);
  }

  @Test
  void aStreamThatIsWrittenIsReadTheSame() {
    String written = String.join("\n", lines(Sample.stream(Sample.asked(), EVENTS)));

    List<ChatEvent> read = new ArrayList<>(Sample.steps(written));
    read.removeIf(ChatEvent.Ping.class::isInstance);
    assertThat(read).containsExactlyElementsOf(EVENTS);
  }

  @Test
  void aStreamThatIsReadIsWrittenTheSame() {
    List<String> written = lines(Sample.stream(Sample.asked(), EVENTS));

    List<ChatEvent> read = Sample.steps(String.join("\n", written));

    assertThat(lines(Sample.stream(Sample.asked(), read))).containsExactlyElementsOf(written);
  }
}
