// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.MetadataSource.Kind;
import io.headgate.config.Value.Entry;
import io.headgate.config.Value.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code metadata}. */
final class MetadataBinder {
  private static final int MAX_NAMES = 32;
  private static final String SOURCE =
      "a source: header:NAME, baggage:KEY, mdc:KEY, body:PATH, caller:class, caller:method,"
          + " caller:package or value:TEXT";
  private static final List<String> KINDS =
      List.of("header", "baggage", "mdc", "body", "caller", "value");
  private static final List<String> CALLER = List.of("class", "method", "package");

  /** Values of metadata go into spans. */
  private static final Set<String> CREDENTIALS =
      Set.of(
          "authorization",
          "proxy-authorization",
          "cookie",
          "api-key",
          "x-api-key",
          "x-goog-api-key");

  private final ConfigBinder binder;
  private final Problems problems;

  MetadataBinder(ConfigBinder binder, Problems problems) {
    this.binder = binder;
    this.problems = problems;
  }

  Map<String, List<MetadataSource>> bind(Section metadata) {
    Map<String, List<MetadataSource>> names = new LinkedHashMap<>();
    int seen = 0;
    for (Map.Entry<String, Entry> entry : metadata.entries().entrySet()) {
      String name = entry.getKey();
      String at = entry.getValue().keyAt();
      if (++seen == MAX_NAMES + 1) {
        problems.add(at, "metadata: more than " + MAX_NAMES + " names");
      }
      if (!isName(name)) {
        problems.add(
            at,
            "metadata: expected a name of letters, digits, _, . and - that starts with a lower-case"
                + " letter, found "
                + Problems.quote(name));
        continue;
      }
      List<MetadataSource> sources = new ArrayList<>();
      for (Scalar scalar : binder.scalars(entry.getValue().value(), "metadata." + name, SOURCE)) {
        MetadataSource source = source(scalar);
        if (source != null) {
          sources.add(source);
        }
      }
      if (!sources.isEmpty()) {
        names.put(name, List.copyOf(sources));
      }
    }
    return names;
  }

  private @Nullable MetadataSource source(Scalar scalar) {
    String text = scalar.value();
    int colon = text.indexOf(':');
    String kind = (colon < 0 ? text : text.substring(0, colon)).strip().toLowerCase(Locale.ROOT);
    String name = colon < 0 ? "" : text.substring(colon + 1).strip();
    if (!KINDS.contains(kind) || name.isEmpty()) {
      String nearest = KINDS.contains(kind) ? null : Names.nearest(kind, KINDS);
      return refuse(
          scalar,
          "expected "
              + SOURCE
              + ", found "
              + scalar.shown()
              + (nearest == null ? "" : "; did you mean " + Problems.quote(nearest + ":") + "?"));
    }
    if (kind.equals("caller") && !CALLER.contains(name)) {
      return refuse(
          scalar,
          "expected caller:class, caller:method or caller:package, found " + scalar.shown());
    }
    if (kind.equals("header") && !HeaderFields.isToken(name)) {
      return refuse(scalar, "expected an HTTP field name after header:, found " + scalar.shown());
    }
    if (kind.equals("header") && CREDENTIALS.contains(name.toLowerCase(Locale.ROOT))) {
      return refuse(scalar, name + " is a credential; metadata goes into spans");
    }
    return new MetadataSource(Kind.valueOf(kind.toUpperCase(Locale.ROOT)), name);
  }

  private @Nullable MetadataSource refuse(Scalar scalar, String why) {
    problems.add(scalar.at(), scalar.path() + ": " + why);
    return null;
  }

  /** Whether a text can be the name of metadata. */
  static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean lower = c >= 'a' && c <= 'z';
      boolean further = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "_.-".indexOf(c) >= 0;
      if (!lower && (i == 0 || !further)) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
