// SPDX-License-Identifier: Apache-2.0
package io.headgate.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Places in JSON documents, as paths of names and indices: {@code user}, {@code metadata.session},
 * {@code messages.0.name}; as {@link JsonTree#at} takes them. Immutable.
 */
public final class JsonPaths {

  public static final JsonPaths NONE = new JsonPaths(new Node());

  private final Node root;

  private JsonPaths(Node root) {
    this.root = root;
  }

  public static JsonPaths of(Collection<String> paths) {
    if (paths.isEmpty()) {
      return NONE;
    }
    Node root = new Node();
    for (String path : paths) {
      Node node = root;
      for (int from = 0; from <= path.length(); ) {
        int dot = path.indexOf('.', from);
        int end = dot < 0 ? path.length() : dot;
        node = node.step(path.substring(from, end));
        from = end + 1;
      }
      node.end = true;
    }
    return new JsonPaths(root);
  }

  /** Where paths begin; null if there are none. */
  @Nullable Node root() {
    return root.steps.isEmpty() ? null : root;
  }

  /** What the paths have in common up to here. A handful of steps at most, so they are a list. */
  static final class Node {
    private final List<Step> steps = new ArrayList<>(2);
    private boolean end;

    private Node step(String name) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      for (Step step : steps) {
        if (Arrays.equals(step.name, bytes)) {
          return step.to;
        }
      }
      Node next = new Node();
      steps.add(new Step(bytes, index(name), next));
      return next;
    }

    private static int index(String name) {
      boolean digits = !name.isEmpty() && name.length() < 10;
      for (int i = 0; digits && i < name.length(); i++) {
        digits = name.charAt(i) >= '0' && name.charAt(i) <= '9';
      }
      return digits ? Integer.parseInt(name) : -1;
    }

    /** Whether a path ends here. */
    boolean isEnd() {
      return end;
    }

    /** The way on by an object's member; null if no path goes there. */
    @Nullable Node member(byte[] bytes, int from, int to) {
      for (Step step : steps) {
        if (Arrays.equals(step.name, 0, step.name.length, bytes, from, to)) {
          return step.to;
        }
      }
      return null;
    }

    /** The way on by an array's element; null if no path goes there. */
    @Nullable Node element(int index) {
      for (Step step : steps) {
        if (step.index == index) {
          return step.to;
        }
      }
      return null;
    }
  }

  /** {@code index} is what the name says as a number; -1 if it is none. */
  private static final class Step {
    final byte[] name;
    final int index;
    final Node to;

    Step(byte[] name, int index, Node to) {
      this.name = name;
      this.index = index;
      this.to = to;
    }
  }
}
