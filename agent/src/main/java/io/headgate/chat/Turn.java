// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

import java.util.List;

/**
 * What one side says in a conversation. Results of tools are the user's.
 *
 * @param role who says it
 */
public record Turn(Role role, List<Part> parts) {

  /** The sides of a conversation. */
  public enum Role {
    USER,
    ASSISTANT,
    /** Instructions in the middle of a conversation; those before it are not turns. */
    SYSTEM
  }

  public Turn {
    parts = List.copyOf(parts);
  }
}
