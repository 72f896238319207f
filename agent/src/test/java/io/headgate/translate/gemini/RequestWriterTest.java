// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import static io.headgate.translate.gemini.Trees.flat;
import static io.headgate.translate.gemini.Trees.json;
import static io.headgate.translate.gemini.Trees.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.chat.Sampling;
import io.headgate.chat.Tool;
import io.headgate.chat.Turn;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RequestWriterTest {

  private static ChatRequest request(Consumer<ChatRequest.Builder> with) {
    ChatRequest.Builder builder = ChatRequest.builder();
    builder.turns = List.of(new Turn(Turn.Role.USER, List.of(new Part.Text("Hi"))));
    with.accept(builder);
    return builder.build();
  }

  private static Object config(Consumer<Sampling.Builder> with, Notes notes) {
    Sampling.Builder sampling = Sampling.builder();
    with.accept(sampling);
    return write(request(r -> r.sampling = sampling.build()), "gemini-2.5-flash", notes)
        .get("generationConfig");
  }

  @Test
  void instructionsStandBesideTheConversation() {
    ChatRequest request =
        request(r -> r.system = List.of(new Part.Text("One."), new Part.Text("Two.")));

    assertThat(json(write(request, "gemini-2.5-flash")))
        .isEqualTo(
            flat(
                """
                {"contents": [{"role": "user", "parts": [{"text": "Hi"}]}],
                 "systemInstruction": {"parts": [{"text": "One."}, {"text": "Two."}]}}
                """));
  }

  @Test
  void instructionsAloneAreWhatTheUserSays() {
    ChatRequest request =
        request(
            r -> {
              r.turns = List.of();
              r.system = List.of(new Part.Text("Say hi."));
            });

    assertThat(json(write(request, "gemini-2.5-flash")))
        .isEqualTo("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Say hi.\"}]}]}");
  }

  @Test
  void allSamplingGoesIntoTheConfig() {
    Notes notes = new Notes();

    Object config =
        config(
            s -> {
              s.maxTokens = 100L;
              s.temperature = new BigDecimal("0.70");
              s.topP = new BigDecimal("0.9");
              s.topK = 40L;
              s.choices = 2L;
              s.stop = List.of("END");
              s.seed = 7L;
              s.presencePenalty = new BigDecimal("0.1");
              s.frequencyPenalty = new BigDecimal("-0.2");
              s.logprobs = true;
              s.topLogprobs = 3L;
            },
            notes);

    assertThat(json(config))
        .isEqualTo(
            flat(
                """
                {"maxOutputTokens": 100, "temperature": 0.70, "topP": 0.9, "topK": 40,
                 "candidateCount": 2, "stopSequences": ["END"], "seed": 7, "presencePenalty": 0.1,
                 "frequencyPenalty": -0.2, "responseLogprobs": true, "logprobs": 3}
                """));
    assertThat(notes.dropped()).isEmpty();
    assertThat(notes.changed()).isEmpty();
  }

  @Test
  void aSeedOfMoreThan32BitsIsFolded() {
    Notes notes = new Notes();

    assertThat(json(config(s -> s.seed = 1L << 31, notes))).isEqualTo("{\"seed\":1}");
    assertThat(notes.changed()).containsExactly("seed 2147483648->1");
  }

  @Test
  void penaltiesAreLessThanTwo() {
    Notes notes = new Notes();

    assertThat(
            json(
                config(
                    s -> {
                      s.presencePenalty = new BigDecimal("2");
                      s.frequencyPenalty = new BigDecimal("-2");
                    },
                    notes)))
        .isEqualTo("{\"presencePenalty\":1.99,\"frequencyPenalty\":-2}");
    assertThat(json(config(s -> s.frequencyPenalty = new BigDecimal("2.0"), notes)))
        .isEqualTo("{\"frequencyPenalty\":1.99}");
    assertThat(notes.changed())
        .containsExactly("presence_penalty 2->1.99", "frequency_penalty 2.0->1.99");
  }

  @Test
  void oneChoiceIsNothingToSay() {
    assertThat(config(s -> s.choices = 1L, new Notes())).isNull();
  }

  @Test
  void whatHasNoPlaceIsNoted() {
    Notes notes = new Notes();
    Sampling.Builder sampling = Sampling.builder();
    sampling.logitBias = Map.of("1", BigDecimal.ONE);
    ChatRequest request =
        request(
            r -> {
              r.sampling = sampling.build();
              r.cacheKey = "k";
              r.serviceTier = "priority";
              r.user = "u";
              r.metadata = Map.of("a", "b");
              r.parallelTools = false;
              r.tools = List.of(new Tool("f", null, null, null, new CacheMark(false)));
            });

    write(request, "gemini-2.5-flash", notes);

    assertThat(notes.dropped())
        .containsExactlyInAnyOrder(
            "logit_bias",
            "prompt_cache_key",
            "service_tier",
            "user",
            "metadata",
            "parallel_tool_calls",
            "cache_control");
  }

  @Test
  void theUsualServiceTierIsNotMissed() {
    Notes notes = new Notes();

    write(request(r -> r.serviceTier = "auto"), "gemini-2.5-flash", notes);

    assertThat(notes.dropped()).isEmpty();
  }

  @Test
  void onlyVertexHasLabelsAndOnlyNarrowOnes() {
    Notes notes = new Notes();
    ChatRequest request =
        request(
            r -> {
              r.metadata = Map.of("team", "a-1", "Bad Key", "x");
              r.user = "u_1";
            });

    Map<String, ?> body =
        Trees.GEMINI.request(request, Trees.traits("vertex", "gemini-2.5-flash"), notes);

    assertThat(json(body.get("labels"))).isEqualTo("{\"team\":\"a-1\",\"user\":\"u_1\"}");
    assertThat(notes.dropped()).containsExactly("metadata");
  }

  @Test
  void aSystemTurnThatIsLeftIsNotLost() {
    ChatRequest request =
        request(
            r ->
                r.turns =
                    List.of(
                        new Turn(Turn.Role.USER, List.of(new Part.Text("Hi"))),
                        new Turn(Turn.Role.SYSTEM, List.of(new Part.Text("Be brief.")))));

    assertThat(json(write(request, "gemini-2.5-flash").get("systemInstruction")))
        .isEqualTo("{\"parts\":[{\"text\":\"Be brief.\"}]}");
  }

  @Test
  void whatIsElsewhereIsIneligible() {
    for (Media media :
        List.of(
            new Media(Media.Kind.STORED, "s3://b/k", null),
            new Media(Media.Kind.FILE_ID, "file-1", null))) {
      ChatRequest request =
          request(
              r ->
                  r.turns =
                      List.of(
                          new Turn(Turn.Role.USER, List.of(new Part.Image(media, null, null)))));

      assertThatThrownBy(() -> write(request, "gemini-2.5-flash")).isInstanceOf(Ineligible.class);
    }
  }
}
