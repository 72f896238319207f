// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Finds the file: the agent's argument, {@code -Dheadgate.config}, {@code HEADGATE_CONFIG}, {@code
 * ./headgate.yaml}. May run before the application's {@code main}, where {@code java.nio.file}
 * would fix the default file system too early; so {@link File}.
 */
final class ConfigLocator {
  static final String DEFAULT_NAME = "headgate.yaml";
  static final String PROPERTY = "headgate.config";
  static final String VARIABLE = "HEADGATE_CONFIG";
  private static final String ARGUMENT = "config";

  private final Map<String, String> env;
  private final Properties props;
  private final File directory;

  ConfigLocator(Map<String, String> env, Properties props, File directory) {
    this.env = env;
    this.props = props;
    this.directory = directory;
  }

  /**
   * @param file the file, which need not exist if it was named
   * @param name as the user knows it, for messages
   * @param namedBy what named it; null for the default file
   */
  record Location(File file, String name, @Nullable String namedBy) {}

  /** The first place that names a file; null if none does and there is no default file. */
  @Nullable Location locate(@Nullable String agentArgs, Problems problems) {
    String path = argument(agentArgs, problems);
    if (path != null) {
      return new Location(new File(path), path, "the agent argument config");
    }
    path = props.getProperty(PROPERTY);
    if (path != null && !path.isBlank()) {
      return new Location(new File(path.strip()), path.strip(), "-D" + PROPERTY);
    }
    path = env.get(VARIABLE);
    if (path != null && !path.isBlank()) {
      return new Location(new File(path.strip()), path.strip(), VARIABLE);
    }
    File file = new File(directory, DEFAULT_NAME);
    return file.exists() ? new Location(file, DEFAULT_NAME, null) : null;
  }

  /** The value of {@code config} in {@code name=value} pairs separated by semicolon or comma. */
  private static @Nullable String argument(@Nullable String agentArgs, Problems problems) {
    String path = null;
    for (String option : options(agentArgs)) {
      int equals = option.indexOf('=');
      String name = (equals < 0 ? option : option.substring(0, equals)).strip();
      if (!name.equals(ARGUMENT)) {
        String hint =
            Names.nearest(name, List.of(ARGUMENT)) == null
                ? "expected config=PATH"
                : "did you mean \"config\"?";
        problems.add("agent argument", "unknown option " + Problems.quote(name) + "; " + hint);
      } else if (equals < 0 || option.substring(equals + 1).isBlank()) {
        problems.add("agent argument", "config names no file; expected config=PATH");
      } else {
        path = option.substring(equals + 1).strip();
      }
    }
    return path;
  }

  private static List<String> options(@Nullable String agentArgs) {
    List<String> options = new ArrayList<>(1);
    if (agentArgs == null) {
      return options;
    }
    int start = 0;
    for (int i = 0; i <= agentArgs.length(); i++) {
      if (i == agentArgs.length() || agentArgs.charAt(i) == ';' || agentArgs.charAt(i) == ',') {
        String option = agentArgs.substring(start, i).strip();
        if (!option.isEmpty()) {
          options.add(option);
        }
        start = i + 1;
      }
    }
    return options;
  }
}
