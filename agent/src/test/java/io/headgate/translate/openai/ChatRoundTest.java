// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import static io.headgate.translate.openai.ChatJson.openai;
import static io.headgate.translate.openai.ChatJson.plain;
import static io.headgate.translate.openai.ChatJson.request;
import static io.headgate.translate.openai.ChatJson.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatRequest;
import io.headgate.translate.Notes;
import org.junit.jupiter.api.Test;

/** What is read and written again is the same. */
class ChatRoundTest {

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
}
