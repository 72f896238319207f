// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.Value.Section;
import io.headgate.config.Value.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Lays system properties and environment variables over what the file says. */
final class Overrides {
  /** Nobody would set anything there only to observe. */
  private static final Set<String> ACTING =
      Set.of("providers", "pricing", "models", "timeout", "retry", "breaker");

  private final Map<String, String> env;
  private final Properties props;
  private final Collection<String> builtIn;

  Overrides(Map<String, String> env, Properties props, Collection<String> builtIn) {
    this.env = env;
    this.props = props;
    this.builtIn = builtIn;
  }

  /**
   * @param root the file with the overrides in it
   * @param act whether one of them asks for more than observing
   */
  record Result(Section root, boolean act) {}

  /**
   * One override that names a key.
   *
   * @param path the keys that lead to it
   */
  record Target(List<String> path) {}

  Result apply(Section file, Problems problems) {
    ProviderNames names = new ProviderNames(builtIn, file);
    Section root = file;
    boolean act = false;
    // Variables first: a property that sets the same key replaces what they set.
    VariableNames variables = new VariableNames(names, problems);
    for (String name : new TreeSet<>(env.keySet())) {
      Target target = isBlank(env.get(name)) ? null : variables.target(name);
      if (target != null) {
        root = root.with(target.path(), new Text(name, value(env.get(name))));
        act |= acts(target);
      }
    }
    PropertyNames properties = new PropertyNames(names, problems);
    for (String name : new TreeSet<>(props.stringPropertyNames())) {
      String value = props.getProperty(name);
      Target target = isBlank(value) ? null : properties.target(name);
      if (target != null) {
        root = root.with(target.path(), new Text("-D" + name, value(value)));
        act |= acts(target);
      }
    }
    return new Result(root, act);
  }

  private static boolean acts(Target target) {
    String section = target.path().get(0);
    return ACTING.contains(section);
  }

  private static boolean isBlank(@Nullable String value) {
    return value == null || value.isBlank();
  }

  private static String value(@Nullable String value) {
    return value == null ? "" : value;
  }

  /** Finds the provider a relaxed spelling means. */
  static final class ProviderNames {
    private final List<String> known = new ArrayList<>();

    ProviderNames(Collection<String> builtIn, Section file) {
      if (file.get("providers") instanceof Section providers) {
        known.addAll(providers.entries().keySet());
      }
      known.addAll(new TreeSet<>(builtIn));
    }

    List<String> known() {
      return known;
    }

    /** The known provider of that name, or else the name itself. */
    String resolve(String spelling) {
      if (known.contains(spelling)) {
        return spelling;
      }
      String wanted = Names.squash(spelling);
      for (String name : known) {
        if (Names.squash(name).equals(wanted)) {
          return name;
        }
      }
      return spelling;
    }
  }
}
