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
          List.of(
              "mode",
              "fail",
              "environment",
              "metadata",
              "providers",
              "models",
              "timeout",
              "retry",
              "breaker",
              "routes",
              "rewrite",
              "response-model",
              "cache",
              "state",
              "pricing",
              "privacy"),
          List.of("limits", "budgets", "guard", "dashboard"));

  static final Vocabulary PROVIDER =
      new Vocabulary(
          List.of(
              "base-url",
              "api-key",
              "keys",
              "headers",
              "dialect",
              "hosts",
              "price",
              "via",
              "account",
              "gateway",
              "token",
              "deployments"),
          List.of());

  static final Vocabulary KEY = new Vocabulary(List.of("alias", "value", "weight"), List.of());

  static final Vocabulary TIMEOUT =
      new Vocabulary(List.of("connect", "first-token", "idle", "total"), List.of());

  static final Vocabulary RETRY =
      new Vocabulary(
          List.of("max-attempts", "backoff", "delay", "max-delay", "jitter", "on", "budget"),
          List.of());

  static final Vocabulary BREAKER =
      new Vocabulary(
          List.of("failure-rate", "min-calls", "window", "open-for", "half-open-calls"), List.of());

  /** What decides; a step has exactly one of them, or a {@code when} alone. */
  static final List<String> ACTIONS =
      List.of("use", "first", "split", "balance", "cascade", "route", "deny");

  static final Vocabulary STEP =
      new Vocabulary(
          List.of(
              "use", "first", "split", "balance", "cascade", "route", "deny", "status", "when",
              "then", "else", "on", "timeout", "retry", "breaker", "sticky", "policy", "rewrite"),
          List.of("within"));

  static final Vocabulary ARM = STEP.after("arm", "weight");
  static final Vocabulary MEMBER = STEP.after("weight");
  static final Vocabulary STAGE = STEP.after("accept");
  static final Vocabulary ROUTE = STEP.after("name", "match");

  static final Vocabulary MATCH =
      new Vocabulary(List.of("operation", "model", "provider", "when"), List.of());

  static final Vocabulary REWRITE =
      new Vocabulary(List.of("system", "set", "clamp", "remove", "headers"), List.of());

  static final Vocabulary REWRITE_SYSTEM = new Vocabulary(List.of("prepend", "append"), List.of());

  static final Vocabulary REWRITE_HEADERS = new Vocabulary(List.of("set", "remove"), List.of());

  static final Vocabulary CACHE =
      new Vocabulary(
          List.of(
              "match",
              "ttl",
              "stale-if-error",
              "stale-while-revalidate",
              "isolate",
              "key",
              "store-when",
              "max-entry",
              "replay",
              "semantic"),
          List.of());

  static final Vocabulary CACHE_KEY = new Vocabulary(List.of("ignore", "version"), List.of());

  static final Vocabulary SEMANTIC =
      new Vocabulary(List.of("threshold", "embed", "mode"), List.of());

  static final Vocabulary STATE =
      new Vocabulary(
          List.of("type", "path", "memory", "disk", "url", "timeout", "on-failure"), List.of());

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

  /** These keys too, after some others. */
  private Vocabulary after(String... keys) {
    List<String> all = new ArrayList<>(List.of(keys));
    all.addAll(now);
    return new Vocabulary(List.copyOf(all), later);
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
