// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.ChatRequest;
import io.headgate.dialect.StreamEvent;
import io.headgate.json.JsonNumber;
import io.headgate.json.Nodes;
import io.headgate.translate.AnswerWriter;
import io.headgate.translate.EventReader;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Documents whose members are missing or of any other kind; each seed is the same each time. */
class HostileChatTest {

  private static final int DOCUMENTS = 3000;

  private static final String REQUEST =
      """
      {"model":"m","messages":[{"role":"system","content":"a","name":"n"},
        {"role":"user","content":[{"type":"text","text":"x","cache_control":{"ttl":"1h"}},
          {"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD","detail":"low"}},
          {"type":"input_audio","input_audio":{"data":"QUJD","format":"wav"}},
          {"type":"file","file":{"file_data":"data:text/plain,%20","filename":"f","file_id":"i"}}]},
        {"role":"assistant","content":null,"refusal":"r","reasoning_content":"t",
         "thinking_blocks":[{"thinking":"t","signature":"s","data":"d"}],
         "reasoning_details":[{"text":"t","format":"f"}],
         "tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"},
           "extra_content":{"google":{"thought_signature":"s"}}}],
         "function_call":{"name":"f","arguments":"{}"}},
        {"role":"tool","tool_call_id":"c","content":"r"},
        {"role":"function","name":"f","content":"r"}],
       "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],
       "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"function":
         {"name":"f"}}]}},"functions":[{"name":"f"}],"function_call":"auto",
       "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{}}},
       "stop":["a"],"seed":1,"temperature":0.5,"logit_bias":{"1":1},"n":1,"metadata":{"a":"b"},
       "stream_options":{"include_usage":true},"reasoning":{"effort":"low","max_tokens":1},
       "thinking":{"type":"enabled","budget_tokens":1},"modalities":["text"],"audio":{}}
      """;

  private static final String ANSWER =
      """
      {"id":"i","model":"m","created":1,"choices":[{"index":0,"finish_reason":"stop",
        "stop_reason":"x","message":{"role":"assistant","content":"x","refusal":"r",
          "annotations":[{"url_citation":{"url":"u","title":"t","start_index":1}}],
          "images":[{"image_url":{"url":"data:,x"}}],"function_call":{"name":"f"},
          "tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":"{}"}}]},
        "delta":{"content":"x","reasoning":"t","tool_calls":[{"index":0,"id":"c",
          "function":{"name":"f","arguments":"{}"}}]},
        "logprobs":{"content":[{"token":"a","logprob":-1,"top_logprobs":[{"token":"a"}]}]}}],
       "usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,
         "prompt_tokens_details":{"cached_tokens":1}},"citations":["u"],
       "search_results":[{"url":"u"}],"x_groq":{"usage":{}}}
      """;

  private static final String ERROR =
      """
      {"error":{"message":"m","type":"t","code":"c","param":"p","status":"s",
        "innererror":{"code":"c"},"details":[{"reason":"r"}],"metadata":{"raw":"r"},
        "detail":[{"loc":["body","x",1],"msg":"m"}]},
       "errors":[{"message":"m"}],"detail":"d","message":{"detail":[1]},"object":"error"}
      """;

  /** A copy in which some values are others. */
  private static Object spoilt(Object value, Random random) {
    if (random.nextInt(14) == 0) {
      Object[] others = {
        null,
        true,
        "",
        "text",
        new JsonNumber("-1"),
        new JsonNumber("99999999999999999999"),
        new JsonNumber("1e400"),
        Nodes.object("type", "x"),
        Nodes.array((Object) null),
        Nodes.array("a", new JsonNumber("1"), Nodes.object("a", null)),
      };
      return others[random.nextInt(others.length)];
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = Nodes.object();
      map.forEach((name, item) -> copy.put((String) name, spoilt(item, random)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(spoilt(item, random)));
      return copy;
    }
    return value;
  }

  private static Map<String, Object> spoilt(String json, int seed) {
    Map<String, Object> spoilt = Nodes.map(spoilt(ChatJson.tree(json), new Random(seed)));
    return spoilt == null ? Nodes.object() : spoilt;
  }

  @Test
  void requestsAreReadAndWrittenOrNotServed() {
    int served = 0;
    for (int seed = 0; seed < DOCUMENTS; seed++) {
      try {
        ChatRequest request = ChatJson.request(ChatJson.json(spoilt(REQUEST, seed)));
        served++;
        assertThat(ChatJson.written(request, ChatJson.openai())).containsKey("messages");
        assertThat(ChatJson.written(request, ChatJson.other())).containsKey("messages");
      } catch (Ineligible e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
    assertThat(served).isGreaterThan(DOCUMENTS / 10);
  }

  @Test
  void answersAreReadAndWrittenOrUnreadable() {
    int read = 0;
    for (int seed = 0; seed < DOCUMENTS; seed++) {
      try {
        ChatAnswer answer = ChatJson.DIALECT.answer(spoilt(ANSWER, seed));
        read++;
        assertThat(ChatJson.DIALECT.answer(ChatJson.asked()).whole(answer)).containsKey("id");
      } catch (Unreadable e) {
        assertThat(e.failure().message()).isNotNull();
      }
    }
    assertThat(read).isGreaterThan(DOCUMENTS / 10);
  }

  @Test
  void streamsAreReadAndWrittenToOneEnd() {
    for (int seed = 0; seed < DOCUMENTS; seed += 3) {
      List<ChatEvent> events = new ArrayList<>();
      EventReader reader = ChatJson.DIALECT.events();
      for (int chunk = 0; chunk < 3; chunk++) {
        reader.event(StreamEvent.of(spoilt(ANSWER, seed + chunk)), events::add);
      }
      reader.event(StreamEvent.DONE, events::add);
      reader.end(events::add);
      List<StreamEvent> out = new ArrayList<>();
      AnswerWriter writer = ChatJson.DIALECT.answer(ChatJson.asked());
      events.forEach(event -> writer.event(event, out::add));
      assertThat(events.stream().filter(ChatEvent.End.class::isInstance).count())
          .isLessThanOrEqualTo(1);
      assertThat(events.indexOf(new ChatEvent.End())).isIn(-1, events.size() - 1);
      assertThat(out.stream().filter(event -> event == StreamEvent.DONE).count())
          .isLessThanOrEqualTo(1);
    }
  }

  @Test
  void errorsAlwaysHaveAKind() {
    for (int seed = 0; seed < DOCUMENTS; seed++) {
      assertThat(ChatJson.DIALECT.error(seed % 600, spoilt(ERROR, seed), "text").kind())
          .isNotNull();
    }
  }
}
