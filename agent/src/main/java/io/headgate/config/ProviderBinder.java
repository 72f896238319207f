// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.chat.WireFormat;
import io.headgate.config.Value.Entry;
import io.headgate.config.Value.Items;
import io.headgate.config.Value.Section;
import io.headgate.config.Value.Text;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code providers}. */
final class ProviderBinder {
  /** Shorter than any provider's key, longer than what stands in for one: {@code not-needed}. */
  static final int KEY_LENGTH = 20;

  private final ConfigBinder binder;
  private final Collection<String> builtIn;
  private final Problems problems;
  private final HeaderFields headerFields;
  private final KeyBinder keys;
  private final PlatformBinder platforms;
  private final Map<String, String> providerOfHost = new HashMap<>();

  ProviderBinder(ConfigBinder binder, Collection<String> builtIn, Problems problems) {
    this.binder = binder;
    this.builtIn = builtIn;
    this.problems = problems;
    this.headerFields = new HeaderFields(binder, problems, false);
    this.keys = new KeyBinder(binder, problems);
    this.platforms = new PlatformBinder(binder, keys, problems);
  }

  Map<String, ProviderSettings> bind(Section providers) {
    Map<String, ProviderSettings> settings = new LinkedHashMap<>();
    for (Map.Entry<String, Entry> entry : providers.entries().entrySet()) {
      String name = entry.getKey();
      Value value = entry.getValue().value();
      String path = "providers." + name;
      Section section = binder.section(value, path, "settings, such as base-url:");
      if (isKnown(name, entry.getValue().keyAt(), section)) {
        settings.put(name, provider(name, path, section));
      }
    }
    platforms.check(settings);
    return settings;
  }

  private boolean isKnown(String name, String at, Section section) {
    if (builtIn.contains(name)) {
      return true;
    }
    if (section.get("dialect") == null) {
      String nearest = Names.nearest(name, new TreeSet<>(builtIn));
      problems.add(
          at,
          "unknown provider "
              + Problems.quote(name)
              + (nearest == null ? "" : "; did you mean " + Problems.quote(nearest) + "?")
              + (nearest == null ? "; a server" : " A server")
              + " of your own needs dialect, and base-url or hosts");
      return false;
    }
    if (!isName(name)) {
      problems.add(
          at,
          "provider name "
              + Problems.quote(name)
              + ": expected lower-case letters, digits, - and _, such as my-llm");
      return false;
    }
    if (section.get("base-url") == null && section.get("hosts") == null) {
      // What was meant for one of them may stand under a misspelled key.
      binder.checkKeys(section, Vocabulary.PROVIDER, "providers." + name);
      problems.add(
          at, "providers." + name + ": a server of your own needs base-url or hosts as well");
      return false;
    }
    return true;
  }

  private ProviderSettings provider(String name, String path, Section section) {
    binder.checkKeys(section, Vocabulary.PROVIDER, path);
    String dialect = binder.choice(section, "dialect", path + ".dialect", Choice.DIALECT);
    Value dialectValue = section.get("dialect");
    if (dialect != null && dialectValue != null && builtIn.contains(name)) {
      problems.add(
          dialectValue.at(),
          path
              + ".dialect: "
              + name
              + " is built in, and its paths tell the format; remove dialect, or give a server of"
              + " your own another name");
    }
    String price = binder.choice(section, "price", path + ".price", Choice.PRICE);
    return new ProviderSettings(
        dialect == null
            ? null
            : WireFormat.valueOf(dialect.replace('-', '_').toUpperCase(Locale.ROOT)),
        baseUrl(section.get("base-url"), path + ".base-url"),
        keys.secret(section.get("api-key"), path + ".api-key", Names.variable(name) + "_API_KEY"),
        headerFields.read(section.get("headers"), path + ".headers"),
        hosts(section.get("hosts"), name, path + ".hosts"),
        price != null,
        keys.pool(section.get("keys"), name, path + ".keys"),
        platforms.read(section, name, path),
        deployments(section.get("deployments"), path + ".deployments"));
  }

  private Map<String, String> deployments(@Nullable Value value, String path) {
    Map<String, String> models = new LinkedHashMap<>();
    Section section = binder.section(value, path, "names of deployments, such as chat: gpt-4o");
    for (Map.Entry<String, Entry> entry : section.entries().entrySet()) {
      String name = entry.getKey();
      Scalar model = binder.scalar(entry.getValue().value(), path + "." + name, "a model's name");
      if (model != null) {
        models.put(name, model.value());
      }
    }
    return models;
  }

  private @Nullable URI baseUrl(@Nullable Value value, String path) {
    Scalar scalar = binder.scalar(value, path, Addresses.BASE_URL);
    if (scalar == null) {
      return null;
    }
    URI url = Addresses.baseUrl(scalar.value());
    if (url == null) {
      problems.add(scalar.at(), path + ": " + Addresses.whyNotBaseUrl(scalar));
    }
    return url;
  }

  private List<String> hosts(@Nullable Value value, String name, String path) {
    List<Value> items = List.of();
    if (value instanceof Items list) {
      items = list.items();
    } else if (value instanceof Text text && !text.inFile()) {
      // An override is one scalar; as everywhere, a comma separates.
      items = new ArrayList<>();
      for (String item : text.text().split(",")) {
        items.add(new Text(text.at(), item));
      }
    } else if (value != null && !Value.isBlank(value)) {
      problems.add(
          value.at(),
          path + ": expected a list such as [llm.internal], found " + ConfigBinder.kind(value));
    }
    List<String> hosts = new ArrayList<>();
    for (Value item : items) {
      Scalar scalar = binder.scalar(item, path, Addresses.HOST);
      if (scalar != null && isHost(scalar, name)) {
        hosts.add(scalar.value());
      }
    }
    return hosts;
  }

  private boolean isHost(Scalar scalar, String provider) {
    if (!Addresses.isHost(scalar.value())) {
      problems.add(
          scalar.at(),
          scalar.path() + ": expected " + Addresses.HOST + ", found " + scalar.shownIfInFile());
      return false;
    }
    String other = providerOfHost.putIfAbsent(scalar.value(), provider);
    if (other != null) {
      problems.add(
          scalar.at(),
          scalar.path()
              + ": "
              + Problems.quote(scalar.written())
              + " is listed under providers."
              + other
              + " too");
    }
    return other == null;
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!word && (i == 0 || (c != '-' && c != '_'))) {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
