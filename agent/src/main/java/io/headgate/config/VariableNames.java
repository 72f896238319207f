// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.Overrides.ProviderNames;
import io.headgate.config.Overrides.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an environment variable {@code HEADGATE_…} means. Underscores separate keys and words alike,
 * so names are read from the end: {@code HEADGATE_PROVIDERS_WORKERS_AI_BASE_URL}.
 *
 * <p>Variables that resemble no key are left alone: users name their own ones {@code HEADGATE_…}
 * for placeholders, and Kubernetes announces a service called headgate through such variables.
 */
final class VariableNames {
  private static final String PREFIX = "HEADGATE_";
  private static final String PROVIDERS = "PROVIDERS_";
  private static final List<String> SCALARS =
      List.of("mode", "fail", "environment", "response-model");
  private static final Map<String, Vocabulary> SECTIONS =
      Map.of(
          "privacy", Vocabulary.PRIVACY,
          "timeout", Vocabulary.TIMEOUT,
          "retry", Vocabulary.RETRY,
          "breaker", Vocabulary.BREAKER,
          "state", Vocabulary.STATE);

  /** Those whose keys are names of the user's, or lists. */
  private static final List<String> FILE_ONLY =
      List.of("metadata", "models", "routes", "rewrite", "cache");

  private static final Map<String, Target> KNOWN = known();

  private final ProviderNames providers;
  private final Problems problems;

  VariableNames(ProviderNames providers, Problems problems) {
    this.providers = providers;
    this.problems = problems;
  }

  /** The key a variable sets; null if none, and a problem if it looks as if there should be one. */
  @Nullable Target target(String variable) {
    if (!variable.startsWith(PREFIX) || announcesService(variable)) {
      return null;
    }
    String name = variable.substring(PREFIX.length());
    if (name.startsWith(PROVIDERS)) {
      return provider(variable, name.substring(PROVIDERS.length()));
    }
    String key = Names.squash(name);
    if (Vocabulary.RESERVED.contains(key)) {
      return null;
    }
    for (Target known : KNOWN.values()) {
      if (Names.squash(String.join("", known.path())).equals(key)) {
        return known;
      }
    }
    refuse(variable, name);
    return null;
  }

  /** What has a variable of its own, by the variable's name without the prefix. */
  private static Map<String, Target> known() {
    Map<String, Target> known = new TreeMap<>();
    SCALARS.forEach(key -> known.put(Names.variable(key), new Target(List.of(key))));
    SECTIONS.forEach(
        (section, vocabulary) -> {
          for (String key : vocabulary.now()) {
            known.put(Names.variable(section + "_" + key), new Target(List.of(section, key)));
          }
        });
    return known;
  }

  private void refuse(String variable, String name) {
    int underscore = name.indexOf('_');
    String first = Names.squash(underscore < 0 ? name : name.substring(0, underscore));
    if (first.equals("pricing")) {
      problems.add(
          variable, "pricing cannot be set by a variable; use the file or -Dheadgate.pricing…");
    } else if (FILE_ONLY.contains(first)) {
      boolean flat = first.equals("metadata") || first.equals("models");
      problems.add(
          variable,
          first
              + " cannot be set by a variable; use the file"
              + (flat ? " or -Dheadgate." + first + ".NAME" : ""));
    } else if (Vocabulary.TOP.later().contains(first)) {
      problems.add(variable, "key " + Problems.quote(first) + " is not supported yet; remove it");
    } else {
      String meant = near(name);
      if (meant != null) {
        problems.add(variable, "unknown variable; did you mean " + PREFIX + meant + "?");
      }
    }
  }

  private static @Nullable String near(String name) {
    String wanted = Names.squash(name);
    List<String> candidates = new ArrayList<>(KNOWN.keySet());
    candidates.add("CONFIG");
    for (String known : candidates) {
      int limit = Math.max(1, known.length() / 4);
      if (Names.distance(wanted, Names.squash(known)) <= limit) {
        return known;
      }
    }
    int underscore = name.indexOf('_');
    boolean plural =
        underscore > 0
            && Names.distance(Names.squash(name.substring(0, underscore)), "providers") <= 2;
    return plural ? PROVIDERS + name.substring(underscore + 1) : null;
  }

  private @Nullable Target provider(String variable, String rest) {
    int headers = rest.indexOf("_HEADERS_");
    if (headers > 0 && headers + "_HEADERS_".length() < rest.length()) {
      String field = rest.substring(headers + "_HEADERS_".length());
      return new Target(
          List.of("providers", providerName(rest.substring(0, headers)), "headers", dashed(field)));
    }
    // The longest ending that is a key: API_KEY, not KEY.
    for (int i = rest.indexOf('_'); i >= 0; i = rest.indexOf('_', i + 1)) {
      String key = Vocabulary.PROVIDER.relaxed(rest.substring(i + 1));
      if (key == null || i == 0 || key.equals("headers")) {
        continue;
      }
      String name = providerName(rest.substring(0, i));
      String refusal = Vocabulary.PROVIDER.refusal(key, "providers." + name);
      if (refusal != null) {
        problems.add(variable, refusal);
        return null;
      }
      return new Target(List.of("providers", name, key));
    }
    problems.add(variable, "names no key of a provider; " + hint(rest));
    return null;
  }

  private String hint(String rest) {
    List<String> candidates = new ArrayList<>();
    for (String provider : providers.known()) {
      for (String key : Vocabulary.PROVIDER.now()) {
        candidates.add(Names.variable(provider) + "_" + Names.variable(key));
      }
    }
    String nearest = Names.nearest(rest, candidates);
    return nearest == null
        ? "expected " + PREFIX + PROVIDERS + "NAME_BASE_URL, _API_KEY, _HEADERS_FIELD, …"
        : "did you mean " + PREFIX + PROVIDERS + nearest + "?";
  }

  private String providerName(String spelling) {
    return providers.resolve(dashed(spelling));
  }

  private static String dashed(String spelling) {
    return spelling.replace('_', '-').toLowerCase(Locale.ROOT);
  }

  /** Such as {@code HEADGATE_SERVICE_HOST} and {@code HEADGATE_PORT_8080_TCP_ADDR}. */
  private static boolean announcesService(String variable) {
    return variable.endsWith("_SERVICE_HOST")
        || variable.contains("_SERVICE_PORT")
        || variable.endsWith("_PORT")
        || variable.contains("_TCP")
        || variable.contains("_UDP");
  }
}
