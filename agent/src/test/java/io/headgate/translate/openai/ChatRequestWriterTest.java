// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import static io.headgate.translate.openai.ChatJson.openai;
import static io.headgate.translate.openai.ChatJson.other;
import static io.headgate.translate.openai.ChatJson.plain;
import static io.headgate.translate.openai.ChatJson.traits;
import static io.headgate.translate.openai.ChatJson.written;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatRequestWriterTest {

  private static final Part.Image PICTURE =
      new Part.Image(new Media(Media.Kind.BASE64, "QUJD", "image/png"), null, null);

  private static final Map<String, Object> OPEN =
      Map.of("type", "object", "properties", Map.of("a", Map.of("type", "string")));

  private static final Map<String, Object> CLOSED =
      Map.of(
          "type",
          "object",
          "properties",
          Map.of("a", Map.of("type", "string")),
          "required",
          List.of("a"),
          "additionalProperties",
          false);

  private static ChatRequest of(Consumer<ChatRequest.Builder> say) {
    ChatRequest.Builder builder = ChatRequest.builder();
    builder.model = "m";
    say.accept(builder);
    return builder.build();
  }

  private static Turn user(Part... parts) {
    return new Turn(Turn.Role.USER, List.of(parts));
  }

  private static Turn assistant(Part... parts) {
    return new Turn(Turn.Role.ASSISTANT, List.of(parts));
  }

  private static Part.ToolResult result(String id, boolean error, Part... parts) {
    return new Part.ToolResult(id, null, List.of(parts), error, null);
  }

  private static void messages(Traits traits, List<Turn> turns, String expected) {
    Object messages = written(of(chat -> chat.turns = turns), traits).get("messages");
    assertThat(plain(messages)).isEqualTo(plain(expected));
  }

  @Test
  void instructionsAreOneMessageOfTheRoleTheModelKnows() {
    ChatRequest request = of(chat -> chat.system = List.of(new Part.Text("a"), new Part.Text("b")));
    assertThat(plain(written(request, openai()).get("messages")))
        .isEqualTo(plain("[{\"role\":\"developer\",\"content\":\"a\\nb\"}]"));
    assertThat(plain(written(request, other()).get("messages")))
        .isEqualTo(plain("[{\"role\":\"system\",\"content\":\"a\\nb\"}]"));
  }

  @Test
  void resultsComeFirstOneMessageEachThenTheRest() {
    messages(
        openai(),
        List.of(
            user(
                result("c1", false, new Part.Text("one")),
                result("c2", true, new Part.Text("two")),
                new Part.Text("and?"))),
        """
        [{"role":"tool","tool_call_id":"c1","content":"one"},
         {"role":"tool","tool_call_id":"c2","content":"Error: two"},
         {"role":"user","content":"and?"}]
        """);
  }

  @Test
  void aPictureInAResultGoesIntoTheMessageThatFollows() {
    messages(
        openai(),
        List.of(
            user(
                result("c1", false, new Part.Text("here"), PICTURE),
                result("c2", false, PICTURE),
                new Part.Text("and?"))),
        """
        [{"role":"tool","tool_call_id":"c1","content":"here"},
         {"role":"tool","tool_call_id":"c2",
          "content":"The result is in the message that follows."},
         {"role":"user","content":[
           {"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD"}},
           {"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD"}},
           {"type":"text","text":"and?"}]}]
        """);
  }

  @Test
  void aPictureStaysInTheResultWhereThatIsPossible() {
    messages(
        other(Traits.Feature.TOOL_RESULT_IMAGES),
        List.of(user(result("c1", false, new Part.Text("here"), PICTURE))),
        """
        [{"role":"tool","tool_call_id":"c1","content":[{"type":"text","text":"here"},
           {"type":"image_url","image_url":{"url":"data:image/png;base64,QUJD"}}]}]
        """);
  }

  @Test
  void aMessageThatOnlyCallsToolsHasNullContent() {
    messages(
        openai(),
        List.of(assistant(new Part.ToolCall("c1", "f", ""))),
        """
        [{"role":"assistant","content":null,"tool_calls":[
          {"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]}]
        """);
  }

  @Test
  void textsOfAnAnswerBecomeOne() {
    messages(
        openai(),
        List.of(assistant(new Part.Text("a "), new Part.Text("b"))),
        "[{\"role\":\"assistant\",\"content\":\"a b\"}]");
  }

  @Test
  void aRefusalIsAMemberAtOpenAiAndTextElsewhere() {
    List<Turn> turns = List.of(assistant(new Part.Refusal("no")));
    messages(openai(), turns, "[{\"role\":\"assistant\",\"content\":null,\"refusal\":\"no\"}]");
    messages(other(), turns, "[{\"role\":\"assistant\",\"content\":\"no\"}]");
  }

  @Test
  void thoughtsGoBackOnlyToWhoWantsThemAndWhereTheyWantThem() {
    List<Turn> turns =
        List.of(
            assistant(
                new Part.Thinking("hm", null, null, Maker.OTHER),
                new Part.Thinking("x", "s", null, Maker.ANTHROPIC),
                new Part.Text("yes")));
    messages(openai(), turns, "[{\"role\":\"assistant\",\"content\":\"yes\"}]");
    messages(
        other(),
        turns,
        "[{\"role\":\"assistant\",\"content\":\"yes\",\"reasoning_content\":\"hm\"}]");
    messages(
        traits(Maker.OTHER, Set.of(), Map.of("reasoning_content", "reasoning")),
        turns,
        "[{\"role\":\"assistant\",\"content\":\"yes\",\"reasoning\":\"hm\"}]");
    messages(
        traits(Maker.OTHER, Set.of(), Map.of("reasoning_content", "thinking")),
        turns,
        """
        [{"role":"assistant","content":[
          {"type":"thinking","thinking":[{"type":"text","text":"hm"}]},
          {"type":"text","text":"yes"}]}]
        """);
    messages(
        traits(Maker.OTHER, Set.of(), Map.of("reasoning_content", "")),
        turns,
        "[{\"role\":\"assistant\",\"content\":\"yes\"}]");
  }

  @Test
  void geminisSignatureGoesBackToGoogleOnly() {
    List<Turn> turns = List.of(assistant(new Part.ToolCall("c", "f", "{}", "sig", null)));
    messages(
        traits(Maker.GOOGLE, Set.of(), Map.of()),
        turns,
        """
        [{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function",
          "function":{"name":"f","arguments":"{}"},
          "extra_content":{"google":{"thought_signature":"sig"}}}]}]
        """);
    assertThat(ChatJson.json(written(of(chat -> chat.turns = turns), openai())))
        .doesNotContain("sig");
  }

  @Test
  void documentsSoundAndPicturesAreParts() {
    messages(
        openai(),
        List.of(
            user(
                new Part.Document(
                    new Media(Media.Kind.BASE64, "QUJD", "application/pdf"), "a.pdf", null),
                new Part.Document(
                    new Media(Media.Kind.BASE64, "QUJD", "application/pdf"), null, null),
                new Part.Document(new Media(Media.Kind.TEXT, "plain", null), "t", null),
                new Part.Document(new Media(Media.Kind.BASE64, "QUJD", "text/csv"), null, null),
                new Part.Audio(new Media(Media.Kind.BASE64, "QUJD", "audio/mpeg")),
                new Part.Image(new Media(Media.Kind.URL, "https://x/y", null), "high", null),
                new Part.Image(new Media(Media.Kind.BASE64, "/9j/AAAA", null), null, null))),
        """
        [{"role":"user","content":[
          {"type":"file","file":{"filename":"a.pdf",
            "file_data":"data:application/pdf;base64,QUJD"}},
          {"type":"file","file":{"filename":"document.pdf",
            "file_data":"data:application/pdf;base64,QUJD"}},
          {"type":"text","text":"t\\nplain"},
          {"type":"text","text":"ABC"},
          {"type":"input_audio","input_audio":{"data":"QUJD","format":"mp3"}},
          {"type":"image_url","image_url":{"url":"https://x/y","detail":"high"}},
          {"type":"image_url","image_url":{"url":"data:image/jpeg;base64,/9j/AAAA"}}]}]
        """);
  }

  @Test
  void aFileOfAnotherProvidersCannotBeSent() {
    Part file = new Part.Image(new Media(Media.Kind.FILE_ID, "f1", null), null, null);
    assertThatThrownBy(() -> written(of(chat -> chat.turns = List.of(user(file))), openai()))
        .isInstanceOf(Ineligible.class);
  }

  @Test
  void cacheMarksAreWrittenOnlyWhereTheyAreKnown() {
    Part marked = new Part.Text("a", new CacheMark(true), List.of());
    ChatRequest request =
        of(
            chat -> {
              chat.system = List.of(marked);
              chat.turns = List.of(user(marked));
              chat.tools = List.of(new Tool("f", null, null, null, new CacheMark(false)));
            });
    Map<String, Object> known = written(request, other(Traits.Feature.CACHE_MARKS));
    String parts =
        """
        [{"type":"text","text":"a","cache_control":{"type":"ephemeral","ttl":"1h"}}]
        """;
    assertThat(plain(known.get("messages")))
        .isEqualTo(
            plain(
                "[{\"role\":\"system\",\"content\":"
                    + parts
                    + "},{\"role\":\"user\",\"content\":"
                    + parts
                    + "}]"));
    assertThat(ChatJson.json(known.get("tools"))).contains("\"cache_control\"");
    Notes notes = new Notes();
    assertThat(ChatJson.json(written(request, openai(), notes))).doesNotContain("cache_control");
    assertThat(notes.dropped()).containsExactly("cache_control");
  }

  @Test
  void parametersHaveTheNamesOfTheProvider() {
    Sampling.Builder sampling = Sampling.builder();
    sampling.maxTokens = 5L;
    sampling.temperature = new BigDecimal("0.70");
    sampling.topP = new BigDecimal("0.9");
    sampling.topK = 3L;
    sampling.stop = List.of("x");
    sampling.seed = 7L;
    sampling.frequencyPenalty = BigDecimal.ONE;
    sampling.presencePenalty = BigDecimal.ZERO;
    sampling.choices = 2L;
    sampling.topLogprobs = 1L;
    sampling.logitBias = Map.of("2", BigDecimal.ONE, "1", BigDecimal.TEN);
    ChatRequest request = of(chat -> chat.sampling = sampling.build());
    Notes notes = new Notes();
    assertThat(plain(written(request, openai(), notes)))
        .isEqualTo(
            plain(
                """
                {"model":"m","messages":[],"max_completion_tokens":5,"temperature":0.70,
                 "top_p":0.9,"stop":["x"],"seed":7,"frequency_penalty":1,"presence_penalty":0,
                 "n":2,"logprobs":true,"top_logprobs":1,"logit_bias":{"1":10,"2":1}}
                """));
    assertThat(notes.dropped()).containsExactly("top_k");
    Traits mistral =
        traits(Maker.OTHER, Set.of(Traits.Feature.TOP_K), Map.of("seed", "random_seed"));
    assertThat(written(request, mistral))
        .containsEntry("max_tokens", 5L)
        .containsEntry("random_seed", 7L)
        .containsEntry("top_k", 3L)
        .doesNotContainKeys("seed", "max_completion_tokens");
  }

  @Test
  void usageIsAlwaysAskedForWhereItCanBe() {
    ChatRequest request = of(chat -> chat.stream = true);
    assertThat(plain(written(request, openai())))
        .isEqualTo(
            plain(
                """
                {"model":"m","messages":[],"stream":true,"stream_options":{"include_usage":true}}
                """));
    assertThat(written(request, other())).containsEntry("stream", true).hasSize(3);
    assertThat(written(of(chat -> {}), openai())).doesNotContainKey("stream");
  }

  @Test
  void aSchemaWithoutANameGetsOne() {
    ChatRequest request =
        of(
            chat ->
                chat.format = new OutputFormat(OutputFormat.Kind.SCHEMA, null, null, CLOSED, true));
    assertThat(ChatJson.json(written(request, openai()).get("response_format")))
        .contains("\"name\":\"structured_output\"")
        .contains("\"strict\":true");
    assertThat(
            written(of(chat -> chat.format = OutputFormat.JSON), openai()).get("response_format"))
        .isEqualTo(Map.of("type", "json_object"));
  }

  @Test
  void aSchemaThatOpenAiWouldRefuseAsStrictIsNotSentAsStrict() {
    ChatRequest request =
        of(
            chat -> {
              chat.tools =
                  List.of(
                      new Tool("f", null, OPEN, true, null),
                      new Tool("g", null, CLOSED, true, null));
              chat.format =
                  new OutputFormat(
                      OutputFormat.Kind.SCHEMA,
                      "my name!",
                      null,
                      Map.of("type", "array", "items", OPEN),
                      true);
            });
    Map<String, Object> body = written(request, openai());
    assertThat(ChatJson.json(body.get("response_format")))
        .contains("\"strict\":false")
        .contains("\"name\":\"my_name_\"");
    String tools = ChatJson.json(body.get("tools"));
    assertThat(tools).containsSubsequence("\"f\"", "\"strict\":false", "\"g\"", "\"strict\":true");
    assertThat(ChatJson.json(written(request, other()).get("tools"))).doesNotContain("strict");
  }

  @Test
  void schemasSayThatTheyAreObjects() {
    ChatRequest request =
        of(
            chat ->
                chat.tools =
                    List.of(
                        new Tool("f", "d", Map.of("description", "x"), null, null),
                        new Tool("g", null, null, null, null)));
    assertThat(plain(written(request, other()).get("tools")))
        .isEqualTo(
            plain(
                """
                [{"type":"function","function":{"name":"f","description":"d",
                   "parameters":{"type":"object","description":"x","properties":{}}}},
                 {"type":"function","function":{"name":"g",
                   "parameters":{"type":"object","properties":{}}}}]
                """));
  }

  private static Map<String, Object> choosing(ToolChoice choice, Traits traits) {
    return written(
        of(
            chat -> {
              chat.tools =
                  List.of(
                      new Tool("f", null, null, null, null), new Tool("g", null, null, null, null));
              chat.toolChoice = choice;
              chat.parallelTools = false;
            }),
        traits);
  }

  @Test
  void everyToolChoiceIsSaid() {
    assertThat(choosing(ToolChoice.DEFAULT, openai())).doesNotContainKey("tool_choice");
    assertThat(choosing(ToolChoice.AUTO, openai())).containsEntry("tool_choice", "auto");
    ToolChoice none = new ToolChoice(ToolChoice.Kind.NONE, List.of());
    assertThat(choosing(none, openai())).containsEntry("tool_choice", "none");
    ToolChoice required = new ToolChoice(ToolChoice.Kind.REQUIRED, List.of());
    assertThat(choosing(required, openai())).containsEntry("tool_choice", "required");
    assertThat(choosing(required, traits(Maker.OTHER, Set.of(), Map.of("required", "any"))))
        .containsEntry("tool_choice", "any")
        .containsEntry("parallel_tool_calls", false);
    assertThat(plain(choosing(ToolChoice.named("g"), openai()).get("tool_choice")))
        .isEqualTo(plain("{\"type\":\"function\",\"function\":{\"name\":\"g\"}}"));
  }

  @Test
  void aChoiceAmongSomeIsSaidToOpenAiAndMadeForOthers() {
    ToolChoice some = new ToolChoice(ToolChoice.Kind.AUTO, List.of("g"));
    assertThat(plain(choosing(some, openai()).get("tool_choice")))
        .isEqualTo(
            plain(
                """
                {"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[
                  {"type":"function","function":{"name":"g"}}]}}
                """));
    Map<String, Object> others = choosing(some, other());
    assertThat(others).containsEntry("tool_choice", "auto");
    assertThat((List<?>) others.get("tools")).hasSize(1);
  }

  @Test
  void aChoiceWithoutToolsIsNotSaid() {
    ChatRequest request =
        of(
            chat -> {
              chat.toolChoice = ToolChoice.AUTO;
              chat.parallelTools = true;
            });
    assertThat(written(request, openai())).containsOnlyKeys("model", "messages");
  }

  @ParameterizedTest
  @CsvSource({
    "HIGH, , , high",
    "MAX, , low medium high, high",
    "MINIMAL, , low medium high, low",
    "MEDIUM, , low high, high",
    "XHIGH, , none low xhigh, xhigh",
    ", 1500, , low",
    ", 2048, , medium",
    ", 8192, , high",
    ", , , ",
    "HIGH, , default none, ",
  })
  void effortIsTheNearestWordThatTheModelKnows(
      Reasoning.Effort effort, Long budget, String known, String word) {
    Set<String> words = known == null ? Set.of() : Set.of(known.split(" "));
    ChatRequest request =
        of(chat -> chat.reasoning = new Reasoning(Reasoning.Mode.ON, effort, budget, null));
    assertThat(written(request, thinking(Traits.ReasoningStyle.EFFORT, words)))
        .isEqualTo(
            word == null
                ? Map.of("model", "m", "messages", List.of())
                : Map.of("model", "m", "messages", List.of(), "reasoning_effort", word));
  }

  @Test
  void thoughtIsTurnedOffWhereThatIsPossibleAndElseKeptLow() {
    ChatRequest request = of(chat -> chat.reasoning = Reasoning.OFF);
    assertThat(written(request, openai())).containsEntry("reasoning_effort", "none");
    Notes notes = new Notes();
    Traits low = thinking(Traits.ReasoningStyle.EFFORT, Set.of("low", "high"));
    assertThat(written(request, low, notes)).containsEntry("reasoning_effort", "low");
    assertThat(notes.changed()).containsExactly("reasoning_effort none->low");
    assertThat(written(request, thinking(Traits.ReasoningStyle.NONE, Set.of())))
        .doesNotContainKey("reasoning_effort");
  }

  private static Traits thinking(Traits.ReasoningStyle style, Set<String> efforts) {
    return new Traits(
        "someone",
        "m",
        Maker.OTHER,
        -1,
        -1,
        style,
        efforts,
        Set.of(),
        2,
        4,
        Traits.IdRule.ANY,
        64,
        Map.of());
  }

  @Test
  void whoAsksAndWhatItIsForIsSaidWhereItCanBe() {
    ChatRequest request =
        of(
            chat -> {
              chat.user = "u";
              chat.cacheKey = "k";
              chat.serviceTier = "standard_only";
              chat.metadata = Map.of("b", "1", "a", "2");
            });
    Notes notes = new Notes();
    assertThat(written(request, openai(), notes))
        .containsEntry("user", "u")
        .containsEntry("prompt_cache_key", "k")
        .containsEntry("service_tier", "default")
        .doesNotContainKey("metadata");
    assertThat(notes.dropped()).containsExactly("metadata");
    assertThat(ChatJson.json(written(request, other(Traits.Feature.METADATA)).get("metadata")))
        .isEqualTo("{\"a\":\"2\",\"b\":\"1\"}");
  }
}
