// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.Overrides.ProviderNames;
import io.headgate.config.Overrides.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a system property {@code headgate.…} means. Dots separate keys; within a key, dashes,
 * underscores and case do not matter.
 */
final class PropertyNames {
  private static final String PREFIX = "headgate.";

  private final ProviderNames providers;
  private final Problems problems;

  PropertyNames(ProviderNames providers, Problems problems) {
    this.providers = providers;
    this.problems = problems;
  }

  /** The key a property sets; null if none, and a problem if there should be one. */
  @Nullable Target target(String property) {
    if (!property.startsWith(PREFIX)) {
      return null;
    }
    String at = "-D" + property;
    String name = property.substring(PREFIX.length());
    int dot = name.indexOf('.');
    String first = dot < 0 ? name : name.substring(0, dot);
    String rest = dot < 0 ? "" : name.substring(dot + 1);
    if (Vocabulary.RESERVED.contains(Names.squash(first)) && rest.isEmpty()) {
      return null;
    }
    String key = understood(at, Vocabulary.TOP, first, "");
    if (key == null) {
      return null;
    }
    return switch (key) {
      case "providers" -> provider(at, rest);
      case "pricing" -> price(at, rest);
      case "privacy" -> leaf(at, Vocabulary.PRIVACY, List.of(key), rest);
      case "timeout" -> leaf(at, Vocabulary.TIMEOUT, List.of(key), rest);
      case "retry" -> leaf(at, Vocabulary.RETRY, List.of(key), rest);
      case "breaker" -> leaf(at, Vocabulary.BREAKER, List.of(key), rest);
      case "state" -> leaf(at, Vocabulary.STATE, List.of(key), rest);
      case "models", "metadata" -> named(at, key, rest);
      case "routes", "rewrite", "cache" -> {
        problems.add(at, key + " cannot be set by a property; use the file");
        yield null;
      }
      default -> scalar(at, key, rest);
    };
  }

  private @Nullable Target scalar(String at, String key, String rest) {
    if (!rest.isEmpty()) {
      problems.add(at, key + " has no keys under it; expected -D" + PREFIX + key);
      return null;
    }
    return new Target(List.of(key));
  }

  private @Nullable Target provider(String at, String rest) {
    int dot = rest.indexOf('.');
    if (dot <= 0) {
      problems.add(at, "expected -D" + PREFIX + "providers.NAME.KEY");
      return null;
    }
    String name = providers.resolve(rest.substring(0, dot));
    String tail = rest.substring(dot + 1);
    int next = tail.indexOf('.');
    String first = next < 0 ? tail : tail.substring(0, next);
    if ("headers".equals(Vocabulary.PROVIDER.relaxed(first))) {
      if (next < 0 || next == tail.length() - 1) {
        problems.add(at, "expected -D" + PREFIX + "providers." + name + ".headers.FIELD");
        return null;
      }
      return new Target(List.of("providers", name, "headers", tail.substring(next + 1)));
    }
    return leaf(at, Vocabulary.PROVIDER, List.of("providers", name), tail);
  }

  /** The name may hold dots, and may stand in brackets as Spring has it for such keys. */
  private @Nullable Target named(String at, String key, String rest) {
    String name = unwrap(rest);
    if (name.isEmpty()) {
      problems.add(at, "expected -D" + PREFIX + key + ".NAME");
      return null;
    }
    return new Target(List.of(key, name));
  }

  private static String unwrap(String name) {
    return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
  }

  /** The pattern may hold dots, and may stand in brackets as Spring has it for such keys. */
  private @Nullable Target price(String at, String rest) {
    int dot = rest.lastIndexOf('.');
    if (dot <= 0) {
      problems.add(at, "expected -D" + PREFIX + "pricing.PROVIDER/MODEL.KEY");
      return null;
    }
    String pattern = unwrap(rest.substring(0, dot));
    return leaf(at, Vocabulary.PRICE, List.of("pricing", pattern), rest.substring(dot + 1));
  }

  private @Nullable Target leaf(
      String at, Vocabulary vocabulary, List<String> path, String spelling) {
    String key = understood(at, vocabulary, spelling, String.join(".", path));
    if (key == null) {
      return null;
    }
    return path.size() == 1
        ? new Target(List.of(path.get(0), key))
        : new Target(List.of(path.get(0), path.get(1), key));
  }

  private @Nullable String understood(
      String at, Vocabulary vocabulary, String spelling, String path) {
    String key = vocabulary.relaxed(spelling);
    String refusal = vocabulary.refusal(key == null ? spelling : key, path);
    if (refusal != null) {
      problems.add(at, refusal);
      return null;
    }
    return key;
  }
}
