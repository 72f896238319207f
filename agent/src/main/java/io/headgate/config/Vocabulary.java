// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys a mapping may have. The published JSON Schema lists the same ones; a test compares.
 *
 * @param now what this release understands
 * @param later what later releases will: refused, so that nobody believes it works
 */
record Vocabulary(List<String> now, List<String> later) {

  static final Vocabulary TOP =
      new Vocabulary(
          List.of("mode", "fail", "environment", "providers", "pricing", "privacy"),
          List.of(
              "metadata",
              "models",
              "timeout",
              "retry",
              "breaker",
              "routes",
              "cache",
              "limits",
              "budgets",
              "rewrite",
              "guard",
              "state",
              "dashboard"));

  static final Vocabulary PROVIDER =
      new Vocabulary(
          List.of("base-url", "api-key", "headers", "dialect", "hosts", "price"),
          List.of("keys", "via", "account", "gateway", "token"));

  static final Vocabulary PRICE =
      new Vocabulary(List.of("input", "cached-input", "cache-write", "output"), List.of());

  static final Vocabulary PRIVACY = new Vocabulary(List.of("content"), List.of());

  /** Names that configure how the configuration is found; they are not keys of it. */
  static final List<String> RESERVED = List.of("config", "enabled", "debug");

  /** Why a key is refused; null if it is understood. */
  @Nullable String refusal(String key, String path) {
    if (now.contains(key)) {
      return null;
    }
    if (later.contains(key)) {
      return "key " + Problems.quote(key) + under(path) + " is not supported yet; remove it";
    }
    return "unknown key " + Problems.quote(key) + under(path) + "; " + hint(key);
  }

  /** The key meant by a relaxed spelling, of this release or a later one; null if there is none. */
  @Nullable String relaxed(String spelling) {
    String wanted = Names.squash(spelling);
    for (String key : all()) {
      if (Names.squash(key).equals(wanted)) {
        return key;
      }
    }
    return null;
  }

  /** How a refusal ends. */
  String hint(String key) {
    String nearest = Names.nearest(key, all());
    if (nearest == null) {
      return "expected " + Choice.oneOf(now);
    }
    String meant = "did you mean " + Problems.quote(nearest) + "?";
    return later.contains(nearest) ? meant + " It is not supported yet" : meant;
  }

  private List<String> all() {
    List<String> all = new ArrayList<>(now);
    all.addAll(later);
    return all;
  }

  private static String under(String path) {
    return path.isEmpty() ? "" : " under " + path;
  }
}
