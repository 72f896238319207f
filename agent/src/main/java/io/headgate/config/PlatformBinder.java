// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.ProviderSettings.Platform;
import io.headgate.config.Value.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what platforms have that carry other providers' calls, and who goes through them. */
final class PlatformBinder {
  private static final String GATEWAY = "cloudflare";
  private static final List<String> ACCOUNTS = List.of(GATEWAY, "workers-ai");

  private final ConfigBinder binder;
  private final KeyBinder keys;
  private final Problems problems;

  /** Where each {@code via} stands, by its full name. */
  private final Map<String, String> places = new LinkedHashMap<>();

  PlatformBinder(ConfigBinder binder, KeyBinder keys, Problems problems) {
    this.binder = binder;
    this.keys = keys;
    this.problems = problems;
  }

  Platform read(Section provider, String name, String path) {
    String via = binder.choice(provider, "via", path + ".via", Choice.VIA);
    Value written = provider.get("via");
    if (via != null && written != null) {
      if (name.equals(GATEWAY)) {
        problems.add(written.at(), path + ".via: " + GATEWAY + " cannot go through itself");
      }
      places.put(path + ".via", written.at());
    }
    belongsTo(ACCOUNTS, provider, name, "account");
    belongsTo(List.of(GATEWAY), provider, name, "gateway");
    belongsTo(List.of(GATEWAY), provider, name, "token");
    Platform platform =
        new Platform(
            via,
            word(provider, path, "account"),
            word(provider, path, "gateway"),
            keys.secret(provider.get("token"), path + ".token", Names.variable(name) + "_TOKEN"));
    return platform.equals(Platform.NONE) ? Platform.NONE : platform;
  }

  /** Whether the platform is there that providers go through. */
  void check(Map<String, ProviderSettings> providers) {
    ProviderSettings gateway = providers.get(GATEWAY);
    if (gateway != null
        && gateway.platform().account() != null
        && gateway.platform().gateway() != null) {
      return;
    }
    places.forEach(
        (path, at) ->
            problems.add(
                at, path + ": cloudflare needs account and gateway under providers." + GATEWAY));
  }

  private void belongsTo(List<String> names, Section provider, String name, String key) {
    Value.Entry entry = provider.entries().get(key);
    if (entry != null && !names.contains(name)) {
      problems.add(
          entry.keyAt(),
          "key "
              + Problems.quote(key)
              + (" under providers." + name + " belongs under providers.")
              + String.join(" or providers.", names));
    }
  }

  /** Goes into a path, so that no other characters may be in it. */
  private @Nullable String word(Section provider, String path, String key) {
    String expected = "letters, digits, - and _";
    Scalar scalar = binder.scalar(provider.get(key), path + "." + key, expected);
    if (scalar != null && !isWord(scalar.value())) {
      problems.add(
          scalar.at(),
          scalar.path() + ": expected " + expected + ", found " + scalar.shownIfInFile());
      return null;
    }
    return scalar == null ? null : scalar.value();
  }

  static boolean isWord(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!word && c != '-' && c != '_') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
