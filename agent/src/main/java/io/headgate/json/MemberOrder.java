// SPDX-License-Identifier: Apache-2.0
package io.headgate.json;

import java.util.Arrays;

/** Brings an object's members into the order of their names' bytes; equal ones stay as they are. */
final class MemberOrder {

  /** Up to here inserting is the fastest; beyond it, it is what an attacker would like. */
  private static final int FEW = 24;

  private MemberOrder() {}

  /**
   * @param names the entries of the names; only the first ones count
   */
  static void sort(JsonIndex index, int[] names, int count) {
    if (count > FEW) {
      sortMany(index, names, count);
      return;
    }
    for (int i = 1; i < count; i++) {
      int name = names[i];
      int at = i;
      while (at > 0 && compare(index, names[at - 1], name) > 0) {
        names[at] = names[at - 1];
        at--;
      }
      names[at] = name;
    }
  }

  private static void sortMany(JsonIndex index, int[] names, int count) {
    Integer[] boxed = new Integer[count];
    for (int i = 0; i < count; i++) {
      boxed[i] = names[i];
    }
    Arrays.sort(boxed, (one, other) -> compare(index, one, other));
    for (int i = 0; i < count; i++) {
      names[i] = boxed[i];
    }
  }

  private static int compare(JsonIndex index, int one, int other) {
    return Arrays.compareUnsigned(
        index.bytes(one),
        index.from(one),
        index.to(one),
        index.bytes(other),
        index.from(other),
        index.to(other));
  }
}
