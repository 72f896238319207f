// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.cache.Fingerprint.Leaf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says how two bodies differ: the shortest paths first, a few of them, and how many more. */
final class FingerprintDifference {

  private static final int MOST_SHOWN = 3;

  private final List<Found> found = new ArrayList<>();

  private FingerprintDifference() {}

  private record Found(int depth, String text) {}

  static @Nullable String between(Leaf here, Leaf there) {
    FingerprintDifference difference = new FingerprintDifference();
    difference.compare(here, there, "", 0);
    return difference.text();
  }

  private void compare(Leaf here, Leaf there, String path, int depth) {
    List<Leaf> ours = here.parts();
    List<Leaf> theirs = there.parts();
    if (ours != null && theirs != null && here.kind() == there.kind()) {
      parts(ours, theirs, path, depth + 1);
    } else if (here.hash() != there.hash() || here.kind() != there.kind()) {
      String name = path.isEmpty() ? "the body" : path;
      String values = here.value() + " ≠ " + there.value();
      boolean shown = here.value() != null && there.value() != null;
      add(depth, shown ? name + ": " + values : name + " differs");
    }
  }

  private void parts(List<Leaf> ours, List<Leaf> theirs, String path, int depth) {
    Map<String, Leaf> rest = new LinkedHashMap<>();
    theirs.forEach(leaf -> rest.put(leaf.step(), leaf));
    for (Leaf leaf : ours) {
      Leaf other = rest.remove(leaf.step());
      if (other == null) {
        add(depth, below(path, leaf) + " only here");
      } else {
        compare(leaf, other, below(path, leaf), depth);
      }
    }
    rest.values().forEach(leaf -> add(depth, below(path, leaf) + " only there"));
  }

  private static String below(String path, Leaf leaf) {
    String step = leaf.step();
    return path.isEmpty() && step.startsWith(".") ? step.substring(1) : path + step;
  }

  private void add(int depth, String text) {
    found.add(new Found(depth, text));
  }

  private @Nullable String text() {
    if (found.isEmpty()) {
      return null;
    }
    found.sort(Comparator.comparingInt(Found::depth));
    int shown = Math.min(MOST_SHOWN, found.size());
    String first = String.join(", ", found.subList(0, shown).stream().map(Found::text).toList());
    return found.size() == shown ? first : first + " and " + (found.size() - shown) + " more";
  }
}
