// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a translation has lost. Names are the caller's own: {@code seed}, {@code
 * messages[2].content[0]}. Used by one thread.
 */
public final class Notes {

  private final Set<String> dropped = new LinkedHashSet<>();
  private final List<String> changed = new ArrayList<>();

  public Notes() {}

  /** Notes that start with all of these. */
  Notes copy() {
    Notes copy = new Notes();
    copy.add(this);
    return copy;
  }

  /** Adds all of these. */
  void add(Notes others) {
    dropped.addAll(others.dropped);
    changed.addAll(others.changed);
  }

  /** It is not in the target's request. */
  public void dropped(String what) {
    dropped.add(what);
  }

  /** It is in the target's request, but not as the app said it. */
  public void changed(String what, Object from, Object to) {
    changed.add(what + " " + from + "->" + to);
  }

  /** What was left out, in the order found, each once. */
  public List<String> dropped() {
    return List.copyOf(dropped);
  }

  /** What was changed, as {@code temperature 1.6->1}. */
  public List<String> changed() {
    return List.copyOf(changed);
  }
}
