// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Part;
import io.headgate.chat.Reasoning;
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

class ResponsesRequestReaderTest {

  private static ChatRequest with(String members) {
    return Sample.read("{\"model\":\"m\",\"input\":\"Hi\"," + members + "}");
  }

  private static ChatRequest items(String items) {
    return Sample.read("{\"model\":\"m\",\"input\":[" + items + "]}");
  }

  private static Part onlyPart(String items) {
    List<Turn> turns = items(items).turns();
    assertThat(turns).hasSize(1);
    assertThat(turns.get(0).parts()).hasSize(1);
    return turns.get(0).parts().get(0);
  }

  @Test
  void aTextIsWhatTheUserSays() {
    ChatRequest request = Sample.read("{\"model\":\"gpt-5\",\"input\":\"Hi\"}");

    assertThat(request.model()).isEqualTo("gpt-5");
    assertThat(request.turns())
        .containsExactly(new Turn(Turn.Role.USER, List.of(new Part.Text("Hi"))));
    assertThat(request.bound()).isEmpty();
  }

  @Test
  void itemsWithoutATypeAreMessages() {
    ChatRequest request =
        items(
            """
            {"role":"user","content":"Hi"},
            {"role":"assistant","content":"Hello"},
            {"role":"assistant","content":[{"type":"output_text","text":"A","annotations":[]},
              {"type":"refusal","refusal":"No"}]}\
            """);

    assertThat(request.turns())
        .containsExactly(
            new Turn(Turn.Role.USER, List.of(new Part.Text("Hi"))),
            new Turn(Turn.Role.ASSISTANT, List.of(new Part.Text("Hello"))),
            new Turn(Turn.Role.ASSISTANT, List.of(new Part.Text("A"), new Part.Refusal("No"))));
  }

  @Test
  void instructionsAndLeadingMessagesOfTheirKindComeFirst() {
    ChatRequest request =
        Sample.read(
            """
            {"model":"m","instructions":"One","input":[
              {"role":"developer","content":"Two"},
              {"type":"message","role":"system","content":[{"type":"input_text","text":"Three"}]},
              {"role":"user","content":"Hi"},
              {"role":"developer","content":"Four"}]}\
            """);

    assertThat(request.system())
        .containsExactly(new Part.Text("One"), new Part.Text("Two"), new Part.Text("Three"));
    assertThat(request.turns())
        .containsExactly(
            new Turn(Turn.Role.USER, List.of(new Part.Text("Hi"))),
            new Turn(Turn.Role.SYSTEM, List.of(new Part.Text("Four"))));
  }

  @Test
  void emptyTextsAreNotSaid() {
    assertThat(
            items("{\"role\":\"assistant\",\"content\":\"\"},{\"role\":\"user\",\"content\":[]}"))
        .extracting(ChatRequest::turns)
        .isEqualTo(List.of());
  }

