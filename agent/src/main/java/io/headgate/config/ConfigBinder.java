// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.Config.Fail;
import io.headgate.config.Config.Mode;
import io.headgate.config.Value.Entry;
import io.headgate.config.Value.Items;
import io.headgate.config.Value.Section;
import io.headgate.config.Value.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gives meaning to what was written: from {@link Value}s to a {@link Config}, or to problems. */
final class ConfigBinder {
  private final Collection<String> builtIn;
  private final Placeholders placeholders;
  private final Problems problems;

  ConfigBinder(Collection<String> builtIn, Placeholders placeholders, Problems problems) {
    this.builtIn = builtIn;
    this.placeholders = placeholders;
    this.problems = problems;
  }

  /** The configuration; of no use if there are problems. */
  Config bind(@Nullable String source, Section root, Mode defaultMode) {
    checkKeys(root, Vocabulary.TOP, "");
    Mode mode = defaultMode;
    Fail fail = Fail.OPEN;
    String modeWord = choice(root, "mode", "mode", Choice.MODE);
    if (modeWord != null) {
      mode = Mode.valueOf(modeWord.toUpperCase(Locale.ROOT));
    }
    String failWord = choice(root, "fail", "fail", Choice.FAIL);
    if (failWord != null) {
      fail = Fail.valueOf(failWord.toUpperCase(Locale.ROOT));
    }
    Scalar environment = scalar(root.get("environment"), "environment", "text");
    Section privacy = section(root.get("privacy"), "privacy", "content: none");
    checkKeys(privacy, Vocabulary.PRIVACY, "privacy");
    choice(privacy, "content", "privacy.content", Choice.CONTENT);
    Section providerSection =
        section(root.get("providers"), "providers", "provider names, such as openai:");
    Map<String, ProviderSettings> providers =
        new ProviderBinder(this, builtIn, problems).bind(providerSection);
    Set<String> known = new TreeSet<>(builtIn);
    // Those that turn out to be mistakes too: one message about a wrong name is enough.
    known.addAll(providerSection.entries().keySet());
    Traffic traffic = new TrafficBinder(this, known, problems).bind(root);
    List<CacheRule> cache =
        new CacheBinder(this, known, traffic.models(), problems).bind(root.get("cache"));
    StateSettings state =
        new StateBinder(this, placeholders.home(), problems).bind(root.get("state"));
    List<PriceSetting> pricing =
        new PriceBinder(this, builtIn, providerSection.entries().keySet(), problems)
            .bind(section(root.get("pricing"), "pricing", "\"provider/model\": {…}"));
    return new Config(
        source,
        mode,
        fail,
        environment == null ? "" : environment.value(),
        providers,
        pricing,
        cache,
        state,
        traffic);
  }

  void checkKeys(Section section, Vocabulary vocabulary, String path) {
    for (Map.Entry<String, Entry> entry : section.entries().entrySet()) {
      String refusal = vocabulary.refusal(entry.getKey(), path);
      if (refusal != null) {
        problems.add(entry.getValue().keyAt(), refusal);
      }
    }
  }

  /** A mapping; an empty one if it is absent, or, with a problem, if something else is there. */
  Section section(@Nullable Value value, String path, String of) {
    if (value instanceof Section section) {
      return section;
    }
    if (value != null && !Value.isBlank(value)) {
      problems.add(value.at(), path + ": expected a mapping of " + of + ", found " + kind(value));
    }
    return Section.empty("");
  }

  /**
   * A scalar with its placeholders replaced; null if it is absent, empty or, with a problem, bad.
   */
  @Nullable Scalar scalar(@Nullable Value value, String path, String expected) {
    if (value == null) {
      return null;
    }
    if (!(value instanceof Text text)) {
      problems.add(value.at(), path + ": expected " + expected + ", found " + kind(value));
      return null;
    }
    return expand(text, path, false);
  }

  /**
   * Text in which <code>${metadata.x}</code> and the white space at its ends stay; null if it is
   * absent, blank or, with a problem, bad.
   */
  @Nullable Scalar template(@Nullable Value value, String path) {
    if (value != null && !(value instanceof Text)) {
      problems.add(value.at(), path + ": expected text, found " + kind(value));
    }
    return value instanceof Text text ? expand(text, path, true) : null;
  }

  private @Nullable Scalar expand(Text text, String path, boolean template) {
    Placeholders.Expansion expansion = placeholders.expand(text.text(), template);
    if (expansion.problem() != null) {
      problems.add(text.at(), path + ": " + expansion.problem());
      return null;
    }
    String value = expansion.value();
    // An empty variable counts as one that is not set, as for OpenTelemetry.
    return value.isBlank()
        ? null
        : new Scalar(
            text.at(),
            path,
            text.text(),
            template ? value : value.strip(),
            text.inFile(),
            expansion.plain());
  }

  /** The items of a list; none if it is absent or, with a problem, empty or something else. */
  List<Value> items(@Nullable Value value, String path, String of) {
    if (value instanceof Items list) {
      if (list.items().isEmpty()) {
        problems.add(list.at(), path + ": the list is empty; expected " + of);
      }
      return list.items();
    }
    if (value != null && !Value.isBlank(value)) {
      problems.add(value.at(), path + ": expected a list of " + of + ", found " + kind(value));
    }
    return List.of();
  }

  /** One scalar or a list of them. In an override, as everywhere, a comma separates. */
  List<Scalar> scalars(@Nullable Value value, String path, String expected) {
    List<Value> items = new ArrayList<>();
    if (value instanceof Text text && !text.inFile()) {
      for (String item : text.text().split(",")) {
        items.add(new Text(text.at(), item));
      }
    } else if (value instanceof Text text) {
      items.add(text);
    } else if (value instanceof Section) {
      problems.add(value.at(), path + ": expected " + expected + ", found " + kind(value));
    } else {
      items.addAll(items(value, path, expected));
    }
    List<Scalar> scalars = new ArrayList<>();
    for (Value item : items) {
      Scalar scalar = scalar(item, path, expected);
      if (scalar != null) {
        scalars.add(scalar);
      }
    }
    return scalars;
  }

  @Nullable String choice(Section section, String key, String path, Choice choice) {
    Scalar scalar = scalar(section.get(key), path, Choice.oneOf(choice.now()));
    return scalar == null ? null : choice.read(scalar, problems);
  }

  static String kind(Value value) {
    if (value instanceof Section) {
      return "a mapping";
    }
    return value instanceof Text ? "a single value" : "a list";
  }
}
