// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Part;
import io.headgate.chat.Tool;
import io.headgate.chat.Turn;
import io.headgate.translate.Traits.Feature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fits the marks of where to cache: as many as are taken, on what may bear one, and those of an
 * hour before those of five minutes (Anthropic's guide to prompt caching, Amazon's to Bedrock's).
 */
final class FitCache {

  /** How many places can be marked: Anthropic, and those that copied it. */
  private static final int MOST = 4;

  /** What becomes of a mark; null if it goes. */
  private interface Change {
    @Nullable CacheMark of(CacheMark mark);
  }

  private final ChatRequest.Builder request;
  private final Traits traits;
  private final Notes notes;
  private int tooMany;
  private boolean hour;
  private boolean shortened;

  private FitCache(ChatRequest.Builder request, Traits traits, Notes notes) {
    this.request = request;
    this.traits = traits;
    this.notes = notes;
  }

  static void fit(ChatRequest.Builder request, Traits traits, Notes notes) {
    FitCache cache = new FitCache(request, traits, notes);
    cache.results();
    if (!traits.can(Feature.TOOL_CACHE_MARKS)) {
      cache.tools(mark -> cache.dropped());
    }
    cache.few();
    cache.hours();
  }

  /** A mark within a result is one of the result: not every format has a place for it there. */
  private void results() {
    List<Turn> turns = new ArrayList<>(request.turns.size());
    for (Turn turn : request.turns) {
      turns.add(new Turn(turn.role(), turn.parts().stream().map(FitCache::whole).toList()));
    }
    request.turns = turns;
  }

  private static Part whole(Part part) {
    if (!(part instanceof Part.ToolResult result)) {
      return part;
    }
    CacheMark mark = result.cache();
    List<Part> parts = new ArrayList<>(result.parts().size());
    for (Part inner : result.parts()) {
      CacheMark its = of(inner);
      mark = result.cache() == null && its != null ? its : mark;
      parts.add(its == null ? inner : with(inner, null));
    }
    return new Part.ToolResult(result.callId(), result.name(), parts, result.error(), mark);
  }

  /** The first marks of the conversation go first: what is behind a later one is in it anyway. */
  private void few() {
    tooMany = count() - (traits.can(Feature.CACHE_MARKS) ? MOST : 0);
    if (tooMany > 0) {
      Change fewer = mark -> tooMany-- > 0 ? dropped() : mark;
      turns(fewer);
      tools(fewer);
      system(fewer);
    }
  }

  private int count() {
    long marks = request.tools.stream().filter(tool -> tool.cache() != null).count();
    marks += request.system.stream().filter(part -> of(part) != null).count();
    for (Turn turn : request.turns) {
      marks += turn.parts().stream().filter(part -> of(part) != null).count();
    }
    return (int) marks;
  }

  /** In the order of the prompt. */
  private void hours() {
    hour = traits.can(Feature.HOUR_CACHE_MARKS);
    Change ordered =
        mark -> {
          hour &= mark.hour();
          shortened |= mark.hour() && !hour;
          return new CacheMark(hour);
        };
    tools(ordered);
    system(ordered);
    turns(ordered);
    if (shortened) {
      notes.changed("cache_control", "1h", "5m");
    }
  }

  private @Nullable CacheMark dropped() {
    notes.dropped("cache_control");
    return null;
  }

  private void tools(Change change) {
    List<Tool> tools = new ArrayList<>(request.tools.size());
    for (Tool tool : request.tools) {
      CacheMark mark = tool.cache();
      tools.add(
          mark == null
              ? tool
              : new Tool(
                  tool.name(), tool.description(), tool.schema(), tool.strict(), change.of(mark)));
    }
    request.tools = tools;
  }

  private void system(Change change) {
    request.system = changed(request.system, change);
  }

  private void turns(Change change) {
    List<Turn> turns = new ArrayList<>(request.turns.size());
    for (Turn turn : request.turns) {
      turns.add(new Turn(turn.role(), changed(turn.parts(), change)));
    }
    request.turns = turns;
  }

  private static List<Part> changed(List<Part> parts, Change change) {
    List<Part> changed = new ArrayList<>(parts.size());
    for (Part part : parts) {
      CacheMark mark = of(part);
      changed.add(mark == null ? part : with(part, change.of(mark)));
    }
    return changed;
  }

  private static @Nullable CacheMark of(Part part) {
    if (part instanceof Part.Text text) {
      return text.cache();
    }
    if (part instanceof Part.Image image) {
      return image.cache();
    }
    if (part instanceof Part.Document document) {
      return document.cache();
    }
    if (part instanceof Part.ToolCall call) {
      return call.cache();
    }
    return part instanceof Part.ToolResult result ? result.cache() : null;
  }

  /** The part with another mark, or none. */
  private static Part with(Part part, @Nullable CacheMark mark) {
    if (part instanceof Part.Text text) {
      return new Part.Text(text.text(), mark, text.citations());
    }
    if (part instanceof Part.Image image) {
      return new Part.Image(image.media(), image.detail(), mark);
    }
    if (part instanceof Part.Document document) {
      return new Part.Document(document.media(), document.name(), mark);
    }
    if (part instanceof Part.ToolCall call) {
      return new Part.ToolCall(call.id(), call.name(), call.arguments(), call.signature(), mark);
    }
    if (part instanceof Part.ToolResult result) {
      return new Part.ToolResult(
          result.callId(), result.name(), result.parts(), result.error(), mark);
    }
    return part;
  }
}
