// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.chat.Sampling;
import io.headgate.chat.Turn;
import io.headgate.json.JsonTree;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConverseRequestWriterTest {

  private final Notes notes = new Notes();

  private static ChatRequest.Builder user(Part... parts) {
    ChatRequest.Builder request = ChatRequest.builder();
    request.turns = List.of(new Turn(Turn.Role.USER, List.of(parts)));
    return request;
  }

  private String content(Part... parts) {
    return Converse.written(
        JsonTree.at(Converse.write(user(parts).build(), notes), "messages.0.content"));
  }

  @Test
  void callerThatGaveNoMaximumSendsNone() {
    assertThat(Converse.write(user(new Part.Text("hi")).build()))
        .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}]}");
  }

  @Test
  void blankTextsAreNeverSent() {
    ChatRequest.Builder request = ChatRequest.builder();
    request.system = List.of(new Part.Text(" "), new Part.Text("s"));
    request.turns =
        List.of(
            new Turn(Turn.Role.USER, List.of(new Part.Text("a"), new Part.Text(""))),
            new Turn(Turn.Role.ASSISTANT, List.of(new Part.Text("\n"))),
            new Turn(Turn.Role.SYSTEM, List.of(new Part.Text("t"))),
            new Turn(Turn.Role.USER, List.of(new Part.Text("b"))));
    assertThat(Converse.write(request.build()))
        .isEqualTo(
            Converse.compact(
                """
                {"messages":[{"role":"user","content":[{"text":"a"},{"text":"b"}]}],
                 "system":[{"text":"s"},{"text":"t"}]}\
                """));
  }

  @Test
  void samplingGoesWhereItBelongs() {
    ChatRequest.Builder request = user(new Part.Text("hi"));
    Sampling.Builder sampling = Sampling.builder();
    sampling.maxTokens = 9L;
    sampling.temperature = new BigDecimal("0.70");
    sampling.topP = new BigDecimal("0.5");
    sampling.topK = 3L;
    sampling.stop = List.of("X");
    request.sampling = sampling.build();
    request.metadata = Map.of("team", "a");
    request.user = "me";
    assertThat(Converse.write(request.build()))
        .contains(
            "\"inferenceConfig\":{\"maxTokens\":9,\"temperature\":0.70,\"topP\":0.5,"
                + "\"stopSequences\":[\"X\"]}",
            "\"additionalModelRequestFields\":{\"top_k\":3}",
            "\"additionalModelResponseFieldPaths\":[\"/stop_sequence\"]",
            "\"requestMetadata\":{\"team\":\"a\",\"user\":\"me\"}");
  }

  @Test
  void labelsComeInTheSameOrderEachTime() {
    ChatRequest.Builder request = user(new Part.Text("hi"));
    request.metadata = Map.of("e", "1", "b", "2", "d", "3", "a", "4", "z", "5", "c", "6");
    request.user = "me";
    assertThat(Converse.write(request.build()))
        .contains(
            "{\"a\":\"4\",\"b\":\"2\",\"c\":\"6\",\"d\":\"3\",\"e\":\"1\",\"z\":\"5\",\"user\":\"me\"}");
  }

  @Test
  void whatConverseHasNoPlaceForIsNoted() {
    ChatRequest.Builder request = user(new Part.Text("hi"));
    Sampling.Builder sampling = Sampling.builder();
    sampling.seed = 1L;
    sampling.topK = 5L;
    sampling.frequencyPenalty = BigDecimal.ONE;
    sampling.presencePenalty = new BigDecimal("0.0");
    sampling.choices = 2L;
    sampling.logprobs = true;
    sampling.logitBias = Map.of("1", BigDecimal.ONE);
    request.sampling = sampling.build();
    request.cacheKey = "k";
    request.user = "ä";
    request.metadata = Map.of("ok", "ü");
    request.serviceTier = "flex";
    Traits nova =
        Converse.traits("amazon.nova", Maker.OTHER, Traits.ReasoningStyle.NONE, Set.of(), false);
    Converse.DIALECT.request(request.build(), nova, notes);
    assertThat(notes.dropped())
        .containsExactlyInAnyOrder(
            "seed",
            "top_k",
            "frequency_penalty",
            "n",
            "logprobs",
            "logit_bias",
            "prompt_cache_key",
            "user",
            "metadata",
            "service_tier");
  }

  @Test
  void cachePointFollowsWhatIsMarked() {
    CacheMark mark = new CacheMark(false);
    assertThat(
            content(
                new Part.Text("a", mark, List.of()),
                new Part.ToolResult(
                    "t", null, List.of(new Part.Text("r")), false, new CacheMark(true))))
        .isEqualTo(
            "[{\"text\":\"a\"},{\"cachePoint\":{\"type\":\"default\"}},"
                + "{\"toolResult\":{\"toolUseId\":\"t\",\"content\":[{\"text\":\"r\"}]}},"
                + "{\"cachePoint\":{\"type\":\"default\",\"ttl\":\"1h\"}}]");
  }

  @Test
  void onlyClaudesSignedThoughtsAreReplayed() {
    assertThat(
            content(
                new Part.Thinking("hm", "s", null, Maker.ANTHROPIC),
                new Part.Thinking("", "only", null, Maker.ANTHROPIC),
                new Part.Thinking("", null, "r", Maker.ANTHROPIC),
                new Part.Thinking("unsigned", null, null, Maker.ANTHROPIC),
                new Part.Thinking("theirs", "g", null, Maker.GOOGLE)))
        .isEqualTo(
            Converse.written(
                Converse.tree(
                        """
                        {"a":[{"reasoningContent":{"reasoningText":{"text":"hm","signature":"s"}}},
                         {"reasoningContent":{"reasoningText":{"text":"","signature":"only"}}},
                         {"reasoningContent":{"redactedContent":"r"}}]}\
                        """)
                    .get("a")));
    assertThat(notes.dropped()).containsExactly("thinking");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''|{}
          ' '|{}
          null|{}
          {"a":1.0}|{"a":1.0}
          {"a":|{}
          [1]|{}
          """)
  void argumentsAreAnObject(String arguments, String input) {
    assertThat(content(new Part.ToolCall("t", "f", arguments)))
        .isEqualTo("[{\"toolUse\":{\"toolUseId\":\"t\",\"name\":\"f\",\"input\":" + input + "}}]");
  }

  @Test
  void failedToolsHaveAStatusWhereItIsKnown() {
    Part result = new Part.ToolResult("t", null, List.of(new Part.Text("no")), true, null);
    assertThat(content(result)).contains("\"content\":[{\"text\":\"no\"}],\"status\":\"error\"");
    Traits llama =
        Converse.traits("meta.llama", Maker.OTHER, Traits.ReasoningStyle.NONE, Set.of(), true);
    assertThat(Converse.written(Converse.DIALECT.request(user(result).build(), llama, notes)))
        .contains("[{\"text\":\"Error:\"},{\"text\":\"no\"}]")
        .doesNotContain("status");
  }

  @Test
  void resultWithoutContentHasSomeAllTheSame() {
    assertThat(content(new Part.ToolResult("t", null, List.of(new Part.Text("")), false, null)))
        .contains("\"content\":[{\"json\":{}}]");
  }

  @ParameterizedTest
  @CsvSource({"URL,https://x/y.png", "FILE_ID,file-1", "STORED,gs://x/y"})
  void whatBedrockCannotReadIsIneligible(Media.Kind kind, String value) {
    Media media = new Media(kind, value, "image/png");
    assertThatThrownBy(() -> content(new Part.Image(media, null, null)))
        .isInstanceOf(Ineligible.class);
  }

  @Test
  void picturesAreBytesOfAKnownFormat() {
    assertThat(
            content(
                new Part.Image(new Media(Media.Kind.BASE64, "AA", "image/jpg"), "high", null),
                new Part.Image(new Media(Media.Kind.BASE64, "iVBORw0", null), "auto", null),
                new Part.Image(new Media(Media.Kind.STORED, "s3://b/k", "image/gif"), null, null)))
        .isEqualTo(
            "[{\"image\":{\"format\":\"jpeg\",\"source\":{\"bytes\":\"AA\"}}},"
                + "{\"image\":{\"format\":\"png\",\"source\":{\"bytes\":\"iVBORw0\"}}},"
                + "{\"image\":{\"format\":\"gif\","
                + "\"source\":{\"s3Location\":{\"uri\":\"s3://b/k\"}}}}]");
    assertThat(notes.dropped()).containsExactly("detail");
    Media bitmap = new Media(Media.Kind.BASE64, "AA", "image/bmp");
    assertThatThrownBy(() -> content(new Part.Image(bitmap, null, null)))
        .hasMessage("image of type image/bmp");
  }
}
