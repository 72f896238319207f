// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The wire formats of which a step can answer calls.
 *
 * @param formats null for all: the step sends nothing, or not always
 * @param leaves the targets it leads to, for messages; not all if there are very many
 */
record Spoken(@Nullable Set<String> formats, List<Leaf> leaves) {

  /** What all have in common whose chats are translated. */
  static final String CHAT = "chat";

  static final Spoken ANY = new Spoken(null, List.of());

  /** More than these do not make a message better. */
  private static final int MOST_LEAVES = 100;

  /**
   * A target.
   *
   * @param at where it was written
   * @param path its full name
   */
  record Leaf(String name, String at, String path, Set<String> formats) {

    boolean sharesNone(Set<String> others) {
      return Collections.disjoint(formats, others);
    }

    @Override
    public String toString() {
      Set<String> named = new TreeSet<>(formats);
      named.remove(CHAT);
      return name + " speaks " + String.join(", ", named) + (named.size() == 1 ? " only" : "");
    }
  }

  /** Of steps of which any may get the call. */
  Spoken and(Spoken other) {
    if (formats == null || other.formats == null) {
      return new Spoken(formats == null ? other.formats : formats, both(other));
    }
    Set<String> shared = new TreeSet<>(formats);
    shared.retainAll(other.formats);
    return new Spoken(shared, both(other));
  }

  /** Of steps between which a condition decides, which may well look at the format. */
  Spoken or(Spoken other) {
    if (formats == null || other.formats == null) {
      return new Spoken(null, both(other));
    }
    Set<String> all = new TreeSet<>(formats);
    all.addAll(other.formats);
    return new Spoken(all, both(other));
  }

  private List<Leaf> both(Spoken other) {
    List<Leaf> both = new ArrayList<>(leaves);
    both.addAll(other.leaves);
    return both.size() > MOST_LEAVES ? List.copyOf(both.subList(0, MOST_LEAVES)) : both;
  }
}
