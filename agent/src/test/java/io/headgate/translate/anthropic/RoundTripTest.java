// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.dialect.StreamEvent;
import io.headgate.translate.AnswerWriter;
import io.headgate.translate.EventReader;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits.ReasoningStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundTripTest {

  private final Notes notes = new Notes();

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"model":"m","stream":true,"max_tokens":9000,
         "tools":[{"name":"t","description":"T","input_schema":
           {"type":"object","properties":{"z":{"minimum":1.50},"a":{}}},
           "cache_control":{"type":"ephemeral","ttl":"1h"}},
          {"name":"u","strict":true,"input_schema":
           {"type":"object","properties":{},"additionalProperties":false}}],
         "tool_choice":{"type":"tool","name":"t","disable_parallel_tool_use":true},
         "system":[{"type":"text","text":"S","cache_control":{"type":"ephemeral"}}],
         "messages":[
          {"role":"user","content":[{"type":"text","text":"Hi"},
           {"type":"image","source":{"type":"url","url":"https://x/y"}},
           {"type":"document","source":
            {"type":"base64","media_type":"application/pdf","data":"QQ=="},"title":"D"}]},
          {"role":"assistant","content":[
           {"type":"thinking","thinking":"Hm","signature":"sig"},
           {"type":"redacted_thinking","data":"xyz"},
           {"type":"thinking","thinking":"","signature":"only"},
           {"type":"tool_use","id":"a","name":"t","input":{"z":2.50,"a":"ü"},
            "cache_control":{"type":"ephemeral"}}]},
          {"role":"user","content":[
           {"type":"tool_result","tool_use_id":"a","content":[
            {"type":"text","text":"no"},
            {"type":"image","source":{"type":"base64","media_type":"image/png","data":"QQ=="}}],
            "is_error":true,"cache_control":{"type":"ephemeral"}},
           {"type":"text","text":"And?"}]}],
         "temperature":0.70,"top_k":5,"stop_sequences":["END"],
         "metadata":{"user_id":"u"}}
        """,
        """
        {"model":"m","max_tokens":9000,
         "messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]},
                     {"role":"system","content":[{"type":"text","text":"S"}]}],
         "thinking":{"type":"enabled","budget_tokens":2000},"top_p":0.97,
         "output_config":{"format":{"type":"json_schema","schema":
          {"type":"object","properties":{"a":{"type":"string"}},"required":["a"],
           "additionalProperties":false}}},
         "service_tier":"standard_only"}
        """
      })
  void aRequestComesBackAsItWas(String body) {
    ChatRequest request = Trees.read(body, notes);
    Map<String, @Nullable Object> written =
        Trees.DIALECT.request(request, Trees.traits(ReasoningStyle.BUDGET), notes);
    assertThat(Trees.tree(Trees.json(written))).isEqualTo(Trees.tree(body));
    assertThat(Trees.read(Trees.json(written))).isEqualTo(request);
    assertThat(notes.dropped()).isEmpty();
    assertThat(notes.changed()).isEmpty();
  }

  @Test
  void anAnswerComesBackAsItWas() {
    ChatAnswer answer =
        new ChatAnswer(
            "msg_1",
            "claude-x",
            List.of(
                new ChatAnswer.Choice(
                    List.of(
                        new Part.Thinking("Hm", "sig", null, Maker.ANTHROPIC),
                        new Part.Thinking("", null, "xyz", Maker.ANTHROPIC),
                        new Part.Text("One, "),
                        new Part.Text("two."),
                        new Part.ToolCall("toolu_1", "t", "{\"b\":1.50,\"a\":\"ü\"}")),
                    StopReason.TOOLS,
                    null,
                    List.of())),
            Usage.builder()
                .input(140)
                .cacheRead(100)
                .cacheWrite(20)
                .cacheWriteHour(10)
                .output(7)
                .reasoning(3)
                .build());
    Map<String, @Nullable Object> body =
        Trees.writer(Trees.ask(new Part.Text("Hi")).build()).whole(answer);
    assertThat(Trees.DIALECT.answer(Trees.tree(Trees.json(body)))).isEqualTo(answer);
  }

  @Test
  void aStreamComesBackAsItWas() {
    List<ChatEvent> events =
        List.of(
            new ChatEvent.Begin("msg_1", "claude-x"),
            new ChatEvent.Thinking(0, "Hm", Maker.ANTHROPIC),
            new ChatEvent.Signature(0, "sig", Maker.ANTHROPIC),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.Redacted(0, "xyz", Maker.ANTHROPIC),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.Text(0, "Zü"),
            new ChatEvent.Text(0, "rich"),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.CallBegin(0, 0, "a", "t", null),
            new ChatEvent.CallArguments(0, 0, "{\"x\":"),
            new ChatEvent.CallArguments(0, 0, "1}"),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.CallBegin(0, 1, "b", "u", null),
            new ChatEvent.CallArguments(0, 1, "{}"),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.Ping(),
            new ChatEvent.Stop(0, StopReason.TOOLS, null),
            new ChatEvent.End());
    AnswerWriter writer = Trees.writer(Trees.ask(new Part.Text("Hi")).build());
    EventReader reader = Trees.DIALECT.events();
    List<ChatEvent> read = new ArrayList<>();
    for (ChatEvent event : events) {
      writer.event(
          event,
          out ->
              reader.event(
                  new StreamEvent(out.name(), Trees.tree(Trees.json(out.data()))), read::add));
    }
    read.removeIf(ChatEvent.UsageTold.class::isInstance);
    assertThat(read).isEqualTo(events);
  }
}
