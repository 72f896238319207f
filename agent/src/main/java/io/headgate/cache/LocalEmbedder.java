// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Embeds by wording, in the JVM: no call, no key, no model.
 *
 * <p>Its vectors are sums of hashes of words, of pairs of words, and of parts of words. Two texts
 * are near if they have the same words that say something, in whatever order, case and inflection,
 * with whatever politeness around. It sees wording, not meaning: "give my money back" is far from
 * "reimburse me", and a word in another form is near even if it matters, which is what {@link
 * MeaningGate} is for. The pairs make one other word count in a long text, too; where it would not,
 * beyond {@value #MOST_WORDS} words, there is no vector.
 *
 * <p>The same text has the same vector on every JVM whose Unicode tables know its characters. A
 * vector is not a secret: whoever guesses the words can check it.
 */
final class LocalEmbedder implements Embedder {

  static final int SIZE = 1024;

  /** Beyond as many different words that say something, one more would hardly be seen. */
  static final int MOST_WORDS = 10;

  /** Of a pair of words to a word. */
  private static final double PAIR = 8.0;

  /** Of all parts of a word to the word, as energy. */
  private static final double PARTS = 0.25;

  /** Of a word that says little by itself to one that says something. */
  private static final double SMALL = 0.12;

  @Override
  public String id() {
    return "local-1";
  }

  @Override
  public CompletionStage<float @Nullable []> embed(String text) {
    return CompletableFuture.completedFuture(vector(text));
  }

  /** The vector, of length 1; null if there is nothing to go by, or too much. */
  static float @Nullable [] vector(String text) {
    Reading reading = Reading.of(text);
    Map<String, Integer> counts = new HashMap<>();
    List<String> content = new ArrayList<>();
    List<String> small = new ArrayList<>();
    for (Word word : reading.words()) {
      String stem = GistReader.stem(word);
      if (counts.merge(stem, 1, Integer::sum) == 1) {
        (reading.small(word) ? small : content).add(stem);
      }
    }
    if (content.isEmpty() || content.size() > MOST_WORDS) {
      return null;
    }
    double[] sum = new double[SIZE];
    for (String stem : small) {
      add(sum, hash('s', stem), SMALL);
    }
    double pairs = Math.sqrt(PAIR / Math.max(1, content.size() - 1));
    for (int i = 0; i < content.size(); i++) {
      String stem = content.get(i);
      double weight = Math.sqrt(1 + StrictMath.log(counts.getOrDefault(stem, 1)));
      add(sum, hash('w', stem), weight);
      parts(sum, stem, weight * Math.sqrt(PARTS));
      for (int j = 0; j < i; j++) {
        // Whichever comes first.
        add(sum, hash('w', stem) + hash('w', content.get(j)), pairs);
      }
    }
    return normal(sum);
  }

  /** Three to five characters each, with the ends of the word. */
  private static void parts(double[] sum, String stem, double energy) {
    String word = '<' + stem + '>';
    int count = 0;
    for (int n = 3; n <= 5; n++) {
      count += Math.max(0, word.length() - n + 1);
    }
    double weight = energy / Math.sqrt(Math.max(1, count));
    for (int n = 3; n <= 5; n++) {
      for (int i = 0; i + n <= word.length(); i++) {
        add(sum, hash('p', word.substring(i, i + n)), weight);
      }
    }
  }

  private static void add(double[] sum, long hash, double weight) {
    long mixed = mix(hash);
    int at = (int) (mixed >>> 40) & (SIZE - 1);
    sum[at] += (mixed & 1) == 0 ? weight : -weight;
  }

  private static float[] normal(double[] sum) {
    double square = 0;
    for (double d : sum) {
      square += d * d;
    }
    double length = Math.sqrt(square);
    float[] vector = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      vector[i] = (float) (sum[i] / length);
    }
    return vector;
  }

  /** FNV-1a over the characters, then mixed. */
  private static long hash(char kind, String text) {
    long hash = (0xcbf29ce484222325L ^ kind) * 0x100000001b3L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  /** The last step of MurmurHash3, of 64 bits. */
  private static long mix(long hash) {
    long h = hash;
    h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }
}
