// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.json.JsonPart;
import io.headgate.json.JsonPaths;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a request's body to say later how another one differs: for each member and
 * element a hash that means nothing without the secret, and the values of numbers and booleans
 * where they are known parameters ({@link FingerprintValues}). Never a text.
 *
 * <p>Covers the whole body with at most {@link #MOST_LEAVES} leaves: members and elements are taken
 * apart level by level as long as there is room, and what is left whole is one leaf. Immutable.
 */
final class Fingerprint {

  static final int MOST_LEAVES = 256;

  /** No fingerprint is made of larger bodies, whose parts would have to be hashed several times. */
  static final int LARGEST_BODY = 1 << 20;

  private final Leaf root;
  private final long[] leaves;

  private Fingerprint(Leaf root, long[] leaves) {
    this.root = root;
    this.leaves = leaves;
  }

  /**
   * A value, or several taken as one.
   *
   * @param step how it is reached from the one around it; empty for the root
   * @param hash of all that is in it
   * @param value as it may be shown; null if it may not
   * @param parts null if it was not taken apart, and so is one leaf, as is one without any
   */
  record Leaf(
      String step,
      JsonPart.Kind kind,
      long hash,
      @Nullable String value,
      @Nullable List<Leaf> parts) {}

  /**
   * The fingerprint of a body; null if it is no JSON or too large.
   *
   * @param ignored what makes no difference
   * @param secret the key of the hashes
   */
  static @Nullable Fingerprint of(byte[] body, JsonPaths ignored, byte[] secret) {
    JsonPart document = body.length > LARGEST_BODY ? null : JsonPart.of(body, ignored);
    return document == null ? null : new Maker(secret).make(document);
  }

  int size() {
    return leaves.length;
  }

  /** How many leaves are the same here and there. */
  int common(Fingerprint other) {
    int common = 0;
    int i = 0;
    int j = 0;
    while (i < leaves.length && j < other.leaves.length) {
      if (leaves[i] == other.leaves[j]) {
        common++;
        i++;
        j++;
      } else if (leaves[i] < other.leaves[j]) {
        i++;
      } else {
        j++;
      }
    }
    return common;
  }

  /**
   * How another body differs from this one, for people: {@code temperature: 0.7 ≠ 0.3,
   * messages[1].content differs and 2 more}; null if it does not.
   */
  @Nullable String difference(Fingerprint other) {
    return FingerprintDifference.between(root, other.root);
  }

  /** What of a value may be told. */
  private enum Seen {
    /** That it differs. */
    NOTHING,
    /** Which of its parts differ. */
    PARTS,
    /** That, and the values of those parts that are parameters. */
    HOLDER,
    /** The value. */
    VALUE;

    /** Of a member, given whether the object around it holds parameters. */
    static Seen of(String name, boolean among) {
      if (FingerprintValues.isPersonal(name)) {
        return NOTHING;
      }
      if (among && FingerprintValues.isParameter(name)) {
        return VALUE;
      }
      return among && FingerprintValues.holdsParameters(name) ? HOLDER : PARTS;
    }
  }

  /** Takes a document apart. */
  private static final class Maker {
    private final byte[] secret;
    private final MessageDigest digest = KeyHash.sha256();
    private final Map<String, String> steps = new HashMap<>();
    private final Queue<Open> open = new ArrayDeque<>();
    private long[] ids = new long[32];
    private int leafCount;
    private int room = MOST_LEAVES - 1;

    /** A value whose parts are still to be looked at, and where they are to go. */
    private record Open(JsonPart part, List<Leaf> to, long path, boolean shown) {}

    Maker(byte[] secret) {
      this.secret = secret;
    }

    Fingerprint make(JsonPart document) {
      Leaf root = leaf("", document, 0, Seen.HOLDER, true);
      while (!open.isEmpty()) {
        takeApart(open.remove());
      }
      long[] leaves = Arrays.copyOf(ids, leafCount);
      Arrays.sort(leaves);
      return new Fingerprint(root, leaves);
    }

    private void takeApart(Open value) {
      boolean object = value.part().kind() == JsonPart.Kind.OBJECT;
      Map<String, Integer> times = new HashMap<>();
      int index = 0;
      for (JsonPart part : value.part().children()) {
        if (part != null) {
          String step = object ? FingerprintValues.step(part.name()) : "[" + index + "]";
          int time = times.merge(step, 1, Integer::sum);
          step = time == 1 ? step : step + "#" + time;
          Seen seen = object ? Seen.of(part.name(), value.shown()) : Seen.PARTS;
          long path = 0x9E3779B97F4A7C15L * (value.path() ^ step.hashCode()) + 1;
          value.to().add(leaf(step, part, path, seen, false));
        }
        index++;
      }
    }

    private Leaf leaf(String step, JsonPart part, long path, Seen seen, boolean root) {
      String known = steps.computeIfAbsent(step, s -> s);
      // Of the root nobody asks for it.
      long hash = root ? 0 : hash(part);
      int size = seen == Seen.NOTHING ? 0 : part.size();
      if (size > 0 && size - 1 <= room && !FingerprintValues.isNumbers(part)) {
        room -= size - 1;
        List<Leaf> parts = new ArrayList<>(size);
        open.add(new Open(part, parts, path, seen == Seen.HOLDER));
        return new Leaf(known, part.kind(), hash, null, parts);
      }
      if (root) {
        hash = hash(part);
      }
      if (leafCount == ids.length) {
        ids = Arrays.copyOf(ids, 2 * leafCount);
      }
      ids[leafCount++] = path ^ Long.rotateLeft(hash * 0xC2B2AE3D27D4EB4FL, 31);
      String value = seen == Seen.VALUE ? FingerprintValues.value(part) : null;
      boolean empty =
          part.size() == 0
              && (part.kind() == JsonPart.Kind.ARRAY || part.kind() == JsonPart.Kind.OBJECT);
      return new Leaf(known, part.kind(), hash, value, empty ? List.of() : null);
    }

    private long hash(JsonPart part) {
      digest.update(secret);
      part.write(digest::update);
      byte[] hash = digest.digest();
      long first = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        first = (first << 8) | (hash[i] & 0xFF);
      }
      return first;
    }
  }
}
