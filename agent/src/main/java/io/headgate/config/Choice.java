// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scalar that is one of a few words, in any case.
 *
 * @param now what this release understands
 * @param later what later releases will
 */
record Choice(List<String> now, List<String> later) {

  static final Choice MODE = new Choice(List.of("observe", "shadow", "enforce"), List.of());
  static final Choice FAIL = new Choice(List.of("open", "closed"), List.of());
  static final Choice CONTENT = new Choice(List.of("none"), List.of("redacted", "full"));
  static final Choice PRICE = new Choice(List.of("free"), List.of());
  static final Choice DIALECT =
      new Choice(
          List.of(
              "openai", "openai-responses", "anthropic", "gemini", "bedrock", "cohere", "ollama"),
          List.of());

  static final Choice RESPONSE_MODEL = new Choice(List.of("asked", "served"), List.of());
  static final Choice BACKOFF = new Choice(List.of("constant", "linear", "exponential"), List.of());
  static final Choice POLICY =
      new Choice(List.of("weighted", "latency", "least-busy", "cost"), List.of());
  static final Choice SEMANTIC_MODE = new Choice(List.of("enforce", "shadow"), List.of());
  static final Choice STATE_TYPE = new Choice(List.of("memory", "disk", "redis"), List.of());
  static final Choice ON_FAILURE = new Choice(List.of("local"), List.of("deny", "open", "closed"));
  static final Choice VIA = new Choice(List.of("cloudflare"), List.of());

  /** The word meant; null, and a problem, if it is none of these. */
  @Nullable String read(Scalar scalar, Problems problems) {
    String word = match(scalar.value(), now);
    if (word != null) {
      return word;
    }
    if (match(scalar.value(), later) != null) {
      problems.add(
          scalar.at(),
          scalar.path() + ": " + scalar.shown() + " is not supported yet; expected " + oneOf(now));
      return null;
    }
    // Computed from what was written: a hint from the expanded value would give part of it away.
    String nearest = Names.nearest(scalar.written(), now);
    String hint = nearest == null ? "" : "; did you mean " + Problems.quote(nearest) + "?";
    problems.add(
        scalar.at(),
        scalar.path() + ": expected " + oneOf(now) + ", found " + scalar.shown() + hint);
    return null;
  }

  static String oneOf(List<String> words) {
    if (words.size() == 1) {
      return words.get(0);
    }
    int last = words.size() - 1;
    return String.join(", ", new ArrayList<>(words.subList(0, last))) + " or " + words.get(last);
  }

  private static @Nullable String match(String value, List<String> words) {
    for (String word : words) {
      if (word.equalsIgnoreCase(value)) {
        return word;
      }
    }
    return null;
  }
}
