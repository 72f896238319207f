// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the model answers, in no format yet.
 *
 * @param thoughts shown before the rest; empty if there are none to show
 * @param text empty if tools are called
 * @param calls the tools to call, their ids still without the surface's prefix
 * @param matched the stop sequence that ended the text; null if none did
 */
record Told(String thoughts, String text, List<ToolCall> calls, End end, @Nullable String matched) {

  /** Why the model stopped. */
  enum End {
    DONE,
    STOP_SEQUENCE,
    LENGTH,
    TOOLS,
    FILTER,
    REFUSAL
  }

  boolean cut() {
    return end == End.LENGTH;
  }

  boolean refused() {
    return end == End.REFUSAL;
  }

  /** The word for the way it ended. */
  String end(String done, String stop, String length, String tools, String filter, String refusal) {
    return switch (end) {
      case DONE -> done;
      case STOP_SEQUENCE -> stop;
      case LENGTH -> length;
      case TOOLS -> tools;
      case FILTER -> filter;
      case REFUSAL -> refusal;
    };
  }

  /** Tokens of what was written, thoughts aside. */
  int tokens() {
    int tokens = Tokens.of(text);
    for (ToolCall call : calls) {
      tokens += Tokens.of(call.arguments());
    }
    return tokens;
  }
}
