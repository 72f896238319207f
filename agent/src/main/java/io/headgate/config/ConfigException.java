// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.Config.Fail;
import java.util.List;

/**
 * A configuration that cannot be used. The message is ready for stderr: one line per mistake, each
 * starting with {@code headgate: }. It never holds the value of a variable.
 */
public final class ConfigException extends RuntimeException {
  private final transient List<String> problems;
  private final Fail fail;

  ConfigException(List<String> problems, Fail fail) {
    super(message(problems));
    this.problems = List.copyOf(problems);
    this.fail = fail;
  }

  /** One line per mistake, without the prefix. */
  public List<String> problems() {
    return problems;
  }

  /** What the user wants to happen now, as far as it could be made out. */
  public Fail fail() {
    return fail;
  }

  private static String message(List<String> problems) {
    StringBuilder message = new StringBuilder();
    for (String problem : problems) {
      message.append(message.isEmpty() ? "headgate: " : "\nheadgate: ").append(problem);
    }
    return message.toString();
  }
}
