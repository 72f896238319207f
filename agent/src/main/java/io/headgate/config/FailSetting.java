// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.Config.Fail;
import io.headgate.config.Value.Section;
import io.headgate.config.Value.Text;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what {@code fail} says in a configuration that cannot be used, so that a mistake
 * anywhere else does not undo {@code fail: closed}.
 */
final class FailSetting {
  private static final String KEY = "fail:";

  private final Map<String, String> env;
  private final Properties props;
  private final Placeholders placeholders;

  FailSetting(Map<String, String> env, Properties props, Placeholders placeholders) {
    this.env = env;
    this.props = props;
    this.placeholders = placeholders;
  }

  /**
   * @param root what was read of the file; null if it is no YAML
   * @param text the file; null if there is none to be had
   */
  Fail find(@Nullable Section root, @Nullable String text) {
    String word = props.getProperty("headgate.fail");
    if (word == null || word.isBlank()) {
      word = env.get("HEADGATE_FAIL");
    }
    if (word == null || word.isBlank()) {
      if (root != null) {
        word = root.get("fail") instanceof Text written ? written.text() : null;
      } else {
        word = text == null ? null : line(text);
      }
    }
    if (word == null) {
      return Fail.OPEN;
    }
    return placeholders.expand(word).value().strip().equalsIgnoreCase("closed")
        ? Fail.CLOSED
        : Fail.OPEN;
  }

  /** The value in the line that starts with the key, as far as that can be told without YAML. */
  private static @Nullable String line(String text) {
    for (String line : text.split("\n")) {
      if (line.startsWith(KEY)) {
        String value = line.substring(KEY.length());
        int comment = value.indexOf(" #");
        return (comment < 0 ? value : value.substring(0, comment))
            .replace("\"", "")
            .replace("'", "")
            .strip();
      }
    }
    return null;
  }
}
