// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

import org.jspecify.annotations.Nullable;

/**
 * How much a model is to think before it answers. At most one of the two measures is set by a
 * reader; who needs the other one works it out.
 *
 * @param mode whether it is to think
 * @param effort null if not said
 * @param budget in tokens; null if not said
 * @param shown whether thoughts, or a summary of them, are wanted in the answer; null if not said
 */
public record Reasoning(
    Mode mode, @Nullable Effort effort, @Nullable Long budget, @Nullable Boolean shown) {

  /** Nothing was said of it. */
  public static final Reasoning DEFAULT = new Reasoning(Mode.DEFAULT, null, null, null);

  public static final Reasoning OFF = new Reasoning(Mode.OFF, null, null, null);

  /** Whether to think. */
  public enum Mode {
    DEFAULT,
    OFF,
    ON
  }

  /** In ascending order. */
  public enum Effort {
    MINIMAL,
    LOW,
    MEDIUM,
    HIGH,
    XHIGH,
    MAX
  }
}
