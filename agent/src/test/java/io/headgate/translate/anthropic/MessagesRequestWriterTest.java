// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.chat.Sampling;
import io.headgate.chat.Turn;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import io.headgate.translate.Traits.Feature;
import io.headgate.translate.Traits.ReasoningStyle;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesRequestWriterTest {

  private final Notes notes = new Notes();

  @Test
  void aPlainRequestHasModelAndLimit() {
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    request.system = List.of(new Part.Text("Be brief."), new Part.Text(" "));
    request.stream = true;
    assertThat(Trees.json(write(request)))
        .isEqualTo(
            Trees.line(
                """
                {"model":"claude-sonnet-4-5","stream":true,"max_tokens":64000,
                 "system":[{"type":"text","text":"Be brief."}],
                 "messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}]}
                """));
    assertThat(notes.dropped()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onVertexTheModelIsInThePathButTheStreamIsNot(boolean stream) {
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    request.stream = stream;
    Map<String, @Nullable Object> body =
        Trees.DIALECT.request(
            request.build(), Trees.traits("vertex", ReasoningStyle.BUDGET), notes);
    assertThat(body).doesNotContainKey("model");
    assertThat(body.get("stream")).isEqualTo(stream ? true : null);
    assertThat(body).containsEntry("anthropic_version", "vertex-2023-10-16");
  }

  @Test
  void theLimitIsTheAppsOrTheModelsOrSmall() {
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    request.sampling = sampling().build();
    assertThat(write(request)).containsEntry("max_tokens", 64_000L);
    Sampling.Builder limited = sampling();
    limited.maxTokens = 7L;
    request.sampling = limited.build();
    assertThat(write(request)).containsEntry("max_tokens", 7L);
    Traits known = Trees.traits(ReasoningStyle.NONE);
    Traits unknown =
        new Traits(
            known.provider(),
            known.model(),
            known.maker(),
            -1,
            -1,
            known.reasoning(),
            known.efforts(),
            known.can(),
            1,
            100,
            known.ids(),
            64,
            Map.of());
    assertThat(Trees.DIALECT.request(Trees.ask(new Part.Text("Hi")).build(), unknown, notes))
        .containsEntry("max_tokens", 4096L);
  }

  @Test
  void samplingIsWritten() {
    Sampling.Builder sampling = sampling();
    sampling.temperature = new BigDecimal("0.70");
    sampling.topP = new BigDecimal("0.9");
    sampling.topK = 40L;
    sampling.stop = List.of("END", "\n", " ");
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    request.sampling = sampling.build();
    Map<String, @Nullable Object> body = write(request);
    assertThat(body)
        .containsEntry("temperature", new BigDecimal("0.70"))
        .containsEntry("top_p", new BigDecimal("0.9"))
        .containsEntry("top_k", 40L)
        .containsEntry("stop_sequences", List.of("END"));
    assertThat(notes.dropped()).containsExactly("stop");
  }

  @Test
  void temperatureAndTopPGoTogetherOnlyWhereTheyMay() {
    Sampling.Builder sampling = sampling();
    sampling.temperature = new BigDecimal("0.5");
    sampling.topP = new BigDecimal("0.9");
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    request.sampling = sampling.build();
    Traits traits = Trees.traits(ReasoningStyle.BUDGET, Feature.TOP_P_WITH_TEMPERATURE);
    Map<String, @Nullable Object> body = Trees.DIALECT.request(request.build(), traits, notes);
    assertThat(body).containsKey("temperature").doesNotContainKey("top_p");
    assertThat(notes.dropped()).containsExactly("top_p");
  }

  @Test
  void whatClaudeHasNoPlaceForIsNoted() {
    Sampling.Builder sampling = sampling();
    sampling.seed = 1L;
    sampling.frequencyPenalty = BigDecimal.ONE;
    sampling.presencePenalty = new BigDecimal("0.0");
    sampling.choices = 2L;
    sampling.logprobs = true;
    sampling.logitBias = Map.of("1", BigDecimal.ONE);
    ChatRequest.Builder request =
        Trees.ask(
            new Part.Image(new Media(Media.Kind.URL, "https://x/y", null), "low", null),
            new Part.Foreign("web_search_call"),
            new Part.Text("Hi"));
    request.sampling = sampling.build();
    request.metadata = Map.of("team", "a");
    request.cacheKey = "k";
    request.serviceTier = "flex";
    write(request);
    assertThat(notes.dropped())
        .containsExactly(
            "detail",
            "web_search_call",
            "seed",
            "frequency_penalty",
            "n",
            "logprobs",
            "logit_bias",
            "service_tier",
            "metadata",
            "prompt_cache_key");
  }

  @ParameterizedTest
  @CsvSource({"auto, false", "default, false", "standard_only, true"})
  void aTierOfNoEffectIsLeftOutSilently(String tier, boolean written) {
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    request.serviceTier = tier;
    assertThat(write(request).containsKey("service_tier")).isEqualTo(written);
    assertThat(notes.dropped()).isEmpty();
  }

  @Test
  void theUserIsNamedIfTheNameIsNotTooLong() {
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    request.user = "u-1";
    assertThat(write(request)).containsEntry("metadata", Map.of("user_id", "u-1"));
    request.user = "u".repeat(257);
    assertThat(write(request)).doesNotContainKey("metadata");
    assertThat(notes.dropped()).containsExactly("user");
  }

  @Test
  void mediaAreWritten() {
    assertThat(
            content(
                new Part.Image(new Media(Media.Kind.BASE64, "iVBORw0", null), null, null),
                new Part.Image(new Media(Media.Kind.BASE64, "QQ==", "image/jpg"), "auto", null),
                new Part.Image(new Media(Media.Kind.URL, "https://x/y.png", null), null, null),
                new Part.Document(new Media(Media.Kind.BASE64, "JVBERi0x", null), "Report", null),
                new Part.Document(
                    new Media(Media.Kind.BASE64, "WsO8cmljaA==", "text/csv"), null, null),
                new Part.Document(new Media(Media.Kind.TEXT, "words", "text/plain"), null, null),
                new Part.Document(new Media(Media.Kind.URL, "HTTPS://x/d", null), null, null)))
        .isEqualTo(
            Trees.line(
                """
                [{"type":"image","source":
                  {"type":"base64","media_type":"image/png","data":"iVBORw0"}},
                 {"type":"image","source":
                  {"type":"base64","media_type":"image/jpeg","data":"QQ=="}},
                 {"type":"image","source":{"type":"url","url":"https://x/y.png"}},
                 {"type":"document","source":
                  {"type":"base64","media_type":"application/pdf","data":"JVBERi0x"},
                  "title":"Report"},
                 {"type":"document","source":
                  {"type":"text","media_type":"text/plain","data":"Zürich"}},
                 {"type":"document","source":
                  {"type":"text","media_type":"text/plain","data":"words"}},
                 {"type":"document","source":{"type":"url","url":"HTTPS://x/d"}}]
                """));
    assertThat(notes.dropped()).isEmpty();
  }

  @Test
  void whatClaudeCannotSeeOrHearMakesTheCallIneligible() {
    List<Part> parts =
        List.of(
            new Part.Audio(new Media(Media.Kind.BASE64, "QQ==", "audio/wav")),
            new Part.Video(new Media(Media.Kind.URL, "https://x/v", null)),
            new Part.Image(new Media(Media.Kind.BASE64, "QQ==", "image/tiff"), null, null),
            new Part.Image(new Media(Media.Kind.URL, "http://x/y.png", null), null, null),
            new Part.Document(new Media(Media.Kind.URL, "http://x/y.pdf", null), null, null),
            new Part.Image(new Media(Media.Kind.STORED, "gs://a/b", null), null, null),
            new Part.Image(new Media(Media.Kind.FILE_ID, "file-1", null), null, null),
            new Part.Document(
                new Media(Media.Kind.BASE64, "QQ==", "application/msword"), null, null),
            new Part.Document(new Media(Media.Kind.BASE64, "!", "text/plain"), null, null),
            new Part.Document(new Media(Media.Kind.STORED, "s3://a/b", null), null, null));
    for (Part part : parts) {
      ChatRequest.Builder request = Trees.ask(part);
      assertThatThrownBy(() -> write(request)).as("%s", part).isInstanceOf(Ineligible.class);
    }
  }

  @Test
  void callsAndResultsAreWritten() {
    assertThat(
            content(
                new Part.ToolCall("a", "t", "{\"z\":1.50,\"a\":\"ü\"}"),
                new Part.ToolCall("b", "t", ""),
                new Part.ToolCall("c", "t", "null"),
                new Part.ToolCall("d", "t", "{\"cut\":"),
                new Part.ToolResult("a", "t", List.of(new Part.Text("ok")), false, null),
                new Part.ToolResult("b", "t", List.of(new Part.Text("")), true, null),
                new Part.ToolResult(
                    "c",
                    "t",
                    List.of(
                        new Part.Image(
                            new Media(Media.Kind.BASE64, "QQ==", "image/png"), null, null)),
                    false,
                    null)))
        .isEqualTo(
            Trees.line(
                """
                [{"type":"tool_use","id":"a","name":"t","input":{"z":1.50,"a":"ü"}},
                 {"type":"tool_use","id":"b","name":"t","input":{}},
                 {"type":"tool_use","id":"c","name":"t","input":{}},
                 {"type":"tool_use","id":"d","name":"t","input":{"arguments":"{\\"cut\\":"}},
                 {"type":"tool_result","tool_use_id":"a","content":
                  [{"type":"text","text":"ok"}]},
                 {"type":"tool_result","tool_use_id":"b","is_error":true},
                 {"type":"tool_result","tool_use_id":"c","content":[{"type":"image","source":
                  {"type":"base64","media_type":"image/png","data":"QQ=="}}]}]
                """));
  }

  @Test
  void thoughtsGoBackAsTheyCame() {
    assertThat(
            content(
                new Part.Thinking("Hm", "sig", null, Maker.ANTHROPIC),
                new Part.Thinking("", "only", null, Maker.ANTHROPIC),
                new Part.Thinking("", null, "xyz", Maker.ANTHROPIC),
                new Part.Thinking("Foreign", "sig", null, Maker.GOOGLE),
                new Part.Thinking("Unsigned", null, null, Maker.ANTHROPIC),
                new Part.Refusal("I would rather not.")))
        .isEqualTo(
            Trees.line(
                """
                [{"type":"thinking","thinking":"Hm","signature":"sig"},
                 {"type":"thinking","thinking":"","signature":"only"},
                 {"type":"redacted_thinking","data":"xyz"},
                 {"type":"text","text":"I would rather not."}]
                """));
    assertThat(notes.dropped()).containsExactly("thinking");
  }

  @Test
  void blankTextIsNeverSent() {
    assertThat(content(new Part.Text(""), new Part.Text(" \n"), new Part.Text("Hi")))
        .isEqualTo("[{\"type\":\"text\",\"text\":\"Hi\"}]");
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    request.turns =
        List.of(
            request.turns.get(0),
            new Turn(Turn.Role.ASSISTANT, List.of(new Part.Text(""))),
            new Turn(Turn.Role.ASSISTANT, List.of(new Part.Text("Begun \n"))));
    assertThat(Trees.json(write(request).get("messages")))
        .isEqualTo(
            Trees.line(
                """
                [{"role":"user","content":[{"type":"text","text":"Hi"}]},
                 {"role":"assistant","content":[{"type":"text","text":"Begun"}]}]
                """));
  }

  @Test
  void nothingToAnswerToIsNoRequest() {
    assertThatThrownBy(() -> write(Trees.ask(new Part.Text(" ")))).isInstanceOf(Ineligible.class);
  }

  @Test
  void instructionsInTheMiddleStayThere() {
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    request.turns =
        List.of(
            request.turns.get(0), new Turn(Turn.Role.SYSTEM, List.of(new Part.Text("Be rude."))));
    assertThat(Trees.json(write(request).get("messages"))).contains("\"role\":\"system\"");
  }

  @Test
  void instructionsAreTextOnly() {
    ChatRequest.Builder request = Trees.ask(new Part.Text("Hi"));
    request.system =
        List.of(new Part.Image(new Media(Media.Kind.URL, "https://x/y", null), null, null));
    assertThatThrownBy(() -> write(request)).isInstanceOf(Ineligible.class);
  }

  private Map<String, @Nullable Object> write(ChatRequest.Builder request) {
    return Trees.write(request, ReasoningStyle.BUDGET, notes);
  }

  /** The content of the only message. */
  private String content(Part... parts) {
    String messages = Trees.json(write(Trees.ask(parts)).get("messages"));
    String before = "[{\"role\":\"user\",\"content\":";
    assertThat(messages).startsWith(before).endsWith("}]");
    return messages.substring(before.length(), messages.length() - 2);
  }

  private static Sampling.Builder sampling() {
    return Sampling.builder();
  }
}
