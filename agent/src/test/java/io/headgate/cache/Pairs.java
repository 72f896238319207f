// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Two texts, and in what they differ.
 *
 * @param kind the first column of the file
 */
record Pairs(String kind, String a, String b) {

  static final Keyed KEY = new Keyed("a key for tests, 32 bytes long..".getBytes(UTF_8));

  /** The pairs of a file beside this class. */
  static List<Pairs> of(String file) {
    try (InputStream in = Objects.requireNonNull(Pairs.class.getResourceAsStream(file))) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .map(line -> line.split("\t"))
          .map(columns -> new Pairs(columns[0], columns[1], columns[2]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  MeaningGate.@Nullable Difference difference() {
    return MeaningGate.between(gist(a), gist(b));
  }

  /** By the local embedder; -1 if it has no vector of one of them. */
  double similarity() {
    Likeness one = likeness(a);
    Likeness other = likeness(b);
    return one == null || other == null ? -1 : one.cosine(other);
  }

  static Gist gist(String text) {
    return Objects.requireNonNull(GistReader.of(text, KEY));
  }

  static @Nullable Likeness likeness(String text) {
    float[] vector = LocalEmbedder.vector(text);
    return vector == null ? null : Likeness.of(gist(text), vector);
  }

  @Override
  public String toString() {
    return kind + ": " + a + " | " + b;
  }
}
