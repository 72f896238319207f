// SPDX-License-Identifier: Apache-2.0
package io.headgate.json;

import org.jspecify.annotations.Nullable;

/**
 * Writes what a JSON document says in a form in which documents are the same bytes if, and only if,
 * they say the same: for hashing, never to be read again.
 *
 * <p>The order of members, white space, how a number is spelled (1, 1.0, 10e-1; of any precision)
 * and which characters of a string are escaped make no difference. All else does: the type, the
 * order of elements, the normal form of Unicode. A member that is there twice is written twice, in
 * the order of the document, as readers differ in which of them counts. An exponent of more than 15
 * digits counts as it is spelled.
 *
 * <p>Each value begins with a letter for its type. Texts and digits come with their length before
 * them, arrays and objects with a mark behind them, so that no value's form begins another's.
 *
 * <p>Stateless and thread-safe.
 */
public final class CanonicalJson {

  private CanonicalJson() {}

  /** Takes bytes, which are not to be kept or changed; {@code MessageDigest::update} is one. */
  @FunctionalInterface
  public interface Sink {
    void write(byte[] bytes, int offset, int length);
  }

  /**
   * Writes a document.
   *
   * @param ignored what is left out, wherever it is there
   * @return false, with nothing written, if this is no JSON, not well-formed UTF-8, or nested
   *     deeper than 128 levels
   */
  public static boolean write(byte[] json, JsonPaths ignored, Sink sink) {
    JsonIndex index = JsonIndex.of(json);
    if (index == null) {
      return false;
    }
    write(index, 0, ignored.root(), sink);
    return true;
  }

  /** Writes one value of a document. */
  static void write(JsonIndex index, int entry, JsonPaths.@Nullable Node ignored, Sink sink) {
    CanonicalBuffer buffer = new CanonicalBuffer(sink);
    value(index, entry, ignored, buffer);
    buffer.flush();
  }

  private static void value(
      JsonIndex index, int entry, JsonPaths.@Nullable Node ignored, CanonicalBuffer out) {
    switch (index.kind(entry)) {
      case JsonIndex.NULL -> out.mark('n');
      case JsonIndex.FALSE -> out.mark('f');
      case JsonIndex.TRUE -> out.mark('t');
      case JsonIndex.NUMBER ->
          CanonicalNumber.write(index.bytes(entry), index.from(entry), index.to(entry), out);
      case JsonIndex.STRING -> text(index, entry, out);
      case JsonIndex.ARRAY -> array(index, entry, ignored, out);
      default -> object(index, entry, ignored, out);
    }
  }

  private static void text(JsonIndex index, int entry, CanonicalBuffer out) {
    int from = index.from(entry);
    int length = index.to(entry) - from;
    out.mark('s');
    out.count(length);
    out.bytes(index.bytes(entry), from, length);
  }

  private static void array(
      JsonIndex index, int entry, JsonPaths.@Nullable Node ignored, CanonicalBuffer out) {
    out.mark('[');
    int size = index.size(entry);
    int element = entry + 1;
    for (int i = 0; i < size; i++) {
      JsonPaths.Node below = ignored == null ? null : ignored.element(i);
      if (below == null || !below.isEnd()) {
        value(index, element, below, out);
      }
      element = index.next(element);
    }
    out.mark(']');
  }

  private static void object(
      JsonIndex index, int entry, JsonPaths.@Nullable Node ignored, CanonicalBuffer out) {
    out.mark('{');
    int size = index.size(entry);
    int[] names = new int[size];
    int kept = 0;
    int name = entry + 1;
    for (int i = 0; i < size; i++) {
      JsonPaths.Node below = ignored == null ? null : below(index, name, ignored);
      if (below == null || !below.isEnd()) {
        names[kept++] = name;
      }
      name = index.next(name + 1);
    }
    MemberOrder.sort(index, names, kept);
    for (int i = 0; i < kept; i++) {
      text(index, names[i], out);
      value(index, names[i] + 1, ignored == null ? null : below(index, names[i], ignored), out);
    }
    out.mark('}');
  }

  static JsonPaths.@Nullable Node below(JsonIndex index, int name, JsonPaths.Node ignored) {
    return ignored.member(index.bytes(name), index.from(name), index.to(name));
  }
}
