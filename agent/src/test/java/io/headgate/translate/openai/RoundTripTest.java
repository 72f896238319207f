// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import static io.headgate.translate.openai.ChatJson.openai;
import static io.headgate.translate.openai.ChatJson.plain;
import static io.headgate.translate.openai.ChatJson.request;
import static io.headgate.translate.openai.ChatJson.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.dialect.StreamEvent;
import io.headgate.translate.Asked;
import io.headgate.translate.Notes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read and written again is the same. */
class RoundTripTest {

  private static final String ALL =
      """
      {"model":"m",
       "messages":[
        {"role":"developer","content":"be brief"},
        {"role":"user","content":[{"type":"text","text":"look"},
          {"type":"image_url","image_url":{"url":"https://x/y.png","detail":"low"}},
          {"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD"}},
          {"type":"input_audio","input_audio":{"data":"QUJD","format":"wav"}},
          {"type":"file","file":{"filename":"a.pdf",
            "file_data":"data:application/pdf;base64,QUJD"}}]},
        {"role":"assistant","content":null,"tool_calls":[
          {"id":"c1","type":"function","function":{"name":"f","arguments":"{\\"x\\":0.10}"}},
          {"id":"c2","type":"function","function":{"name":"g","arguments":"{}"}}]},
        {"role":"tool","tool_call_id":"c1","content":"1"},
        {"role":"tool","tool_call_id":"c2","content":"2"},
        {"role":"developer","content":"now in German"},
        {"role":"user","content":"and?"},
        {"role":"assistant","content":null,"refusal":"no"},
        {"role":"user","content":"please"}],
       "tools":[{"type":"function","function":{"name":"f","description":"d",
          "parameters":{"type":"object","properties":{"x":{"type":"number","maximum":1.50}},
            "required":["x"],"additionalProperties":false},"strict":true}},
         {"type":"function","function":{"name":"g"}}],
       "tool_choice":{"type":"function","function":{"name":"f"}},
       "parallel_tool_calls":true,
       "response_format":{"type":"json_schema","json_schema":{"name":"n","description":"d",
          "schema":{"type":"object","properties":{"z":{},"a":{}}},"strict":false}},
       "reasoning_effort":"high",
       "max_completion_tokens":100,"temperature":0.70,"top_p":0.5,"stop":["a","b"],"seed":1,
       "frequency_penalty":0.1,"presence_penalty":-0.1,"n":2,"logprobs":true,"top_logprobs":2,
       "logit_bias":{"1":2,"7":-1},
       "stream":true,"stream_options":{"include_usage":true},
       "user":"u","prompt_cache_key":"k","service_tier":"flex"}
      """;

  private static final String ANSWER =
      """
      {"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"gpt-x",
       "choices":[
        {"index":0,"message":{"role":"assistant","content":"Grüße \\ud83d\\ude00","refusal":null,
          "reasoning_content":"Hm.",
          "annotations":[{"type":"url_citation","url_citation":
            {"start_index":0,"end_index":5,"url":"https://a.test","title":"A"}}],
          "tool_calls":[{"id":"c1","type":"function","function":
             {"name":"f","arguments":"{ \\"x\\" : 1.50,\\n\\"y\\":\\"\\\\u00fc\\"}"}},
            {"id":"c2","type":"function","function":{"name":"g","arguments":"{}"}}]},
         "logprobs":{"content":[{"token":"a","logprob":-0.5,"bytes":null,"top_logprobs":
            [{"token":"ü","logprob":-1.5,"bytes":null}]}],"refusal":null},
         "finish_reason":"tool_calls"},
        {"index":1,"message":{"role":"assistant","content":null,"refusal":"No."},
         "logprobs":null,"finish_reason":"content_filter"},
        {"index":2,"message":{"role":"assistant","content":"cut","refusal":null},
         "logprobs":null,"finish_reason":"length"}],
       "usage":{"prompt_tokens":140,"completion_tokens":7,"total_tokens":147,
         "prompt_tokens_details":{"cached_tokens":100,"audio_tokens":3},
         "completion_tokens_details":{"reasoning_tokens":2,"audio_tokens":1}}}
      """;

  /** Deltas of a stream, one a line. */
  private static final String STREAM =
      """
      {"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}
      {"index":0,"delta":{"reasoning_content":"Hm"},"finish_reason":null}
      {"index":0,"delta":{"content":"Gr"},"finish_reason":null}
      {"index":0,"delta":{"content":"üße"},"finish_reason":null}
      {"index":0,"delta":{"refusal":"No."},"finish_reason":null}
      {"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":\
      {"name":"f","arguments":""}}]},"finish_reason":null}
      {"index":0,"delta":{"tool_calls":[{"index":1,"id":"c2","type":"function","function":\
      {"name":"g","arguments":""}}]},"finish_reason":null}
      {"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"{ "}}]},"finish_reason":null}
      {"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"x\\":1.50}"}}]},\
      "finish_reason":null}
      {"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"}"}}]},"finish_reason":null}
      {"index":0,"delta":{},"finish_reason":"tool_calls"}
      """;

