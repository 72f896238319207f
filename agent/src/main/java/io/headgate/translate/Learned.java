// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ApiFailure;
import io.headgate.json.Nodes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What targets have refused, so that they are not asked again: a 400 or 422 that names a parameter.
 * For as long as the JVM lives; of the targets that were last in use. Thread-safe.
 */
public final class Learned {

  private static final int TARGETS = 1_000;
  private static final int PARAMETERS = 40;

  private record Target(String provider, String model) {}

  private final Map<Target, Set<String>> refused = new LinkedHashMap<>(16, 0.75f, true);

  public Learned() {}

  /**
   * The parameter that an answer says the target does not take; null if it says no such thing, or
   * if it is one without which the request would be another one.
   */
  public static @Nullable String refused(ApiFailure failure) {
    return Refused.parameter(failure);
  }

  /** Remembers a parameter. False if it was known before: then it is no use to try again. */
  public boolean learn(String provider, String model, String parameter) {
    synchronized (refused) {
      Set<String> its =
          refused.computeIfAbsent(new Target(provider, model), target -> new LinkedHashSet<>());
      boolean fresh = its.size() < PARAMETERS && its.add(parameter);
      if (refused.size() > TARGETS) {
        refused.remove(refused.keySet().iterator().next());
      }
      return fresh;
    }
  }

  /** What a target has refused, in its own words. */
  public List<String> parameters(String provider, String model) {
    return List.copyOf(of(provider, model));
  }

  /** The target without what it has refused. */
  public Traits apply(Traits traits) {
    Traits left = traits;
    Set<String> paths = of(traits.provider(), traits.model());
    for (String path : paths) {
      left = LearnedWords.without(left, path);
    }
    boolean neither = paths.contains("max_tokens") && paths.contains("max_completion_tokens");
    return neither ? LearnedWords.without(left, "max_output_tokens") : left;
  }

  /** Takes out of a body what its target has refused and {@link #apply} does not know. */
  public void strip(Map<String, @Nullable Object> body, String provider, String model) {
    for (String path : of(provider, model)) {
      if (LearnedWords.inBodyOnly(path)) {
        strip(body, path);
      }
    }
  }

  /**
   * Takes a member out of a tree of JSON.
   *
   * @param path names divided by dots; arrays on the way are gone through, names that are not there
   *     are passed over
   */
  static void strip(Map<String, @Nullable Object> body, String path) {
    strip(body, path.split("\\."), 0);
  }

  private static void strip(@Nullable Object node, String[] path, int at) {
    if (node instanceof List<?> items) {
      items.forEach(item -> strip(item, path, at));
      return;
    }
    Map<String, @Nullable Object> object = Nodes.map(node);
    if (object == null || at >= path.length) {
      return;
    }
    boolean last = at == path.length - 1;
    if (!object.containsKey(path[at])) {
      if (!last) {
        strip(object, path, at + 1);
      }
    } else if (last) {
      object.remove(path[at]);
    } else {
      strip(object.get(path[at]), path, at + 1);
    }
  }

  private Set<String> of(String provider, String model) {
    synchronized (refused) {
      Set<String> its = refused.get(new Target(provider, model));
      return its == null ? Set.of() : new LinkedHashSet<>(its);
    }
  }
}
