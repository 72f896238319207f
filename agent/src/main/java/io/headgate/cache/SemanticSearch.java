// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.config.CacheRule;
import io.headgate.gateway.Decision;
import io.headgate.gateway.Exchange;
import io.headgate.state.EntryKey;
import io.headgate.state.StoredEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks for the answer to a question that means the same as one call's. */
final class SemanticSearch {

  /** How long a call waits for the vector of its question. */
  private static final long EMBEDDING_MILLIS = 1_500;

  private final CacheRule.Semantic settings;
  private final CacheHome home;
  private final Exchange exchange;
  private final Embedder embedder;
  private final String group;
  private final String text;
  private final Gist gist;
  private @Nullable Likeness likeness;

  private SemanticSearch(
      CacheRule.Semantic settings,
      CacheHome home,
      Exchange exchange,
      Embedder embedder,
      String group,
      String text,
      Gist gist) {
    this.settings = settings;
    this.home = home;
    this.exchange = exchange;
    this.embedder = embedder;
    this.group = group;
    this.text = text;
    this.gist = gist;
  }

  /**
   * A search.
   *
   * @param question with a text
   * @param rest the key of everything but that text
   * @param secret the key of what is kept of questions
   * @return null if nothing like the question can be looked for
   */
  static @Nullable SemanticSearch of(
      CacheRule.Semantic settings,
      CacheHome home,
      Exchange exchange,
      Embedder embedder,
      ChatQuestion question,
      EntryKey rest,
      byte[] secret) {
    String text = question.text();
    Gist gist = text == null ? null : GistReader.of(text, new Keyed(secret));
    return text == null || gist == null || home.rests(embedder.id())
        ? null
        : new SemanticSearch(
            settings, home, exchange, embedder, embedder.id() + " " + rest, text, gist);
  }

  /** Where questions like this one are kept together. */
  String group() {
    return group;
  }

  /** What to find the question by; null if it could not be embedded, or was not yet. */
  @Nullable Likeness likeness() {
    return likeness;
  }

  /** The vector of the question. The stage does not fail; it ends with null if there is none. */
  CompletionStage<float @Nullable []> vector() {
    return embedder
        .embed(text)
        .toCompletableFuture()
        .completeOnTimeout(null, EMBEDDING_MILLIS, TimeUnit.MILLISECONDS)
        .exceptionally(failure -> null)
        .thenApply(
            vector -> {
              if (vector == null) {
                home.rest(embedder.id());
              }
              return vector;
            });
  }

  /** The nearest question whose answer may be given; null if there is none, or none is wanted. */
  SimilarQuestions.@Nullable Found find(float @Nullable [] vector) {
    Likeness made = vector == null ? null : Likeness.of(gist, vector);
    likeness = made;
    List<SimilarQuestions.Found> found =
        made == null ? List.of() : home.questions().candidates(group, made, settings.threshold());
    SimilarQuestions.Found best = null;
    for (SimilarQuestions.Found candidate : found) {
      if (candidate.difference() == null) {
        best = candidate;
        break;
      }
    }
    note(made, found, best);
    return settings.shadow() ? null : best;
  }

  private void note(
      @Nullable Likeness made,
      List<SimilarQuestions.Found> found,
      SimilarQuestions.@Nullable Found best) {
    Map<String, String> attributes = new LinkedHashMap<>();
    if (made == null) {
      attributes.put("reason", "the question could not be embedded");
    } else if (found.isEmpty()) {
      attributes.put("reason", "no question is near enough");
    } else {
      SimilarQuestions.Found nearest = best != null ? best : found.get(0);
      attributes.put("similarity", String.format(Locale.ROOT, "%.3f", nearest.similarity()));
      attributes.put("key", nearest.key().toString());
      MeaningGate.Difference difference = nearest.difference();
      attributes.put(
          settings.shadow() && best != null ? "would" : "outcome",
          difference == null ? "hit" : "differs in " + difference.word());
    }
    exchange.note(new Decision("semantic", attributes));
  }

  /** Makes the question known, now that there is an answer to it. */
  void answered(EntryKey key, StoredEntry entry) {
    Likeness known = likeness;
    if (known != null) {
      home.questions().add(group, key, known, entry.expiresMillis());
    }
  }
}
