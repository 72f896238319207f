// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.Models.Entry;
import io.headgate.config.Value.Section;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code models}: follows each name to the target at its end. */
final class ModelBinder {
  private final ConfigBinder binder;
  private final Collection<String> providers;
  private final Problems problems;

  private final Map<String, Scalar> written = new LinkedHashMap<>();
  private final Map<String, Link> links = new HashMap<>();
  private final Set<String> looped = new HashSet<>();

  /**
   * Where one name leads: to a target or to another name.
   *
   * @param name what was written, if it led to a glob
   */
  private record Link(@Nullable TargetRef target, @Nullable String next, @Nullable String name) {}

  ModelBinder(ConfigBinder binder, Collection<String> providers, Problems problems) {
    this.binder = binder;
    this.providers = providers;
    this.problems = problems;
  }

  Models bind(Section models) {
    for (Map.Entry<String, Value.Entry> entry : models.entries().entrySet()) {
      String pattern = entry.getKey();
      Scalar scalar =
          binder.scalar(entry.getValue().value(), "models." + pattern, TargetNames.EXPECTED);
      if (scalar != null && isPattern(pattern, entry.getValue().keyAt())) {
        written.put(pattern, scalar);
      }
    }
    written.forEach(
        (pattern, scalar) -> {
          Link link = link(pattern, scalar);
          if (link != null) {
            links.put(pattern, link);
          }
        });
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, Scalar> entry : written.entrySet()) {
      TargetRef target = follow(entry.getKey());
      if (target != null) {
        entries.add(new Entry(entry.getValue().at(), entry.getKey(), target));
      }
    }
    return entries.isEmpty() ? Models.NONE : new Models(entries);
  }

  private boolean isPattern(String pattern, String at) {
    if (pattern.isBlank()) {
      problems.add(at, "models: expected the name of a model, or a pattern such as \"gpt-*\"");
    } else if (pattern.startsWith("route/") || pattern.startsWith("dynamic/")) {
      problems.add(
          at,
          "models: "
              + Problems.quote(pattern)
              + " is how a route is asked for; choose another name");
    } else {
      return true;
    }
    return false;
  }

  /** What a name stands for in the first place; null, and a problem, if for nothing. */
  private @Nullable Link link(String pattern, Scalar value) {
    String name = value.value();
    if (written.containsKey(name) && !isGlob(name)) {
      return new Link(null, name, null);
    }
    TargetRef target = TargetNames.explicit(name, providers);
    if (target == null) {
      String glob = glob(name);
      if (glob != null) {
        return new Link(null, glob, name);
      }
      List<String> others = new ArrayList<>(written.keySet());
      others.remove(pattern);
      problems.add(value.at(), TargetNames.unknown(value, others, providers));
      return null;
    }
    if (isGlob(target.model()) && !target.model().equals("*") && !isGlob(pattern)) {
      problems.add(
          value.at(),
          value.path()
              + ": expected provider/model or provider/*; more can only be left open for a pattern"
              + " with *, found "
              + value.shown());
      return null;
    }
    return new Link(target, null, null);
  }

  /** The target at the end of what a name stands for; null if there is none. */
  private @Nullable TargetRef follow(String pattern) {
    Set<String> trail = new LinkedHashSet<>();
    String current = pattern;
    // The last name that a glob was found for: it fills in what the target leaves open.
    String glob = "";
    String name = null;
    while (trail.add(current)) {
      Link link = links.get(current);
      if (link == null) {
        return null;
      }
      if (link.target() != null) {
        String rest = name == null ? null : Globs.rest(glob, name);
        return name == null || rest == null
            ? link.target()
            : Models.fill(link.target(), name, rest);
      }
      String next = link.next() == null ? current : link.next();
      if (link.name() != null) {
        glob = next;
        name = link.name();
      }
      current = next;
    }
    reportLoop(new ArrayList<>(trail), current);
    return null;
  }

  /** The glob that a name fits best; null if it fits none. */
  private @Nullable String glob(String name) {
    String best = null;
    for (String pattern : written.keySet()) {
      if (isGlob(pattern)
          && Globs.matches(pattern, name)
          && (best == null || pattern.indexOf('*') > best.indexOf('*'))) {
        best = pattern;
      }
    }
    return best;
  }

  private void reportLoop(List<String> trail, String start) {
    List<String> loop = new ArrayList<>(trail.subList(trail.indexOf(start), trail.size()));
    if (!looped.addAll(loop)) {
      return;
    }
    loop.add(start);
    Scalar value = written.get(start);
    if (value != null) {
      problems.add(value.at(), value.path() + ": leads to a loop: " + String.join(" → ", loop));
    }
  }

  private static boolean isGlob(String name) {
    return name.indexOf('*') >= 0;
  }
}
