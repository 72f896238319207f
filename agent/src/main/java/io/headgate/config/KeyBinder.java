// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.ProviderSettings.KeySetting;
import io.headgate.config.Value.Section;
import io.headgate.config.Value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads credentials, which must not stand in the file. */
final class KeyBinder {
  private static final int MAX_WEIGHT = 1_000_000;

  private final ConfigBinder binder;
  private final Problems problems;
  private final Measures measures;

  KeyBinder(ConfigBinder binder, Problems problems) {
    this.binder = binder;
    this.problems = problems;
    this.measures = new Measures(binder, problems);
  }

  /**
   * A credential; null if it is absent, empty or, with a problem, bad.
   *
   * @param path ends with the key's name
   * @param variable a name to suggest for the variable that should hold it
   */
  @Nullable Secret secret(@Nullable Value value, String path, String variable) {
    Scalar scalar = binder.scalar(value, path, "a placeholder such as ${API_KEY}");
    if (scalar == null) {
      return null;
    }
    String key = path.substring(path.lastIndexOf('.') + 1);
    String what = key.equals("token") ? "token" : "key";
    boolean literal =
        scalar.plain().outside() > 0 || scalar.plain().inDefault() >= ProviderBinder.KEY_LENGTH;
    if (literal && value instanceof Text text && text.inFile()) {
      problems.add(
          scalar.at(),
          path
              + (": the " + what + " itself must not stand in the file; write ")
              + (key + ": ${" + variable + "} and set that variable"));
      return null;
    }
    if (!HeaderFields.isValue(scalar.value())) {
      problems.add(
          scalar.at(), path + ": the " + what + " has characters that no HTTP header may have");
      return null;
    }
    return new Secret(scalar.value());
  }

  /** Several keys. One that is empty, since its variable may be missing, is left out. */
  List<KeySetting> pool(@Nullable Value value, String provider, String path) {
    List<KeySetting> keys = new ArrayList<>();
    Map<String, String> places = new TreeMap<>();
    List<Value> items = binder.items(value, path, "{alias: a, value: \"${KEY_A}\"}");
    for (int i = 0; i < items.size(); i++) {
      String at = items.get(i).at();
      String item = path + "[" + i + "]";
      Section section = binder.section(items.get(i), item, "alias, value and weight");
      binder.checkKeys(section, Vocabulary.KEY, item);
      String alias = alias(section, item, i);
      String first = alias == null ? null : places.putIfAbsent(alias, item);
      if (alias != null && first != null) {
        problems.add(
            at, item + ": alias " + Problems.quote(alias) + " is that of " + first + " too");
      }
      Value written = section.get("value");
      if (items.get(i) instanceof Section && (written == null || Value.isBlank(written))) {
        problems.add(at, item + ": value is missing; expected a placeholder such as ${KEY_A}");
      }
      Integer weight = measures.whole(section, item, "weight", 1, MAX_WEIGHT);
      String variable = Names.variable(provider) + "_API_KEY_" + (i + 1);
      Secret secret = secret(written, item + ".value", variable);
      if (alias != null && secret != null) {
        keys.add(new KeySetting(alias, secret, weight == null ? 1 : weight));
      }
    }
    return keys;
  }

  private @Nullable String alias(Section section, String path, int index) {
    String expected = "letters, digits, - and _";
    Scalar scalar = binder.scalar(section.get("alias"), path + ".alias", expected);
    if (scalar == null) {
      return Integer.toString(index);
    }
    if (!PlatformBinder.isWord(scalar.value())) {
      // Not shown: the key may have been put there.
      problems.add(scalar.at(), scalar.path() + ": expected " + expected);
      return null;
    }
    return scalar.value();
  }
}
