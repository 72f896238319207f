// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headgate.state.EntryKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SimilarQuestionsTest {

  private static final long NEVER = Long.MAX_VALUE;

  private long now = 1_000;
  private final SimilarQuestions questions =
      new SimilarQuestions(1 << 20, () -> Instant.ofEpochMilli(now));

  @Test
  void theNearestComesFirst() {
    add("g", 1, "How do I reset a forgotten password?");
    add("g", 2, "How do I reset my password?");
    add("g", 3, "Where is my order?");
    List<SimilarQuestions.Found> found =
        questions.candidates("g", likeness("how can I reset my password"), 0.5);
    assertThat(found).extracting(SimilarQuestions.Found::key).containsExactly(key(2), key(1));
    assertThat(found.get(0).similarity()).isBetween(0.95, 1.0);
    assertThat(found.get(0).difference()).isNull();
  }

  @Test
  void aNearQuestionThatMeansSomethingElseIsFoundWithTheReason() {
    add("g", 1, "Can I pay with a receipt?");
    List<SimilarQuestions.Found> found =
        questions.candidates("g", likeness("Can I pay without a receipt?"), 0.95);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).difference()).isEqualTo(MeaningGate.Difference.NEGATION);
  }

  @Test
  void groupsDoNotMix() {
    add("g", 1, "Where is my order?");
    assertThat(questions.candidates("h", likeness("Where is my order?"), 0.1)).isEmpty();
  }

  @Test
  void vectorsOfAnotherLengthAreNotLike() {
    add("g", 1, "Where is my order?");
    Likeness other = Likeness.of(Pairs.gist("Where is my order?"), new float[] {1, 0, 0});
    assertThat(questions.candidates("g", Objects.requireNonNull(other), 0.1)).isEmpty();
  }

  @Test
  void whatHasExpiredIsNotFound() {
    questions.add("g", key(1), likeness("Where is my order?"), 2_000);
    now = 1_999;
    assertThat(questions.candidates("g", likeness("Where is my order?"), 0.9)).hasSize(1);
    now = 2_000;
    assertThat(questions.candidates("g", likeness("Where is my order?"), 0.9)).isEmpty();
    questions.add("g", key(2), likeness("Where is my order?"), 2_000);
    assertThat(questions.size()).isEqualTo(1);
  }

  @Test
  void whatIsRemovedIsNotFound() {
    for (int i = 0; i < 10; i++) {
      add("g", i, "Where is my order?");
    }
    questions.remove(key(3));
    questions.remove(key(9));
    questions.remove(key(77));
    assertThat(questions.candidates("g", likeness("Where is my order?"), 0.9))
        .extracting(SimilarQuestions.Found::key)
        .containsExactlyInAnyOrder(key(0), key(1), key(2), key(4), key(5), key(6), key(7), key(8));
    for (int i = 0; i < 10; i++) {
      questions.remove(key(i));
    }
    assertThat(questions.bytes()).isZero();
  }

  @Test
  void aKeyHasOneQuestion() {
    add("g", 1, "Where is my order?");
    add("h", 1, "Who are you and what is your job?");
    assertThat(questions.size()).isEqualTo(1);
    assertThat(questions.candidates("g", likeness("Where is my order?"), 0.1)).isEmpty();
  }

  @Test
  void theOldestGoFirstWhenTheyAreTooMany() {
    for (int i = 0; i < 5_000; i++) {
      add("g" + i % 7, i, "Where is my order?");
      assertThat(questions.bytes()).isLessThanOrEqualTo(1 << 20);
    }
    assertThat(questions.size()).isBetween(100, 4_000);
    int oldest = 5_000 - questions.size();
    assertThat(questions.candidates("g" + oldest % 7, likeness("Where is my order?"), 0.9))
        .extracting(SimilarQuestions.Found::key)
        .contains(key(oldest))
        .doesNotContain(key(oldest - 7));
  }

  @Test
  void aGroupHasAnEnd() {
    SimilarQuestions roomy = new SimilarQuestions(1L << 30, () -> Instant.ofEpochMilli(now));
    Likeness likeness = likeness("Where is my order?");
    roomy.add("h", key(-1), likeness, NEVER);
    for (int i = 0; i <= SimilarQuestions.MOST_IN_A_GROUP; i++) {
      roomy.add("g", key(i), likeness, NEVER);
    }
    assertThat(roomy.candidates("g", likeness, 0.9))
        .hasSize(SimilarQuestions.MOST_IN_A_GROUP)
        .noneMatch(found -> found.key().equals(key(0)));
    assertThat(roomy.candidates("h", likeness, 0.9)).hasSize(1);
  }

  @Test
  void aLikenessIsReadAsItWasWritten() {
    Likeness likeness = likeness("Where is order 12 of Anna?");
    byte[] bytes = likeness.bytes();
    Likeness read = Objects.requireNonNull(Likeness.read(bytes));
    assertThat(read.cosine(likeness)).isCloseTo(1, within(1e-9));
    assertThat(read.gist()).usingRecursiveComparison().isEqualTo(likeness.gist());
    for (int length = 0; length < bytes.length; length++) {
      assertThat(Likeness.read(Arrays.copyOf(bytes, length))).isNull();
    }
  }

  @Test
  void whatIsNoVectorIsNoLikeness() {
    Gist gist = Pairs.gist("Where is my order?");
    assertThat(Likeness.of(gist, new float[8])).isNull();
    assertThat(Likeness.of(gist, new float[] {1, Float.NaN})).isNull();
    assertThat(Likeness.of(gist, new float[0])).isNull();
  }

  @Test
  void aBytePerNumberIsEnough() {
    Random random = new Random(3);
    Gist gist = Pairs.gist("Where is my order?");
    double worst = 0;
    for (int i = 0; i < 3_000; i++) {
      float[] a = new float[256 << random.nextInt(4)];
      float[] b = new float[a.length];
      double noise = random.nextDouble();
      double ab = 0;
      double aa = 0;
      double bb = 0;
      for (int j = 0; j < a.length; j++) {
        a[j] = (float) random.nextGaussian();
        b[j] = (float) (a[j] + noise * random.nextGaussian());
        ab += a[j] * (double) b[j];
        aa += a[j] * (double) a[j];
        bb += b[j] * (double) b[j];
      }
      double cosine = likeness(gist, a).cosine(likeness(gist, b));
      double least = random.nextDouble();
      double pruned = likeness(gist, a).cosine(likeness(gist, b), least);
      assertThat(pruned).isEqualTo(cosine >= least || pruned != -1 ? cosine : -1);
      worst = Math.max(worst, Math.abs(cosine - ab / Math.sqrt(aa * bb)));
    }
    assertThat(worst).isLessThan(0.002);
  }

  @Test
  void manyThreadsAddRemoveAndLook() throws Exception {
    Likeness likeness = likeness("Where is my order?");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all =
          List.of(0, 1, 2, 3).stream()
              .<Future<?>>map(
                  t ->
                      threads.submit(
                          () -> {
                            for (int i = 0; i < 500; i++) {
                              questions.add("g", key(t * 1_000 + i), likeness, NEVER);
                              assertThat(questions.candidates("g", likeness, 0.9)).isNotEmpty();
                              if (i % 10 != 0) {
                                questions.remove(key(t * 1_000 + i));
                              }
                            }
                          }))
              .toList();
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(questions.size()).isEqualTo(200);
    assertThat(questions.candidates("g", likeness, 0.9)).hasSize(200);
  }

  private void add(String group, int key, String text) {
    questions.add(group, key(key), likeness(text), NEVER);
  }

  private static Likeness likeness(Gist gist, float[] vector) {
    return Objects.requireNonNull(Likeness.of(gist, vector));
  }

  private static EntryKey key(int n) {
    return new EntryKey(n, 0, 0, 0);
  }

  private static Likeness likeness(String text) {
    return Objects.requireNonNull(Pairs.likeness(text));
  }
}
