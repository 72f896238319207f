// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.CacheMark;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.json.Nodes;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what messages consist of (Anthropic API reference, content blocks). */
final class BlockWriter {

  private final Notes notes;

  BlockWriter(Notes notes) {
    this.notes = notes;
  }

  List<@Nullable Object> blocks(List<Part> parts) {
    List<@Nullable Object> blocks = new ArrayList<>(parts.size());
    for (Part part : parts) {
      Map<String, @Nullable Object> block = block(part);
      if (block != null) {
        CacheControls.put(block, mark(part));
        blocks.add(block);
      }
    }
    return blocks;
  }

  /** Null if there is nothing to write. */
  private @Nullable Map<String, @Nullable Object> block(Part part) {
    if (part instanceof Part.Text text) {
      return text(text.text());
    }
    if (part instanceof Part.Refusal refusal) {
      return text(refusal.text());
    }
    if (part instanceof Part.Image image) {
      if (image.detail() != null && !image.detail().equals("auto")) {
        notes.dropped("detail");
      }
      return Nodes.object("type", "image", "source", Sources.image(image.media()));
    }
    if (part instanceof Part.Document document) {
      return document(document);
    }
    if (part instanceof Part.ToolCall call) {
      return Nodes.object(
          "type", "tool_use", "id", call.id(), "name", call.name(), "input", input(call));
    }
    if (part instanceof Part.ToolResult result) {
      return result(result);
    }
    if (part instanceof Part.Thinking thinking) {
      return thinking(thinking);
    }
    if (part instanceof Part.Foreign foreign) {
      notes.dropped(foreign.type());
      return null;
    }
    throw new Ineligible("Claude takes neither sound nor film");
  }

  /** Blank text is refused. */
  private static @Nullable Map<String, @Nullable Object> text(String text) {
    return text.isBlank() ? null : Nodes.object("type", "text", "text", text);
  }

  private static Map<String, @Nullable Object> document(Part.Document document) {
    Map<String, @Nullable Object> block =
        Nodes.object(
            "type", "document", "source", Sources.document(document.media(), document.name()));
    if (document.name() != null && !document.name().isBlank()) {
      block.put("title", Sources.title(document.name()));
    }
    return block;
  }

  /** A call that was broken off is told as it is: the model sees what it wrote. */
  private static Map<String, @Nullable Object> input(Part.ToolCall call) {
    Map<String, @Nullable Object> input = Arguments.object(call.arguments());
    return input == null ? Nodes.object("arguments", call.arguments()) : input;
  }

  private Map<String, @Nullable Object> result(Part.ToolResult result) {
    Map<String, @Nullable Object> block =
        Nodes.object("type", "tool_result", "tool_use_id", result.callId());
    List<@Nullable Object> content = blocks(result.parts());
    if (!content.isEmpty()) {
      block.put("content", content);
    }
    if (result.error()) {
      block.put("is_error", true);
    }
    return block;
  }

  private @Nullable Map<String, @Nullable Object> thinking(Part.Thinking thinking) {
    if (thinking.maker() == Maker.ANTHROPIC && thinking.redacted() != null) {
      return Nodes.object("type", "redacted_thinking", "data", thinking.redacted());
    }
    if (thinking.maker() == Maker.ANTHROPIC && thinking.signature() != null) {
      return Nodes.object(
          "type", "thinking", "thinking", thinking.text(), "signature", thinking.signature());
    }
    // Claude knows its own thoughts by the signature, and refuses others.
    notes.dropped("thinking");
    return null;
  }

  private static @Nullable CacheMark mark(Part part) {
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
}