  private static final Asked USAGE_ASKED =
      ChatJson.asked(
          "{\"messages\":[],\"stream\":true,\"stream_options\":{\"include_usage\":true}}");

  private static List<String> chunks() {
    String head =
        "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
            + "\"model\":\"gpt-x\",\"choices\":[";
    List<String> chunks = new ArrayList<>();
    for (String delta : STREAM.lines().toList()) {
      String likely = delta.replace("\"finish_reason\"", "\"logprobs\":null,\"finish_reason\"");
      chunks.add(head + likely + "],\"usage\":null}");
    }
    chunks.add(
        head + "],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":5,\"total_tokens\":14}}");
    chunks.add("[DONE]");
    return chunks;
  }

  @Test
  void aWholeRequestStaysTheSame() {
    Notes notes = new Notes();
    ChatRequest read = request(ALL, notes);
    assertThat(read.bound()).isEmpty();
    assertThat(plain(written(read, openai(), notes))).isEqualTo(plain(ALL));
    assertThat(notes.dropped()).isEmpty();
    assertThat(notes.changed()).isEmpty();
  }

  @Test
  void theOrderOfSchemasStaysTheSame() {
    assertThat(ChatJson.json(written(request(ALL), openai())))
        .contains("\"properties\":{\"z\":{},\"a\":{}}")
        .contains("\"maximum\":1.50");
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    ChatRequest once = request(ALL);
    assertThat(request(ChatJson.json(written(once, openai())))).isEqualTo(once);
  }

  @Test
  void aWholeAnswerStaysTheSame() {
    assertThat(plain(ChatJson.DIALECT.answer(ChatJson.asked()).whole(ChatJson.answer(ANSWER))))
        .isEqualTo(plain(ANSWER));
  }

  @Test
  void anAnswerThatIsWrittenIsReadAgain() {
    ChatAnswer answer =
        new ChatAnswer(
            "chatcmpl-1",
            "gpt-x",
            List.of(
                new ChatAnswer.Choice(
                    List.of(
                        new Part.Thinking("Hm", "sig", null, Maker.ANTHROPIC),
                        new Part.Thinking("", null, "xyz", Maker.ANTHROPIC),
                        new Part.Text(
                            "Hi\n\n",
                            null,
                            List.of(new Citation("https://a.test", "", null, 0, 2))),
                        new Part.ToolCall("c1", "f", "{ \"b\":1.50}", "signed", null)),
                    StopReason.TOOLS,
                    null,
                    List.of(new ChatAnswer.TokenLogprob("a", -0.5, List.of()))),
                new ChatAnswer.Choice(
                    List.of(new Part.Refusal("No.")), StopReason.REFUSAL, null, List.of())),
            Usage.builder()
                .input(140)
                .cacheRead(100)
                .cacheWrite(20)
                .output(7)
                .reasoning(3)
                .build());

    String written = ChatJson.json(ChatJson.DIALECT.answer(ChatJson.asked()).whole(answer));

    assertThat(ChatJson.answer(written)).isEqualTo(answer);
  }

  @Test
  void aStreamThatIsReadIsWrittenTheSame() {
    List<ChatEvent> read = ChatJson.events(chunks().toArray(String[]::new));

    List<Object> written = new ArrayList<>();
    for (StreamEvent chunk : ChatJson.chunks(USAGE_ASKED, read)) {
      written.add(chunk.data() == null ? "[DONE]" : plain(chunk.data()));
    }

    List<Object> expected = new ArrayList<>();
    chunks().forEach(it -> expected.add(it.equals("[DONE]") ? it : plain(it)));
    assertThat(written).containsExactlyElementsOf(expected);
  }

  @Test
  void aStreamThatIsWrittenIsReadTheSame() {
    List<ChatEvent> events =
        List.of(
            new ChatEvent.Begin("chatcmpl-1", "gpt-x"),
            new ChatEvent.Redacted(0, "xyz", Maker.ANTHROPIC),
            new ChatEvent.Text(0, "Zü"),
            new ChatEvent.Text(0, "rich\ud83d"),
            new ChatEvent.Text(0, "\ude00"),
            new ChatEvent.Cited(0, new Citation("https://a.test", "A", null, 0, 4)),
            new ChatEvent.Logprobs(0, List.of(new ChatAnswer.TokenLogprob("a", -0.5, List.of()))),
            new ChatEvent.CallBegin(0, 0, "c1", "f", "signed"),
            new ChatEvent.CallBegin(0, 1, "c2", "g", null),
            new ChatEvent.CallArguments(0, 1, "{ "),
            new ChatEvent.CallArguments(0, 0, "{\"x\":1.50}"),
            new ChatEvent.CallArguments(0, 1, "}"),
            new ChatEvent.Stop(0, StopReason.TOOLS, null),
            new ChatEvent.UsageTold(Usage.builder().input(9).output(5).reasoning(3).build()),
            new ChatEvent.End());

    String[] written =
        ChatJson.chunks(USAGE_ASKED, events).stream()
            .map(it -> it.data() == null ? "[DONE]" : ChatJson.json(it.data()))
            .toArray(String[]::new);

    assertThat(ChatJson.events(written)).containsExactlyElementsOf(events);
  }
}
