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
import io.headgate.chat.Sampling;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.Turn;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResponsesRequestWriterTest {

  private static final Media PNG = new Media(Media.Kind.BASE64, "AAAA", "image/png");

  private final Notes notes = new Notes();

  private static ChatRequest.Builder hi() {
    return said(Turn.Role.USER, new Part.Text("Hi"));
  }

  private static ChatRequest.Builder said(Turn.Role role, Part... parts) {
    ChatRequest.Builder request = ChatRequest.builder();
    request.model = "gpt-test";
    request.turns = List.of(new Turn(role, List.of(parts)));
    return request;
  }

  private String written(ChatRequest.Builder request, String member) {
    return Sample.text(Sample.DIALECT.request(request.build(), Sample.TRAITS, notes).get(member));
  }

  private String input(Turn.Role role, Part... parts) {
    return written(said(role, parts), "input");
  }

  private static String same(String json) {
    return Sample.compact(json);
  }

  @Test
  void theLeastThatIsAsked() {
    assertThat(Sample.text(Sample.write(hi().build())))
        .isEqualTo(
            same(
                """
                {"model":"gpt-test","input":[{"type":"message","role":"user","content":[
                  {"type":"input_text","text":"Hi"}]}],"store":false}\
                """));
  }

  @Test
  void systemPartsAreInstructions() {
    ChatRequest.Builder request = hi();
    request.system = List.of(new Part.Text("One"), new Part.Text("Two"));

    assertThat(written(request, "instructions")).isEqualTo("\"One\\nTwo\"");
  }

  @Test
  void instructionsInTheMiddleStayThere() {
    assertThat(input(Turn.Role.SYSTEM, new Part.Text("Be")))
        .isEqualTo(
            same(
                """
                [{"type":"message","role":"developer","content":[
                  {"type":"input_text","text":"Be"}]}]\
                """));
  }

  @Test
  void resultsAreItemsAndTheRestIsAMessage() {
    assertThat(
            input(
                Turn.Role.USER,
                new Part.ToolResult("c1", null, List.of(new Part.Text("42")), false, null),
                new Part.ToolResult("c2", null, List.of(new Part.Text("Boom")), true, null),
                new Part.ToolResult("c3", null, List.of(), false, null),
                new Part.ToolResult(
                    "c4",
                    null,
                    List.of(new Part.Text("See"), new Part.Image(PNG, null, null)),
                    true,
                    null),
                new Part.Text("Go on")))
        .isEqualTo(
            same(
                """
                [{"type":"function_call_output","call_id":"c1","output":"42"},
                 {"type":"function_call_output","call_id":"c2","output":"Error: Boom"},
                 {"type":"function_call_output","call_id":"c3","output":""},
                 {"type":"function_call_output","call_id":"c4","output":[
                   {"type":"input_text","text":"Error: See"},
                   {"type":"input_image","image_url":"data:image/png;base64,AAAA","detail":"auto"}]},
                 {"type":"message","role":"user","content":[
                   {"type":"input_text","text":"Go on"}]}]\
                """));
  }

  @Test
  void whatTheModelSaidAreItemsInTheirOrder() {
    assertThat(
            input(
                Turn.Role.ASSISTANT,
                new Part.Thinking("Hm", null, "zzz", Maker.OPENAI),
                new Part.Text("A"),
                new Part.Refusal("No"),
                new Part.ToolCall("c1", "f", "{\"a\":1}"),
                new Part.ToolCall("c2", "g", " ")))
        .isEqualTo(
            same(
                """
                [{"type":"reasoning","summary":[{"type":"summary_text","text":"Hm"}],
                  "encrypted_content":"zzz"},
                 {"type":"message","role":"assistant","content":[
                  {"type":"output_text","text":"A","annotations":[]},
                  {"type":"refusal","refusal":"No"}]},
                 {"type":"function_call","call_id":"c1","name":"f","arguments":"{\\"a\\":1}"},
                 {"type":"function_call","call_id":"c2","name":"g","arguments":"{}"}]\
                """));
    assertThat(notes.dropped()).isEmpty();
  }

  @Test
  void thoughtsOfOthersAreLeftOutAndSoAreThoseThatLedNowhere() {
    assertThat(
            input(
                Turn.Role.ASSISTANT,
                new Part.Thinking("Hm", "sig", null, Maker.ANTHROPIC),
                new Part.Thinking("Hm", null, null, Maker.OPENAI),
                new Part.Text("A"),
                new Part.Thinking("Hm", null, "zzz", Maker.OPENAI)))
        .doesNotContain("reasoning", "Hm");
    assertThat(notes.dropped()).containsExactly("thinking");
  }

  @Test
  void picturesAndDocuments() {
    assertThat(
            input(
                Turn.Role.USER,
                new Part.Image(new Media(Media.Kind.URL, "https://a/b.png", null), "low", null),
                new Part.Document(
                    new Media(Media.Kind.BASE64, "AAAA", "application/pdf"), "My report", null),
                new Part.Document(new Media(Media.Kind.URL, "https://a/b.pdf", null), null, null),
                new Part.Document(new Media(Media.Kind.TEXT, "Hi", "text/plain"), null, null)))
        .isEqualTo(
            same(
                """
                [{"type":"message","role":"user","content":[
                  {"type":"input_image","image_url":"https://a/b.png","detail":"low"},
                  {"type":"input_file","filename":"My report.pdf",
                   "file_data":"data:application/pdf;base64,AAAA"},
                  {"type":"input_file","file_url":"https://a/b.pdf"},
                  {"type":"input_file","filename":"document.txt",
                   "file_data":"data:text/plain;base64,SGk="}]}]\
                """));
  }

  @Test
  void soundAndFilmsCannotBeSaid() {
    for (Part part : List.of(new Part.Audio(PNG), new Part.Video(PNG))) {
      assertThatThrownBy(() -> input(Turn.Role.USER, part)).isInstanceOf(Ineligible.class);
    }
  }

  @Test
  void marksOfTheCacheAreWrittenWhereTheModelKnowsThem() {
    ChatRequest.Builder request =
        said(Turn.Role.USER, new Part.Text("Hi", new CacheMark(false), List.of()));
    request.system = List.of(new Part.Text("Be", new CacheMark(false), List.of()));
    Traits traits = Sample.TRAITS;
    Traits marking =
        new Traits(
            traits.provider(),
            traits.model(),
            traits.maker(),
            -1,
            -1,
            traits.reasoning(),
            traits.efforts(),
            Set.of(Traits.Feature.CACHE_MARKS),
            2,
            0,
            traits.ids(),
            64,
            Map.of());

    assertThat(Sample.text(Sample.DIALECT.request(request.build(), marking, notes)))
        .isEqualTo(
            same(
                """
                {"model":"gpt-test","input":[
                 {"type":"message","role":"system","content":[{"type":"input_text","text":"Be",
                  "prompt_cache_breakpoint":{"mode":"explicit"}}]},
                 {"type":"message","role":"user","content":[{"type":"input_text","text":"Hi",
                  "prompt_cache_breakpoint":{"mode":"explicit"}}]}],"store":false}\
                """));
    assertThat(notes.dropped()).isEmpty();
    assertThat(Sample.text(Sample.DIALECT.request(request.build(), traits, notes)))
        .contains("\"instructions\":\"Be\"")
        .doesNotContain("breakpoint");
    assertThat(notes.dropped()).containsExactly("cache_control");
  }

  @Test
  void toolsAreFlatAndStrictOnlyIfAskedFor() {
    Map<String, @Nullable Object> closed =
        Sample.json("{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}");
    Map<String, @Nullable Object> open = Sample.json("{\"z\":1,\"type\":\"object\",\"a\":2}");
    ChatRequest.Builder request = hi();
    request.tools =
        List.of(
            new Tool("f", "d", closed, true, null),
            new Tool("g", null, open, null, null),
            new Tool("h", null, open, true, null),
            new Tool("i", null, null, true, null));
    request.parallelTools = false;
    request.toolChoice = ToolChoice.named("f");

    assertThat(written(request, "tools"))
        .isEqualTo(
            same(
                """
                [{"type":"function","name":"f","description":"d","parameters":{"type":"object",
                  "properties":{},"additionalProperties":false},"strict":true},
                 {"type":"function","name":"g","parameters":{"z":1,"type":"object","a":2},
                  "strict":false},
                 {"type":"function","name":"h","parameters":{"z":1,"type":"object","a":2},
                  "strict":false},
                 {"type":"function","name":"i","parameters":{"type":"object","properties":{}},
                  "strict":false}]\
                """));
    assertThat(notes.changed()).containsExactly("strict true->false");
    assertThat(written(request, "parallel_tool_calls")).isEqualTo("false");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DEFAULT | | null",
        "AUTO | | \"auto\"",
        "REQUIRED | | \"required\"",
        "NONE | | \"none\"",
        "REQUIRED | f | {\"type\":\"function\",\"name\":\"f\"}",
        "REQUIRED | f,g | {\"type\":\"allowed_tools\",\"mode\":\"required\",\"tools\":"
            + "[{\"type\":\"function\",\"name\":\"f\"},{\"type\":\"function\",\"name\":\"g\"}]}",
        "AUTO | f | {\"type\":\"allowed_tools\",\"mode\":\"auto\",\"tools\":"
            + "[{\"type\":\"function\",\"name\":\"f\"}]}",
      })
  void choicesAmongTools(ToolChoice.Kind kind, String names, String choice) {
    ChatRequest.Builder request = hi();
    request.toolChoice =
        new ToolChoice(kind, names == null ? List.of() : List.of(names.split(",")));
    assertThat(written(request, "tool_choice")).as("without tools").isEqualTo("null");
    request.tools = List.of(new Tool("f", null, null, null, null));

    assertThat(written(request, "tool_choice")).isEqualTo(choice);
  }

  @Test
  void parametersThatThisFormatHas() {
    ChatRequest.Builder request = hi();
    Sampling.Builder sampling = Sampling.builder();
    sampling.maxTokens = 300L;
    sampling.temperature = new BigDecimal("0.70");
    sampling.topP = new BigDecimal("0.9");
    sampling.logprobs = true;
    sampling.topLogprobs = 3L;
    request.sampling = sampling.build();
    request.stream = true;
    request.user = "u";
    request.cacheKey = "k";
    request.serviceTier = "priority";
    request.metadata = Map.of("b", "2", "a", "1");

    assertThat(Sample.text(Sample.write(request.build())))
        .endsWith(
            same("""
            {"max_output_tokens":300,"temperature":0.70,"top_p":0.9,"top_logprobs":3,
             "user":"u","prompt_cache_key":"k","service_tier":"priority",
             "metadata":{"a":"1","b":"2"},"include":["message.output_text.logprobs"],
             "store":false,"stream":true}\
            """)
                .substring(1));
  }

  @Test
  void parametersThatItHasNot() {
    ChatRequest.Builder request = hi();
    Sampling.Builder sampling = Sampling.builder();
    sampling.maxTokens = 5L;
    sampling.topK = 3L;
    sampling.stop = List.of("x");
    sampling.seed = 1L;
    sampling.frequencyPenalty = BigDecimal.ONE;
    sampling.presencePenalty = new BigDecimal("0.0");
    sampling.choices = 2L;
    sampling.logitBias = Map.of("1", BigDecimal.TEN);
    request.sampling = sampling.build();
    request.serviceTier = "standard_only";

    assertThat(Sample.text(Sample.DIALECT.request(request.build(), Sample.TRAITS, notes)))
        .endsWith("\"max_output_tokens\":16,\"store\":false}");
    assertThat(notes.dropped())
        .containsExactly(
            "top_k", "stop", "seed", "frequency_penalty", "n", "logit_bias", "service_tier");
    assertThat(notes.changed()).containsExactly("max_tokens 5->16");
  }

  @Test
  void aSchemaIsAFormatWithAName() {
    ChatRequest.Builder request = hi();
    Map<String, @Nullable Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    request.format = new OutputFormat(OutputFormat.Kind.SCHEMA, null, null, schema, true);
    assertThat(written(request, "text"))
        .isEqualTo(
            same(
                """
                {"format":{"type":"json_schema","name":"structured_output","schema":
                  {"type":"object","additionalProperties":false},"strict":true}}\
                """));

    request.format =
        new OutputFormat(OutputFormat.Kind.SCHEMA, "my name", "d", Map.of("type", "object"), true);
    assertThat(written(request, "text"))
        .isEqualTo(
            same(
                """
                {"format":{"type":"json_schema","name":"my_name","description":"d",
                  "schema":{"type":"object"},"strict":false}}\
                """));
  }

  @Test
  void theWordJsonIsInEveryRequestForJson() {
    ChatRequest.Builder request = hi();
    request.format = OutputFormat.JSON;
    assertThat(written(request, "text")).isEqualTo("{\"format\":{\"type\":\"json_object\"}}");
    assertThat(written(request, "input")).contains("Answer with a JSON object.");

    request = said(Turn.Role.USER, new Part.Text("As Json, please"));
    request.format = OutputFormat.JSON;
    assertThat(written(request, "input")).doesNotContain("Answer with");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ON | HIGH | | low,medium,high | high",
        "ON | MAX | | low,medium,high | high",
        "ON | MINIMAL | | low,medium,high | low",
        "ON | XHIGH | | high,max | high",
        "ON | XHIGH | | | xhigh",
        "ON | | 1024 | low,medium,high | low",
        "ON | | 4096 | low,medium,high | medium",
        "ON | | 16384 | low,medium,high | high",
        "ON | | | low,medium,high | ",
        "OFF | | | none,low,medium | none",
        "OFF | | | low,medium | ",
        "DEFAULT | | | low,medium | ",
      })
  void effortIsTheNearestThatTheModelKnows(
      Reasoning.Mode mode, Reasoning.Effort effort, Long budget, String known, String word) {
    ChatRequest.Builder request = hi();
    request.reasoning = new Reasoning(mode, effort, budget, null);
    Traits traits =
        Sample.traits(
            Traits.ReasoningStyle.EFFORT, known == null ? new String[0] : known.split(","));

    Map<String, @Nullable Object> body = Sample.DIALECT.request(request.build(), traits, notes);

    assertThat(Sample.text(body.get("reasoning")))
        .isEqualTo(word == null ? "null" : "{\"effort\":\"" + word + "\"}");
    assertThat(Sample.text(body.get("include"))).isEqualTo("[\"reasoning.encrypted_content\"]");
    assertThat(body.get("store")).isEqualTo(false);
  }

  @Test
  void thoughtsAreAskedForAsASummary() {
    ChatRequest.Builder request = hi();
    request.reasoning = new Reasoning(Reasoning.Mode.ON, Reasoning.Effort.LOW, null, true);

    assertThat(
            Sample.text(
                Sample.DIALECT
                    .request(
                        request.build(), Sample.traits(Traits.ReasoningStyle.EFFORT, "low"), notes)
                    .get("reasoning")))
        .isEqualTo("{\"effort\":\"low\",\"summary\":\"auto\"}");
    assertThat(written(request, "reasoning")).as("a model that does not think").isEqualTo("null");
    assertThat(notes.dropped()).containsExactly("thinking");
  }

  @ParameterizedTest
  @EnumSource(Turn.Role.class)
  void whatHasNoCounterpartIsLeftOut(Turn.Role role) {
    assertThat(input(role, new Part.Foreign("web_search_call"))).isEqualTo("[]");
    assertThat(notes.dropped()).containsExactly("web_search_call");
  }

  @Test
  void whatIsReadIsWrittenAgain() {
    String request =
        same("""
        {"model":"m","instructions":"Be","input":[
          {"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"},
           {"type":"input_image","image_url":"https://a/b.png","detail":"high"}]},
          {"type":"message","role":"assistant","content":[
           {"type":"output_text","text":"A","annotations":[]}]},
          {"type":"function_call","call_id":"c","name":"f","arguments":"{\\"a\\":1}"},
          {"type":"function_call_output","call_id":"c","output":"42"},
          {"type":"message","role":"developer","content":[{"type":"input_text","text":"B"}]}],
         "tools":[{"type":"function","name":"f","description":"d","parameters":
           {"type":"object","properties":{"a":{"type":"number"}},"required":["a"],
            "additionalProperties":false},"strict":true}],
         "tool_choice":"auto","parallel_tool_calls":true,"max_output_tokens":100,
         "temperature":0.50,"text":{"format":{"type":"json_object"}},"user":"u",
         "service_tier":"flex","metadata":{"a":"b"},"store":false,"stream":true}\
        """)
            .replace("\"text\":\"Hi\"", "\"text\":\"Hi, json\"");

    assertThat(Sample.text(Sample.write(Sample.read(request)))).isEqualTo(request);
  }
}
