// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.CacheMark;
import io.headgate.chat.Part;
import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where to cache: a block of its own after what is to be cached, here a mark on it. */
final class ConverseCache {

  private ConverseCache() {}

  /** The mark that a {@code cachePoint} stands for. */
  static CacheMark mark(@Nullable Object cachePoint) {
    Map<String, @Nullable Object> point = Nodes.map(cachePoint);
    return new CacheMark(point != null && "1h".equals(point.get("ttl")));
  }

  /** The block that stands for a mark. */
  static Map<String, @Nullable Object> block(CacheMark mark) {
    Map<String, @Nullable Object> point = Nodes.object("type", "default");
    if (mark.hour()) {
      point.put("ttl", "1h");
    }
    return Nodes.object("cachePoint", point);
  }

  /** Puts a mark on the last part. False if there is none, or none that can bear it. */
  static boolean markLast(List<Part> parts, CacheMark mark) {
    Part marked = parts.isEmpty() ? null : marked(parts.get(parts.size() - 1), mark);
    if (marked != null) {
      parts.set(parts.size() - 1, marked);
    }
    return marked != null;
  }

  private static @Nullable Part marked(Part part, CacheMark mark) {
    if (part instanceof Part.Text text) {
      return new Part.Text(text.text(), mark, text.citations());
    } else if (part instanceof Part.Image image) {
      return new Part.Image(image.media(), image.detail(), mark);
    } else if (part instanceof Part.Document document) {
      return new Part.Document(document.media(), document.name(), mark);
    } else if (part instanceof Part.ToolCall call) {
      return new Part.ToolCall(call.id(), call.name(), call.arguments(), call.signature(), mark);
    } else if (part instanceof Part.ToolResult result) {
      return new Part.ToolResult(
          result.callId(), result.name(), result.parts(), result.error(), mark);
    }
    return null;
  }

  /** The mark of a part; null if it has none. */
  static @Nullable CacheMark of(Part part) {
    if (part instanceof Part.Text text) {
      return text.cache();
    } else if (part instanceof Part.Image image) {
      return image.cache();
    } else if (part instanceof Part.Document document) {
      return document.cache();
    } else if (part instanceof Part.ToolCall call) {
      return call.cache();
    } else if (part instanceof Part.ToolResult result) {
      return result.cache();
    }
    return null;
  }
}
