// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static io.headgate.translate.Fits.hello;
import static io.headgate.translate.Fits.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Sampling;
import io.headgate.chat.WireFormat;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitSamplingTest {

  private final Notes notes = new Notes();

  private Sampling fitted(String target, Consumer<Sampling.Builder> wish) {
    Sampling.Builder sampling = Sampling.builder();
    wish.accept(sampling);
    ChatRequest.Builder request = hello();
    request.sampling = sampling.build();
    return Fitting.fit(request.build(), target(target), notes).request().sampling();
  }

  @ParameterizedTest
  @CsvSource({
    // target, wanted, sent, note
    "openai, 1.6, 1.6, ",
    "claude, 0.7, 0.7, ",
    "claude, 1.6, 1, temperature 1.6->1",
    "bedrock, 1.6, 1, temperature 1.6->1",
    "cohere, 1.60, 1, temperature 1.60->1",
    "gemini, 1.6, 1.6, ",
    "mistral, 1.6, 1.5, temperature 1.6->1.5",
    "ollama, 5, 5, ",
  })
  void aTemperatureIsClamped(
      String target, BigDecimal wanted, BigDecimal sent, @Nullable String note) {
    Sampling sampling = fitted(target, it -> it.temperature = wanted);

    assertThat(sampling.temperature()).isEqualTo(sent);
    assertThat(notes.changed()).isEqualTo(note == null ? List.of() : List.of(note));
  }

  @ParameterizedTest
  @CsvSource({"gpt-5, 0.2, true", "gpt-5, 1, false", "gpt-5, 1.0, false", "claude-new, 0, true"})
  void aTemperatureIsLeftOutAndNotedUnlessItIsTheUsualOne(
      String target, BigDecimal wanted, boolean noted) {
    assertThat(fitted(target, it -> it.temperature = wanted).temperature()).isNull();
    assertThat(notes.dropped()).isEqualTo(noted ? List.of("temperature") : List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "claude, 0.5, 0.9, , true",
    "claude, , 0.9, 0.9, false",
    "claude, 0.5, 1, , false",
    "claude-4, 0.5, 0.9, 0.9, false",
    "claude-new, , 0.9, , true",
    "claude-new, , 0.995, , false",
    "gpt-5, , 0.9, , true",
    "gemini, 0.5, 0.9, 0.9, false",
  })
  void topPGivesWayToTemperatureWhereOnlyOneIsTaken(
      String target,
      @Nullable BigDecimal temperature,
      BigDecimal topP,
      @Nullable BigDecimal sent,
      boolean noted) {
    Sampling sampling =
        fitted(
            target,
            it -> {
              it.temperature = temperature;
              it.topP = topP;
            });

    assertThat(sampling.topP()).isEqualTo(sent);
    assertThat(sampling.temperature()).isEqualTo(target.equals("claude-new") ? null : temperature);
    assertThat(notes.dropped()).isEqualTo(noted ? List.of("top_p") : List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "openai, 100, 100",
    "openai, 100000, 16384",
    "claude, 100000, 64000",
    "openai, 5, 5",
    "responses, 5, 16",
    "nova, 100000, 5000",
    "mistral, 100000, 100000",
  })
  void theLimitIsWithinWhatTheModelWrites(String target, long wanted, long sent) {
    assertThat(fitted(target, it -> it.maxTokens = wanted).maxTokens()).isEqualTo(sent);
    assertThat(notes.changed())
        .isEqualTo(wanted == sent ? List.of() : List.of("max_tokens " + wanted + "->" + sent));
  }

  @ParameterizedTest
  @CsvSource({"claude, 64000", "claude-new, 128000", "bedrock, ", "openai, ", "gemini, "})
  void anthropicIsToldALimitAndNobodyElse(String target, @Nullable Long sent) {
    assertThat(fitted(target, it -> {}).maxTokens()).isEqualTo(sent);
    assertThat(notes.changed()).isEmpty();
  }

  @Test
  void aModelOfUnknownLimitIsToldAModestOne() {
    Traits unknown = Fits.CATALOG.of(WireFormat.ANTHROPIC, "anthropic", "some-model");

    assertThat(Fitting.fit(hello().build(), unknown, notes).request().sampling().maxTokens())
        .isEqualTo(4096);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openai | a;b | a;b | false",
        "openai | a;b;c;d;e | a;b;c;d | true",
        "openai | a;;a | a | false",
        "openai | ' ;a' | ' ;a' | false",
        "claude | ' ;a' | a | true",
        "claude | a;b;c;d;e;f | a;b;c;d;e;f | false",
        "gemini | a;b;c;d;e;f | a;b;c;d;e | true",
        "bedrock | a;b;c;d;e;f | a;b;c;d | true",
        "cohere | a;b;c;d;e;f | a;b;c;d;e | true",
        "responses | a | '' | true",
        "gpt-5 | a | '' | true",
      })
  void stopSequencesAreThoseThatTheTargetTakes(
      String target, String wanted, String sent, boolean noted) {
    Sampling sampling = fitted(target, it -> it.stop = Arrays.asList(wanted.split(";")));

    assertThat(String.join(";", sampling.stop())).isEqualTo(sent);
    assertThat(notes.dropped()).isEqualTo(noted ? List.of("stop") : List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openai | top_k",
        "responses | top_k seed frequency_penalty presence_penalty logit_bias",
        "claude | seed frequency_penalty presence_penalty logprobs logit_bias",
        "claude-new | top_k seed frequency_penalty presence_penalty logprobs logit_bias",
        "gemini | logit_bias",
        "bedrock | seed frequency_penalty presence_penalty logprobs logit_bias",
        "cohere | logit_bias",
        "ollama | logit_bias",
        "mistral | top_k logprobs logit_bias",
        "gpt-5 | top_k frequency_penalty presence_penalty logprobs logit_bias",
      })
  void whatHasNoPlaceIsNoted(String target, String dropped) {
    Sampling sampling =
        fitted(
            target,
            it -> {
              it.topK = 5L;
              it.seed = 1L;
              it.frequencyPenalty = BigDecimal.ONE;
              it.presencePenalty = BigDecimal.ONE;
              it.logprobs = true;
              it.topLogprobs = 2L;
              it.logitBias = Map.of("50256", BigDecimal.TEN);
            });

    assertThat(notes.dropped()).containsExactlyInAnyOrder(dropped.split(" "));
    assertThat(sampling.topK() == null).isEqualTo(dropped.contains("top_k"));
    assertThat(sampling.seed() == null).isEqualTo(dropped.contains("seed"));
    assertThat(sampling.frequencyPenalty() == null).isEqualTo(dropped.contains("penalty"));
    assertThat(sampling.presencePenalty() == null).isEqualTo(dropped.contains("penalty"));
    assertThat(sampling.logprobs()).isEqualTo(!dropped.contains("logprobs"));
    assertThat(sampling.logitBias().isEmpty()).isEqualTo(dropped.contains("logit_bias"));
  }

  @Test
  void whatSaysNothingIsLeftOutWithoutANote() {
    Sampling sampling =
        fitted(
            "claude",
            it -> {
              it.frequencyPenalty = BigDecimal.ZERO;
              it.presencePenalty = new BigDecimal("0.0");
              it.topLogprobs = 0L;
              it.choices = 1L;
            });

    assertThat(sampling.toBuilder().build()).isEqualTo(fitted("claude", it -> {}));
    assertThat(notes.dropped()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "openai, true",
    "gemini, true",
    "claude, false",
    "bedrock, false",
    "cohere, false",
    "ollama, false",
    "responses, false",
  })
  void severalAnswersAreGivenOrTheTargetIsRuledOut(String target, boolean can) {
    if (can) {
      assertThat(fitted(target, it -> it.choices = 3L).choices()).isEqualTo(3);
    } else {
      assertThatThrownBy(() -> fitted(target, it -> it.choices = 3L))
          .isInstanceOf(Ineligible.class)
          .hasMessageContaining("one answer at a time");
    }
  }

  @Test
  void aNumberBeyondAllBoundsTakesNoRoom() {
    Sampling.Builder sampling = Sampling.builder();
    sampling.temperature = new BigDecimal("1e999999999");
    ChatRequest.Builder request = hello();
    request.sampling = sampling.build();

    Fitted fitted = Fitting.fit(request.build(), Fits.OPENAI, notes);

    assertThat(fitted.request().sampling().temperature()).isEqualByComparingTo("2");
    assertThat(notes.changed()).containsExactly("temperature 1E+999999999->2");
  }

  @ParameterizedTest
  @CsvSource({"0, openai, ", "-1, openai, ", "-1, claude, 64000", "0, claude, 64000"})
  void aLimitThatIsNoneIsNotSaid(long limit, String target, @Nullable Long sent) {
    Sampling.Builder sampling = Sampling.builder();
    sampling.maxTokens = limit;
    ChatRequest.Builder request = hello();
    request.sampling = sampling.build();

    Fitted fitted = Fitting.fit(request.build(), Fits.target(target), notes);

    assertThat(fitted.request().sampling().maxTokens()).isEqualTo(sent);
    assertThat(notes.dropped()).containsExactly("max_tokens");
  }
}
