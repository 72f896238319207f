// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where in a JSON document the facts are: a tree of member names with a {@link Slot} at the places
 * that matter. Arrays are transparent: the elements of an array have the shape of the array.
 * Immutable; built once per wire format.
 */
final class Shape<F extends Slot> {

  private final @Nullable F slot;
  private final boolean deep;
  private final boolean countsNames;
  private final Map<String, Shape<F>> members;
  private final byte[] @Nullable [] names;
  private final @Nullable Shape<F>[] shapes;

  private Shape(Builder<F> builder) {
    this.slot = builder.slot;
    this.deep = builder.deep;
    this.countsNames = builder.countsNames;
    this.members = new LinkedHashMap<>(builder.members);
    int size = Integer.highestOneBit(Math.max(2, members.size() * 4 - 1));
    this.names = new byte[size][];
    this.shapes = newArray(size);
    members.forEach(this::place);
  }

  private void place(String name, Shape<F> shape) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    int at = hash(bytes, bytes.length) & (names.length - 1);
    while (names[at] != null) {
      at = (at + 1) & (names.length - 1);
    }
    names[at] = bytes;
    shapes[at] = shape;
  }

  static <F extends Slot> Builder<F> builder() {
    return new Builder<>();
  }

  /** A value of which this slot is wanted. */
  static <F extends Slot> Shape<F> value(F slot) {
    return new Builder<F>().slot(slot).build();
  }

  /** An array to hold shapes. */
  @SuppressWarnings("unchecked")
  static <F extends Slot> @Nullable Shape<F>[] newArray(int size) {
    return (@Nullable Shape<F>[]) new Shape<?>[size];
  }

  @Nullable F slot() {
    return slot;
  }

  /** Whether member names are text that counts too, as in the schema of a tool. */
  boolean countsNames() {
    return countsNames;
  }

  /** The shape of a member; null if nothing in it is of interest. Allocates nothing. */
  @Nullable Shape<F> member(byte[] name, int length) {
    int at = hash(name, length) & (names.length - 1);
    byte[] candidate = names[at];
    while (candidate != null) {
      if (candidate.length == length && Arrays.equals(candidate, 0, length, name, 0, length)) {
        return shapes[at];
      }
      at = (at + 1) & (names.length - 1);
      candidate = names[at];
    }
    return deep ? this : null;
  }

  private static int hash(byte[] bytes, int length) {
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash ^ (hash >>> 15);
  }

  /** Gathers the members of an object. */
  static final class Builder<F extends Slot> {
    private final Map<String, Shape<F>> members = new LinkedHashMap<>();
    private @Nullable F slot;
    private boolean deep;
    private boolean countsNames;

    private Builder() {}

    /** What is wanted of the value itself. */
    Builder<F> slot(F slot) {
      this.slot = slot;
      return this;
    }

    /** Members not named otherwise have this same shape, however deep. */
    Builder<F> deep() {
      this.deep = true;
      return this;
    }

    Builder<F> countingNames() {
      this.countsNames = true;
      return this;
    }

    /** Members with this slot. */
    Builder<F> with(F slot, String... names) {
      return with(value(slot), names);
    }

    /** Members with this shape. */
    Builder<F> with(Shape<F> shape, String... names) {
      for (String name : names) {
        members.put(name, shape);
      }
      return this;
    }

    /** Members in which nothing is of interest, although others around them are. */
    Builder<F> without(String... names) {
      return with(new Builder<F>().build(), names);
    }

    /** All members of another shape. */
    Builder<F> like(Shape<F> other) {
      members.putAll(other.members);
      return this;
    }

    Shape<F> build() {
      return new Shape<>(this);
    }
  }
}
