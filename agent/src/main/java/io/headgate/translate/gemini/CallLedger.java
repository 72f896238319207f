// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Ties calls of one conversation to their results. Gemini's calls need no ids: then the name ties
 * them, and the order. Ids that are made depend on nothing but the conversation, so that it keeps
 * them as it grows.
 */
final class CallLedger {

  /** A call that has no result yet; whether we made its id. */
  private record Open(String id, String name, boolean made) {}

  private final List<Open> open = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();
  private int count;

  /** An id that somewhere in the conversation is given. */
  void reserve(String id) {
    taken.add(id);
  }

  /** The id of the next call; its own if it has one. */
  String called(String id, String name) {
    boolean make = id.isEmpty();
    String known = make ? made() : id;
    count += make ? 0 : 1;
    open.add(new Open(known, name, make));
    return known;
  }

  /** The id of the call that the next result belongs to. */
  String answered(String id, String name) {
    for (int i = 0; i < open.size(); i++) {
      Open call = open.get(i);
      boolean same = id.isEmpty() ? call.name.equals(name) : call.id.equals(id);
      if (same) {
        return open.remove(i).id;
      }
    }
    // The result may have the id that its call lacks.
    for (int i = 0; i < open.size() && !id.isEmpty(); i++) {
      if (open.get(i).made && open.get(i).name.equals(name)) {
        return open.remove(i).id;
      }
    }
    return id.isEmpty() ? made() : id;
  }

  private String made() {
    String id = "call_" + count++;
    while (!taken.add(id)) {
      id += "_";
    }
    return id;
  }
}
