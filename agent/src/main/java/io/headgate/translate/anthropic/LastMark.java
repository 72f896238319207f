// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Part;
import io.headgate.chat.Turn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the mark for the whole request where Anthropic puts it: at the last block that takes it. */
final class LastMark {

  private LastMark() {}

  static void put(ChatRequest.Builder builder, CacheMark mark) {
    for (int i = builder.turns.size() - 1; i >= 0; i--) {
      Turn turn = builder.turns.get(i);
      List<Part> marked = marked(turn.parts(), mark);
      if (marked != null) {
        List<Turn> turns = new ArrayList<>(builder.turns);
        turns.set(i, new Turn(turn.role(), marked));
        builder.turns = turns;
        return;
      }
    }
    List<Part> system = marked(builder.system, mark);
    if (system != null) {
      builder.system = system;
    }
  }

  private static @Nullable List<Part> marked(List<Part> parts, CacheMark mark) {
    for (int i = parts.size() - 1; i >= 0; i--) {
      Part marked = BlockReader.marked(parts.get(i), mark);
      if (marked != null) {
        List<Part> copy = new ArrayList<>(parts);
        copy.set(i, marked);
        return copy;
      }
    }
    return null;
  }
}
