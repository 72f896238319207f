// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

import java.util.List;

/**
 * Whether a tool has to be called.
 *
 * @param names the tools to choose from; empty for all
 */
public record ToolChoice(Kind kind, List<String> names) {

  /** Nothing was said of it. */
  public static final ToolChoice DEFAULT = new ToolChoice(Kind.DEFAULT, List.of());

  public static final ToolChoice AUTO = new ToolChoice(Kind.AUTO, List.of());

  /** How free the model is. */
  public enum Kind {
    DEFAULT,
    AUTO,
    REQUIRED,
    NONE
  }

  public ToolChoice {
    names = List.copyOf(names);
  }

  /** That one tool has to be called. */
  public static ToolChoice named(String name) {
    return new ToolChoice(Kind.REQUIRED, List.of(name));
  }
}
