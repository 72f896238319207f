// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the target that a name in the configuration stands for: an alias, else {@code
 * provider/model} if there is such a provider, else what a glob makes of the name. A glob comes
 * last, so that {@code "*": …} does not take what names its provider.
 */
final class TargetNames {
  static final String EXPECTED = "provider/model, such as openai/gpt-4o, or an alias under models";

  private final Collection<String> providers;
  private final Models models;

  TargetNames(Collection<String> providers, Models models) {
    this.providers = providers;
    this.models = models;
  }

  /** The target; null, and a problem, if there is none. */
  @Nullable TargetRef find(Scalar scalar, Problems problems) {
    TargetRef target = models.alias(scalar.value());
    if (target == null) {
      target = explicit(scalar.value(), providers);
    }
    if (target == null) {
      target = models.byGlob(scalar.value());
    }
    if (target == null) {
      List<String> aliases = new ArrayList<>();
      models.entries().forEach(entry -> aliases.add(entry.pattern()));
      problems.add(scalar.at(), unknown(scalar, aliases, providers));
    } else if (target.model().indexOf('*') >= 0 && !target.model().equals("*")) {
      problems.add(
          scalar.at(),
          scalar.path()
              + ": expected provider/model, or provider/* for the model that is asked for, found "
              + scalar.shown());
      return null;
    }
    return target;
  }

  /** The target that names its provider; null if none of that name is known. */
  static @Nullable TargetRef explicit(String name, Collection<String> providers) {
    int slash = name.indexOf('/');
    return slash <= 0 || slash == name.length() - 1 || !providers.contains(name.substring(0, slash))
        ? null
        : new TargetRef(name.substring(0, slash), name.substring(slash + 1));
  }

  /** What is wrong with a name that stands for nothing. */
  static String unknown(Scalar scalar, Collection<String> aliases, Collection<String> providers) {
    // Computed from what was written: a hint from the expanded value would give part of it away.
    String name = scalar.written();
    int slash = name.indexOf('/');
    String nearest = Names.nearest(name, aliases);
    if (nearest == null && slash == name.length() - 1 && slash > 0) {
      return scalar.path() + ": expected " + EXPECTED + ", found " + scalar.shown();
    }
    String message = scalar.path() + ": unknown model " + scalar.shown();
    if (nearest == null) {
      String provider = slash < 0 ? name : name.substring(0, slash);
      String near = Names.nearest(provider, providers);
      String rest = slash < 0 ? "/*" : name.substring(slash);
      if (slash > 0) {
        message = scalar.path() + ": unknown provider in " + scalar.shown();
      }
      nearest = near == null ? null : near + rest;
    }
    return message
        + (nearest == null
            ? "; expected " + EXPECTED
            : "; did you mean " + Problems.quote(nearest) + "?");
  }
}