  @Test
  void picturesComeByUrlOrAsBytes() {
    String image = "{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",%s}]}";

    assertThat(onlyPart(image.formatted("\"image_url\":\"https://a/b.png\",\"detail\":\"low\"")))
        .isEqualTo(new Part.Image(new Media(Media.Kind.URL, "https://a/b.png", null), "low", null));
    assertThat(onlyPart(image.formatted("\"image_url\":\"data:image/jpeg;base64,AAAA\"")))
        .isEqualTo(new Part.Image(new Media(Media.Kind.BASE64, "AAAA", "image/jpeg"), null, null));
  }

  @Test
  void filesComeByUrlOrAsBytes() {
    String file = "{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",%s}]}";

    assertThat(
            onlyPart(
                file.formatted(
                    "\"filename\":\"a.pdf\",\"file_data\":\"data:application/pdf;base64,AAAA\"")))
        .isEqualTo(
            new Part.Document(
                new Media(Media.Kind.BASE64, "AAAA", "application/pdf"), "a.pdf", null));
    assertThat(onlyPart(file.formatted("\"filename\":\"a.pdf\",\"file_data\":\"AAAA\"")))
        .isEqualTo(
            new Part.Document(
                new Media(Media.Kind.BASE64, "AAAA", "application/pdf"), "a.pdf", null));
    assertThat(onlyPart(file.formatted("\"file_url\":\"https://a/b.pdf\"")))
        .isEqualTo(
            new Part.Document(new Media(Media.Kind.URL, "https://a/b.pdf", null), null, null));
  }

  @Test
  void marksOfTheCacheAreKept() {
    String text = "{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"A\",%s}]}";

    assertThat(onlyPart(text.formatted("\"prompt_cache_breakpoint\":{\"mode\":\"explicit\"}")))
        .isEqualTo(new Part.Text("A", new CacheMark(false), List.of()));
    assertThat(
            onlyPart(text.formatted("\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}")))
        .isEqualTo(new Part.Text("A", new CacheMark(true), List.of()));
  }

  @Test
  void callsAndResultsAreTiedByTheirCallId() {
    ChatRequest request =
        items(
            """
            {"type":"function_call","id":"fc_1","call_id":"call_1","name":"f","arguments":""},
            {"type":"function_call_output","call_id":"call_1","output":"42"},
            {"type":"function_call_output","call_id":"call_2","output":[
              {"type":"input_text","text":"See"},
              {"type":"input_image","image_url":"https://a/b.png"}]}\
            """);

    assertThat(request.turns())
        .containsExactly(
            new Turn(Turn.Role.ASSISTANT, List.of(new Part.ToolCall("call_1", "f", "{}"))),
            new Turn(
                Turn.Role.USER,
                List.of(
                    new Part.ToolResult(
                        "call_1", null, List.of(new Part.Text("42")), false, null))),
            new Turn(
                Turn.Role.USER,
                List.of(
                    new Part.ToolResult(
                        "call_2",
                        null,
                        List.of(
                            new Part.Text("See"),
                            new Part.Image(
                                new Media(Media.Kind.URL, "https://a/b.png", null), null, null)),
                        false,
                        null))));
  }

  @Test
  void thoughtsAreOpenAis() {
    assertThat(
            onlyPart(
                """
                {"type":"reasoning","id":"rs_1","encrypted_content":"zzz","summary":[
                  {"type":"summary_text","text":"A"},{"type":"summary_text","text":"B"}]}\
                """))
        .isEqualTo(new Part.Thinking("A\n\nB", null, "zzz", Maker.OPENAI));
    assertThat(items("{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[]}").turns()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"previous_response_id\":\"resp_1\" | previous_response_id",
        "\"conversation\":\"conv_1\" | conversation",
        "\"background\":true | background",
        "\"prompt\":{\"id\":\"pmpt_1\"} | prompt",
        "\"tools\":[{\"type\":\"web_search\"}] | tools[0].type web_search",
        "\"tools\":[{\"type\":\"mcp\",\"server_label\":\"a\"}] | tools[0].type mcp",
        "\"tools\":[{\"type\":\"custom\",\"name\":\"a\"}] | tools[0].type custom",
        "\"tool_choice\":{\"type\":\"file_search\"} | tool_choice.type file_search",
        "\"tool_choice\":{\"type\":\"allowed_tools\",\"tools\":[{\"type\":\"mcp\"}]}"
            + " | tool_choice.tools[0].type mcp",
        "\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_1\"}] | input[0].type item_reference",
        "\"input\":[{\"id\":\"msg_1\"}] | input[0].type item_reference",
        "\"input\":[{\"type\":\"computer_call_output\"}] | input[0].type computer_call_output",
        "\"input\":[{\"type\":\"custom_tool_call\"}] | input[0].type custom_tool_call",
        "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"file_id\":\"f\"}]}]"
            + " | input[0].content[0].file_id",
        "\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"file_id\":\"f\"}]}]"
            + " | input[0].content[0].file_id",
        "\"text\":{\"format\":{\"type\":\"grammar\"}} | text.format.type grammar",
      })
  void whatOnlyOpenAiCouldDoIsBound(String member, String bound) {
    String input = member.contains("\"input\"") ? "" : "\"input\":\"Hi\",";

    assertThat(Sample.read("{\"model\":\"m\"," + input + member + "}").bound())
        .containsExactly(bound);
  }

  @Test
  void whatHostedToolsHaveDoneIsNoCallOfTheApps() {
    assertThat(onlyPart("{\"type\":\"web_search_call\",\"id\":\"ws_1\",\"status\":\"completed\"}"))
        .isEqualTo(new Part.Foreign("web_search_call"));
  }

  @Test
  void functionsAreFlatAndStrictByDefault() {
    String closed =
        "{\"type\":\"object\",\"properties\":{\"b\":{\"type\":\"string\"},\"a\":{\"type\":\"number\"}},"
            + "\"required\":[\"b\",\"a\"],\"additionalProperties\":false}";
    String open = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\"}}}";
    ChatRequest request =
        with(
            "\"tools\":["
                + "{\"type\":\"function\",\"name\":\"f\",\"description\":\"d\",\"parameters\":"
                + closed
                + "},{\"type\":\"function\",\"name\":\"g\",\"strict\":false,\"parameters\":"
                + closed
                + "},{\"type\":\"function\",\"name\":\"h\",\"parameters\":"
                + open
                + "},{\"type\":\"function\",\"name\":\"i\",\"strict\":true,\"parameters\":"
                + open
                + "}]");

    assertThat(request.tools()).extracting(tool -> tool.name()).containsExactly("f", "g", "h", "i");
    assertThat(request.tools())
        .extracting(tool -> tool.strict())
        .as("OpenAI makes an open schema fit; nobody else does")
        .containsExactly(true, false, null, true);
    assertThat(request.tools().get(0).description()).isEqualTo("d");
    assertThat(Sample.text(request.tools().get(0).schema())).isEqualTo(closed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"auto\" | AUTO | ",
        "\"none\" | NONE | ",
        "\"required\" | REQUIRED | ",
        "{\"type\":\"function\",\"name\":\"f\"} | REQUIRED | f",
        "{\"type\":\"allowed_tools\",\"mode\":\"auto\",\"tools\":"
            + "[{\"type\":\"function\",\"name\":\"f\"},{\"type\":\"function\",\"name\":\"g\"}]}"
            + " | AUTO | f,g",
        "{\"type\":\"allowed_tools\",\"mode\":\"required\",\"tools\":"
            + "[{\"type\":\"function\",\"name\":\"f\"}]} | REQUIRED | f",
        "null | DEFAULT | ",
      })
  void choicesAmongTools(String choice, ToolChoice.Kind kind, String names) {
    assertThat(with("\"tool_choice\":" + choice).toolChoice())
        .isEqualTo(new ToolChoice(kind, names == null ? List.of() : List.of(names.split(","))));
  }

  @Test
  void parametersThatOthersHaveToo() {
    ChatRequest request =
        with(
            """
            "max_output_tokens":300,"temperature":0.70,"top_p":0.9,"top_logprobs":3,
            "include":["message.output_text.logprobs","reasoning.encrypted_content"],
            "parallel_tool_calls":false,"stream":true,"user":"u","safety_identifier":"s",
            "prompt_cache_key":"k","service_tier":"flex","metadata":{"a":"b","c":1}\
            """);

    assertThat(request.sampling().maxTokens()).isEqualTo(300);
    assertThat(request.sampling().temperature()).isEqualTo(new BigDecimal("0.70"));
    assertThat(request.sampling().topP()).isEqualTo(new BigDecimal("0.9"));
    assertThat(request.sampling().logprobs()).isTrue();
    assertThat(request.sampling().topLogprobs()).isEqualTo(3);
    assertThat(request.parallelTools()).isFalse();
    assertThat(request.stream()).isTrue();
    assertThat(request.streamUsage()).isTrue();
    assertThat(request.user()).isEqualTo("s");
    assertThat(request.cacheKey()).isEqualTo("k");
    assertThat(request.serviceTier()).isEqualTo("flex");
    assertThat(request.metadata()).isEqualTo(Map.of("a", "b", "c", "1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"effort\":\"none\"} | OFF | | ",
        "{\"effort\":\"minimal\"} | ON | MINIMAL | ",
        "{\"effort\":\"xhigh\",\"summary\":\"auto\"} | ON | XHIGH | true",
        "{\"summary\":\"detailed\"} | DEFAULT | | true",
        "null | DEFAULT | | ",
      })
  void reasoning(String wish, Reasoning.Mode mode, Reasoning.Effort effort, Boolean shown) {
    assertThat(with("\"reasoning\":" + wish).reasoning())
        .isEqualTo(new Reasoning(mode, effort, null, shown));
  }

  @Test
  void formats() {
    assertThat(with("\"text\":{\"format\":{\"type\":\"text\"}}").format())
        .isEqualTo(OutputFormat.TEXT);
    assertThat(with("\"text\":{\"format\":{\"type\":\"json_object\"}}").format())
        .isEqualTo(OutputFormat.JSON);
    assertThat(
            with("\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"strict\":true,"
                    + "\"description\":\"d\",\"schema\":{\"type\":\"object\"}}}")
                .format())
        .isEqualTo(
            new OutputFormat(OutputFormat.Kind.SCHEMA, "n", "d", Map.of("type", "object"), true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"text\":{\"verbosity\":\"low\"} | text.verbosity",
        "\"truncation\":\"auto\" | truncation",
        "\"store\":true | store",
        "\"max_tool_calls\":3 | max_tool_calls",
        "\"seed\":1 | seed",
        "\"reasoning\":{\"effort\":\"vast\"} | reasoning.effort",
      })
  void whatHasNoPlaceIsToldOf(String member, String name) {
    Notes notes = new Notes();

    Sample.read("{\"model\":\"m\",\"input\":\"Hi\"," + member + "}", notes);

    assertThat(notes.dropped()).containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"text\":{\"verbosity\":\"medium\"}",
        "\"truncation\":\"disabled\"",
        "\"store\":false",
        "\"background\":false",
        "\"previous_response_id\":null",
        "\"include\":[\"reasoning.encrypted_content\"]",
        "\"stream_options\":{\"include_obfuscation\":false}",
        "\"service_tier\":\"auto\"",
      })
  void whatChangesNothingIsNot(String member) {
    Notes notes = new Notes();

    ChatRequest request = Sample.read("{\"model\":\"m\",\"input\":\"Hi\"," + member + "}", notes);

    assertThat(notes.dropped()).isEmpty();
    assertThat(request.bound()).isEmpty();
    assertThat(request.serviceTier()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"input\":3}", "{\"input\":[3]}", "{\"input\":[{\"role\":\"x\"}]}"})
  void whatIsNoRequestCannotBeServed(String json) {
    assertThatThrownBy(() -> Sample.read(json)).isInstanceOf(Ineligible.class);
  }

  @Test
  void membersOfAnotherKindAreNoFailure() {
    ChatRequest request =
        with(
            """
            "instructions":[],"tools":{},"tool_choice":7,"parallel_tool_calls":"x",
            "max_output_tokens":"many","temperature":{},"include":"x","reasoning":[],
            "text":{"format":[]},"metadata":[],"stream":"yes","user":{}\
            """);

    assertThat(request.toBuilder().turns).hasSize(1);
    assertThat(request.sampling().maxTokens()).isNull();
    assertThat(request.tools()).isEmpty();
    assertThat(
            items(
                    """
                    {"type":"function_call"},{"type":"function_call_output","output":{"a":1}},
                    {"role":"user","content":["Hi",{"type":"input_text","text":3},null]}\
                    """)
                .turns())
        .containsExactly(
            new Turn(Turn.Role.ASSISTANT, List.of(new Part.ToolCall("", "", "{}"))),
            new Turn(
                Turn.Role.USER,
                List.of(
                    new Part.ToolResult(
                        "", null, List.of(new Part.Text("{\"a\":1}")), false, null))),
            new Turn(Turn.Role.USER, List.of(new Part.Text("Hi"))));
  }
}
