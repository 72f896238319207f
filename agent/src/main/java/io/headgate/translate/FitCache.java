// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Part;
import io.headgate.chat.Tool;
import io.headgate.chat.Turn;
import io.headgate.translate.Traits.Feature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes marks of where to cache out of a request, or all that are too many. */
final class FitCache {

  /** How many places can be marked: Anthropic, and those that copied it. */
  private static final int MOST = 4;

  private int tooMany;

  private FitCache(int tooMany) {
    this.tooMany = tooMany;
  }

  static void fit(ChatRequest.Builder request, Traits traits, Notes notes) {
    int marks = count(request);
    int most = traits.can(Feature.CACHE_MARKS) ? MOST : 0;
    if (marks <= most) {
      return;
    }
    notes.dropped("cache_control");
    new FitCache(marks - most).take(request);
  }

  /** The first marks of the conversation go first: what is behind a later one is in it anyway. */
  private void take(ChatRequest.Builder request) {
    List<Turn> turns = new ArrayList<>(request.turns.size());
    for (Turn turn : request.turns) {
      turns.add(tooMany > 0 ? new Turn(turn.role(), without(turn.parts())) : turn);
    }
    request.turns = turns;
    List<Tool> tools = new ArrayList<>(request.tools.size());
    for (Tool tool : request.tools) {
      boolean goes = tooMany > 0 && tool.cache() != null;
      tooMany -= goes ? 1 : 0;
      tools.add(
          goes
              ? new Tool(tool.name(), tool.description(), tool.schema(), tool.strict(), null)
              : tool);
    }
    request.tools = tools;
    request.system = without(request.system);
  }

  private List<Part> without(List<Part> parts) {
    List<Part> left = new ArrayList<>(parts.size());
    for (Part part : parts) {
      Part plain = tooMany > 0 ? without(part) : null;
      tooMany -= plain == null ? 0 : 1;
      left.add(plain == null ? part : plain);
    }
    return left;
  }

  /** The part without its mark; null if it has none. */
  private static @Nullable Part without(Part part) {
    if (part instanceof Part.Text text && text.cache() != null) {
      return new Part.Text(text.text(), null, text.citations());
    }
    if (part instanceof Part.Image image && image.cache() != null) {
      return new Part.Image(image.media(), image.detail(), null);
    }
    if (part instanceof Part.Document document && document.cache() != null) {
      return new Part.Document(document.media(), document.name(), null);
    }
    if (part instanceof Part.ToolCall call && call.cache() != null) {
      return new Part.ToolCall(call.id(), call.name(), call.arguments(), call.signature(), null);
    }
    if (part instanceof Part.ToolResult result && result.cache() != null) {
      return new Part.ToolResult(
          result.callId(), result.name(), result.parts(), result.error(), null);
    }
    return null;
  }

  private static int count(ChatRequest.Builder request) {
    int marks = count(request.system);
    for (Turn turn : request.turns) {
      marks += count(turn.parts());
    }
    for (Tool tool : request.tools) {
      marks += tool.cache() == null ? 0 : 1;
    }
    return marks;
  }

  private static int count(List<Part> parts) {
    int marks = 0;
    for (Part part : parts) {
      marks += without(part) == null ? 0 : 1;
    }
    return marks;
  }
}
