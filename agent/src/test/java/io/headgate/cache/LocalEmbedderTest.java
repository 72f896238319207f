// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalEmbedderTest {

  private static final List<Pairs> PAIRS = Pairs.of("paraphrases.tsv");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "how do i reset my password",
        "Please tell me how I can reset my password!",
        "Hi, what's the best way of resetting passwords?",
        "HOW DO I RESET MY PASSWORD???",
        "how do i reset my ｐａｓｓｗｏｒｄ"
      })
  void politenessCaseAndInflectionMakeLittleDifference(String text) {
    assertThat(new Pairs("", "How do I reset my password?", text).similarity()).isGreaterThan(0.96);
  }

  @Test
  void oneOtherWordMakesAnotherQuestion() {
    Random random = new Random(7);
    List<String> words =
        new ArrayList<>(
            PAIRS.stream()
                .flatMap(pair -> Reading.of(pair.a()).words().stream())
                .map(Word::text)
                .filter(word -> word.length() > 3 && word.chars().allMatch(Character::isLetter))
                .filter(word -> Stream.of(Language.values()).noneMatch(l -> l.small(word)))
                .map(Stems::of)
                .distinct()
                .toList());
    int near = 0;
    int tried = 0;
    for (int i = 0; i < 4_000; i++) {
      Collections.shuffle(words, random);
      int n = 1 + random.nextInt(LocalEmbedder.MOST_WORDS - 1);
      List<String> text = words.subList(0, n);
      List<String> more = words.subList(0, n + 1);
      List<String> other = new ArrayList<>(text);
      other.set(random.nextInt(n), words.get(n));
      for (List<String> changed : List.of(more, other)) {
        tried++;
        near +=
            new Pairs("", String.join(" ", text), String.join(" ", changed)).similarity() >= 0.95
                ? 1
                : 0;
      }
    }
    assertThat(near / (double) tried).isLessThan(0.001);
  }

  @Test
  void atTheUsualThresholdTwoOfThreeParaphrasesAreFoundAndNothingElse() {
    long same = PAIRS.stream().filter(pair -> pair.kind().equals("same")).count();
    List<Pairs> found =
        PAIRS.stream()
            .filter(pair -> pair.similarity() >= 0.95 && pair.difference() == null)
            .toList();
    assertThat(found).allMatch(pair -> pair.kind().equals("same"));
    assertThat(found.size() / (double) same).isGreaterThan(0.66);
    assertThat(PAIRS.size() - same).isGreaterThanOrEqualTo(60);
  }

  @Test
  void aVectorHasLengthOne() {
    double square = 0;
    for (float f : Objects.requireNonNull(LocalEmbedder.vector("Where is my order?"))) {
      square += f * (double) f;
    }
    assertThat(square).isCloseTo(1, within(1e-6));
  }

  /** What is stored by one version is looked through by the next. */
  @Test
  void vectorsStayAsTheyAreUnlessTheirNameChanges() {
    assertThat(new LocalEmbedder().id()).isEqualTo("local-1");
    float[] vector = Objects.requireNonNull(LocalEmbedder.vector("Wo ist mein Paket Nr. 12?"));
    int[] rounded = new int[vector.length];
    for (int i = 0; i < vector.length; i++) {
      rounded[i] = Math.round(vector[i] * 10_000);
    }
    assertThat(Arrays.hashCode(rounded)).isEqualTo(-16_109_759);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "?!", "how do I"})
  void whatSaysNothingHasNoVector(String text) {
    assertThat(LocalEmbedder.vector(text)).isNull();
  }

  @Test
  void aTextOfTooManyWordsHasNoVector() {
    String text = "alpha beta gamma delta epsilon zeta theta iota kappa omega";
    assertThat(LocalEmbedder.vector(text)).isNotNull();
    assertThat(LocalEmbedder.vector(text + " omicron")).isNull();
  }

  @Test
  void isDoneAtOnce() {
    assertThat(new LocalEmbedder().embed("Where is my order?").toCompletableFuture()).isDone();
  }
}
