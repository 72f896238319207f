// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.io.File;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is anything to read at all. Cheap enough for {@code premain}: loads no other class
 * of this package and opens no file.
 */
public final class ConfigPresence {
  private static final String PROPERTY_PREFIX = "headgate.";
  private static final String VARIABLE_PREFIX = "HEADGATE_";

  private ConfigPresence() {}

  /** True if a file, a property or a variable might configure something. */
  public static boolean any(@Nullable String agentArgs) {
    return any(agentArgs, System.getenv(), System.getProperties(), new File("headgate.yaml"));
  }

  static boolean any(
      @Nullable String agentArgs, Map<String, String> env, Properties props, File defaultFile) {
    if (agentArgs != null && !agentArgs.isBlank()) {
      return true;
    }
    for (Object name : props.keySet()) {
      if (name instanceof String property
          && property.startsWith(PROPERTY_PREFIX)
          && !property.equals("headgate.enabled")) {
        return true;
      }
    }
    for (String name : env.keySet()) {
      if (name.startsWith(VARIABLE_PREFIX) && !name.equals("HEADGATE_ENABLED")) {
        return true;
      }
    }
    return defaultFile.exists();
  }
}
