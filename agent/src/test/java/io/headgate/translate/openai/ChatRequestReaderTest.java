// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import static io.headgate.translate.openai.ChatJson.messages;
import static io.headgate.translate.openai.ChatJson.request;
import static io.headgate.translate.openai.ChatJson.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Part;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.Turn;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRequestReaderTest {

  private static Part only(String part) {
    ChatRequest request = messages("[{\"role\":\"user\",\"content\":[" + part + "]}]");
    assertThat(request.turns()).hasSize(1);
    assertThat(request.turns().get(0).parts()).hasSize(1);
    return request.turns().get(0).parts().get(0);
  }

  @Test
  void instructionsBeforeTheConversationAreSystemAndLaterOnesAreTurns() {
    ChatRequest request =
        messages(
            """
            [{"role":"system","content":"a"},
             {"role":"developer","content":[{"type":"text","text":"b"}]},
             {"role":"user","content":"hi"},
             {"role":"system","content":"c"},
             {"role":"user","content":"ho"}]
            """);
    assertThat(request.system()).containsExactly(new Part.Text("a"), new Part.Text("b"));
    assertThat(request.turns())
        .extracting(Turn::role)
        .containsExactly(Turn.Role.USER, Turn.Role.SYSTEM, Turn.Role.USER);
  }

  @Test
  void theModelOfThePathCountsIfTheBodyNamesNone() {
    assertThat(request("{\"messages\":[]}").model()).isEqualTo("of-path");
    assertThat(request("{\"model\":\"mine\",\"messages\":[]}").model()).isEqualTo("mine");
  }

  @Test
  void picturesComeByUrlOrAsData() {
    assertThat(
            only(
                """
                {"type":"image_url","image_url":{"url":"https://x/y.png","detail":"low"}}
                """))
        .isEqualTo(new Part.Image(new Media(Media.Kind.URL, "https://x/y.png", null), "low", null));
    assertThat(
            only("{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/PNG;base64,QUJD\"}}"))
        .isEqualTo(new Part.Image(new Media(Media.Kind.BASE64, "QUJD", "image/png"), null, null));
    assertThat(only("{\"type\":\"image_url\",\"image_url\":\"gs://b/y.png\"}"))
        .isEqualTo(new Part.Image(new Media(Media.Kind.STORED, "gs://b/y.png", null), null, null));
  }

  @Test
  void dataThatIsNotBase64BecomesBase64() {
    assertThat(
            only(
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/svg+xml,%3Csvg+/%3E\"}}"))
        .isEqualTo(
            new Part.Image(
                new Media(Media.Kind.BASE64, "PHN2ZysvPg==", "image/svg+xml"), null, null));
  }

  @Test
  void soundHasItsFormatAsMediaType() {
    assertThat(
            only(
                "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"QUJD\",\"format\":\"mp3\"}}"))
        .isEqualTo(new Part.Audio(new Media(Media.Kind.BASE64, "QUJD", "audio/mpeg")));
    assertThat(
            only(
                "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"QUJD\",\"format\":\"wav\"}}"))
        .isEqualTo(new Part.Audio(new Media(Media.Kind.BASE64, "QUJD", "audio/wav")));
  }

  @Test
  void filesWithDataAreDocumentsAndFilesByIdAreBound() {
    assertThat(
            only(
                """
                {"type":"file","file":{"filename":"a.pdf",
                 "file_data":"data:application/pdf;base64,QUJD"}}
                """))
        .isEqualTo(
            new Part.Document(
                new Media(Media.Kind.BASE64, "QUJD", "application/pdf"), "a.pdf", null));
    ChatRequest byId =
        messages(
            """
            [{"role":"user","content":[{"type":"file","file":{"file_id":"file-1"}}]}]
            """);
    assertThat(byId.bound()).containsExactly("messages[0].content[0].file_id");
  }

  @Test
  void whatIsNotKnownIsBound() {
    assertThat(messages("[{\"role\":\"user\",\"content\":[{\"type\":\"hologram\"}]}]").bound())
        .containsExactly("messages[0].content[0].type hologram");
  }

  @Test
  void anAssistantsMessageKeepsThoughtTextRefusalAndCallsInOrder() {
    ChatRequest request =
        messages(
            """
            [{"role":"user","content":"hi"},
             {"role":"assistant","reasoning_content":"hm","content":"yes","refusal":"no",
              "tool_calls":[
               {"id":"c1","type":"function","function":{"name":"f","arguments":"{\\"a\\":1}"},
                "extra_content":{"google":{"thought_signature":"sig"}}},
               {"id":"c2","type":"function","function":{"name":"g","arguments":""}}]},
             {"role":"tool","tool_call_id":"c1","content":"one"},
             {"role":"tool","tool_call_id":"c2","content":[{"type":"text","text":"two"}]}]
            """);
    assertThat(request.turns().get(1).parts())
        .containsExactly(
            new Part.Thinking("hm", null, null, Maker.OTHER),
            new Part.Text("yes"),
            new Part.Refusal("no"),
            new Part.ToolCall("c1", "f", "{\"a\":1}", "sig", null),
            new Part.ToolCall("c2", "g", "{}"));
    assertThat(request.turns().subList(2, 4))
        .containsExactly(
            new Turn(
                Turn.Role.USER,
                List.of(
                    new Part.ToolResult("c1", null, List.of(new Part.Text("one")), false, null))),
            new Turn(
                Turn.Role.USER,
                List.of(
                    new Part.ToolResult("c2", null, List.of(new Part.Text("two")), false, null))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "[]"})
  void noContentNextToCallsIsNoText(String content) {
    ChatRequest request =
        messages(
            "[{\"role\":\"assistant\",\"content\":"
                + content
                + ",\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"f\"}}]}]");
    assertThat(request.turns().get(0).parts()).containsExactly(new Part.ToolCall("c", "f", "{}"));
  }

  @Test
  void signedThoughtsComeBackWithTheirSignatures() {
    ChatRequest request =
        messages(
            """
            [{"role":"assistant","content":"x","reasoning_content":"same",
              "thinking_blocks":[{"type":"thinking","thinking":"same","signature":"s"},
                                 {"type":"redacted_thinking","data":"d"}]}]
            """);
    assertThat(request.turns().get(0).parts())
        .startsWith(
            new Part.Thinking("same", "s", null, Maker.ANTHROPIC),
            new Part.Thinking("", null, "d", Maker.ANTHROPIC));
  }

  @Test
  void aLegacyCallAndItsResultShareAnId() {
    ChatRequest request =
        messages(
            """
            [{"role":"user","content":"hi"},
             {"role":"assistant","content":null,
              "function_call":{"name":"f","arguments":"{}"}},
             {"role":"function","name":"f","content":"42"}]
            """);
    Part.ToolCall call = (Part.ToolCall) request.turns().get(1).parts().get(0);
    Part.ToolResult result = (Part.ToolResult) request.turns().get(2).parts().get(0);
    assertThat(result.callId()).isEqualTo(call.id()).isNotEmpty();
    assertThat(result.name()).isEqualTo("f");
  }

  @Test
  void customCallsAndRecordedAnswersAreBound() {
    assertThat(
            messages(
                    """
                    [{"role":"assistant","audio":{"id":"a1"},
                      "tool_calls":[{"id":"c","type":"custom","custom":{"name":"x"}}]}]
                    """)
                .bound())
        .containsExactly("messages[0].audio", "messages[0].tool_calls[0].type custom");
  }

  @Test
  void cacheMarksAreFoundOnPartsMessagesAndTools() {
    ChatRequest request =
        request(
            """
            {"model":"m","messages":[
              {"role":"system","content":[{"type":"text","text":"a",
                "cache_control":{"type":"ephemeral","ttl":"1h"}}]},
              {"role":"user","content":"b","cache_control":{"type":"ephemeral"}},
              {"role":"tool","tool_call_id":"c","content":"d",
               "cache_control":{"type":"ephemeral"}},
              {"role":"user","content":[{"type":"text","text":"e",
                "prompt_cache_breakpoint":{"mode":"explicit"}}]}],
             "tools":[{"type":"function","function":{"name":"f"},
                       "cache_control":{"type":"ephemeral"}}]}
            """);
    CacheMark mark = new CacheMark(false);
    assertThat(request.system())
        .containsExactly(new Part.Text("a", new CacheMark(true), List.of()));
    assertThat(request.turns().get(0).parts()).containsExactly(new Part.Text("b", mark, List.of()));
    assertThat(((Part.ToolResult) request.turns().get(1).parts().get(0)).cache()).isEqualTo(mark);
    assertThat(request.turns().get(2).parts()).containsExactly(new Part.Text("e", mark, List.of()));
    assertThat(request.tools().get(0).cache()).isEqualTo(mark);
  }

  @Test
  void toolsKeepTheOrderOfTheirSchemas() {
    ChatRequest request =
        with(
            """
            "tools":[{"type":"function","function":{"name":"f","description":"d","strict":true,
              "parameters":{"type":"object","properties":{"z":{},"a":{}},"required":["z"]}}}]
            """);
    Tool tool = request.tools().get(0);
    assertThat(tool.name()).isEqualTo("f");
    assertThat(tool.description()).isEqualTo("d");
    assertThat(tool.strict()).isTrue();
    assertThat(ChatJson.json(tool.schema()))
        .isEqualTo("{\"type\":\"object\",\"properties\":{\"z\":{},\"a\":{}},\"required\":[\"z\"]}");
  }

  @Test
  void toolsThatNoAppRunsAreBound() {
    assertThat(with("\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"c\"}}]").bound())
        .containsExactly("tools[0].type custom");
  }

  @Test
  void functionsAreToolsThatAreCalledOneAtATime() {
    ChatRequest request =
        with("\"functions\":[{\"name\":\"f\"}],\"function_call\":{\"name\":\"f\"}");
    assertThat(request.tools()).extracting(Tool::name).containsExactly("f");
    assertThat(request.toolChoice()).isEqualTo(ToolChoice.named("f"));
    assertThat(request.parallelTools()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"auto\" | AUTO | ",
        "\"none\" | NONE | ",
        "\"required\" | REQUIRED | ",
        "\"any\" | REQUIRED | ",
        "null | DEFAULT | ",
        "{\"type\":\"function\",\"function\":{\"name\":\"f\"}} | REQUIRED | f",
        "{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\",\"tools\":"
            + "[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}} | AUTO | f",
        "{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"required\",\"tools\":"
            + "[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]}} | REQUIRED | f",
      })
  void everyToolChoiceIsUnderstood(String json, ToolChoice.Kind kind, String name) {
    assertThat(with("\"tool_choice\":" + json).toolChoice())
        .isEqualTo(new ToolChoice(kind, name == null ? List.of() : List.of(name)));
  }

  @Test
  void samplingIsReadToTheDigit() {
    ChatRequest request =
        with(
            """
            "max_completion_tokens":100,"max_tokens":50,"temperature":0.70,"top_p":0.9,"top_k":5,
            "stop":["a","b"],"seed":-3,"frequency_penalty":-0.5,"presence_penalty":1,
            "n":2,"logprobs":true,"top_logprobs":3,"logit_bias":{"50256":-100}
            """);
    var sampling = request.sampling();
    assertThat(sampling.maxTokens()).isEqualTo(100);
    assertThat(sampling.temperature()).isEqualTo(new BigDecimal("0.70"));
    assertThat(sampling.topP()).isEqualTo(new BigDecimal("0.9"));
    assertThat(sampling.topK()).isEqualTo(5);
    assertThat(sampling.stop()).containsExactly("a", "b");
    assertThat(sampling.seed()).isEqualTo(-3);
    assertThat(sampling.frequencyPenalty()).isEqualTo(new BigDecimal("-0.5"));
    assertThat(sampling.presencePenalty()).isEqualTo(BigDecimal.ONE);
    assertThat(sampling.choices()).isEqualTo(2);
    assertThat(sampling.logprobs()).isTrue();
    assertThat(sampling.topLogprobs()).isEqualTo(3);
    assertThat(sampling.logitBias()).containsExactly(Map.entry("50256", new BigDecimal("-100")));
    assertThat(with("\"max_tokens\":50,\"stop\":\"x\"").sampling())
        .satisfies(
            old -> {
              assertThat(old.maxTokens()).isEqualTo(50);
              assertThat(old.stop()).containsExactly("x");
            });
  }

  @Test
  void theFormOfTheAnswerIsRead() {
    assertThat(with("\"response_format\":{\"type\":\"text\"}").format())
        .isEqualTo(OutputFormat.TEXT);
    assertThat(with("\"response_format\":{\"type\":\"json_object\"}").format())
        .isEqualTo(OutputFormat.JSON);
    OutputFormat schema =
        with("""
        "response_format":{"type":"json_schema","json_schema":{"name":"n",
         "description":"d","strict":true,"schema":{"type":"object"}}}
        """)
            .format();
    assertThat(schema)
        .isEqualTo(
            new OutputFormat(OutputFormat.Kind.SCHEMA, "n", "d", Map.of("type", "object"), true));
    assertThat(with("\"response_format\":{\"type\":\"grammar\"}").bound())
        .containsExactly("response_format.type grammar");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"reasoning_effort\":\"none\" | OFF | | ",
        "\"reasoning_effort\":\"minimal\" | ON | MINIMAL | ",
        "\"reasoning_effort\":\"low\" | ON | LOW | ",
        "\"reasoning_effort\":\"medium\" | ON | MEDIUM | ",
        "\"reasoning_effort\":\"high\" | ON | HIGH | ",
        "\"reasoning_effort\":\"xhigh\" | ON | XHIGH | ",
        "\"reasoning_effort\":\"max\" | ON | MAX | ",
        "\"reasoning_effort\":null | DEFAULT | | ",
        "\"reasoning\":{\"effort\":\"high\"} | ON | HIGH | ",
        "\"reasoning\":{\"max_tokens\":2000} | ON | | 2000",
        "\"reasoning\":{\"enabled\":false} | OFF | | ",
        "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024} | ON | | 1024",
        "\"thinking\":{\"type\":\"disabled\"} | OFF | | ",
      })
  void everyWordForEffortIsUnderstood(
      String member, Reasoning.Mode mode, Reasoning.Effort effort, Long budget) {
    assertThat(with(member).reasoning()).isEqualTo(new Reasoning(mode, effort, budget, null));
  }

  @Test
  void whatIsWantedOfTheProviderIsRead() {
    ChatRequest request =
        with(
            """
            "stream":true,"stream_options":{"include_usage":true,"include_obfuscation":false},
            "user":"u","safety_identifier":"s","prompt_cache_key":"k","service_tier":"flex",
            "metadata":{"a":"b"},"parallel_tool_calls":false
            """);
    assertThat(request.stream()).isTrue();
    assertThat(request.streamUsage()).isTrue();
    assertThat(request.user()).isEqualTo("s");
    assertThat(request.cacheKey()).isEqualTo("k");
    assertThat(request.serviceTier()).isEqualTo("flex");
    assertThat(request.metadata()).containsExactly(Map.entry("a", "b"));
    assertThat(request.parallelTools()).isFalse();
    assertThat(with("\"service_tier\":\"auto\"").serviceTier()).isNull();
  }

  @Test
  void whatHasNoPlaceIsNamedAndDefaultsAreNot() {
    Notes notes = new Notes();
    with(
        """
        "verbosity":"low","store":true,"prediction":{"type":"content","content":"x"},
        "min_p":0.1,"parallel_tool_calls":null
        """,
        notes);
    assertThat(notes.dropped()).containsExactly("verbosity", "store", "prediction", "min_p");
    Notes none = new Notes();
    with("\"verbosity\":\"medium\",\"store\":false,\"prediction\":null", none);
    assertThat(none.dropped()).isEmpty();
    Notes names = new Notes();
    request("{\"messages\":[{\"role\":\"user\",\"name\":\"Ann\",\"content\":\"\"}]}", names);
    assertThat(names.dropped()).containsExactly("messages[0].name");
  }

  @Test
  void soundOutAndSearchAreBound() {
    assertThat(
            with("""
            "modalities":["text","audio"],"audio":{"voice":"x","format":"wav"},
            "web_search_options":{}
            """)
                .bound())
        .containsExactly("modalities audio", "audio", "web_search_options");
    assertThat(with("\"modalities\":[\"text\"]").bound()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"messages\":\"hi\"}",
        "{\"messages\":[1]}",
        "{\"messages\":[{\"role\":\"wizard\"}]}",
        "{\"messages\":[],\"tools\":[{\"type\":\"function\",\"function\":{}}]}",
      })
  void whatIsNoChatRequestIsNotServed(String json) {
    assertThatThrownBy(() -> request(json)).isInstanceOf(Ineligible.class);
  }
}
