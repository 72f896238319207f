// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.CacheMark;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what messages consist of (Anthropic API reference, content blocks). */
final class BlockReader {

  private final List<String> bound;
  private final Notes notes;

  /**
   * @param bound takes what only Anthropic can get at
   */
  BlockReader(List<String> bound, Notes notes) {
    this.bound = bound;
    this.notes = notes;
  }

  /**
   * A content: a text, or blocks.
   *
   * @param place where it is in the request, for notes
   */
  List<Part> content(@Nullable Object content, String place) {
    List<Part> parts = new ArrayList<>();
    if (content instanceof CharSequence text) {
      parts.add(new Part.Text(text.toString()));
      return parts;
    }
    List<@Nullable Object> blocks = Nodes.list(content);
    for (int i = 0; i < blocks.size(); i++) {
      Map<String, @Nullable Object> block = Nodes.map(blocks.get(i));
      if (block != null) {
        block(block, place + "[" + i + "]", parts);
      }
    }
    return parts;
  }

  private void block(Map<String, @Nullable Object> block, String place, List<Part> parts) {
    String type = Nodes.text(block.get("type"));
    switch (type) {
      case "text" -> {
        String text = Nodes.text(block.get("text"));
        List<Citation> citations = Citations.read(block.get("citations"), text.length());
        parts.add(new Part.Text(text, mark(block), citations));
      }
      case "image" -> parts.add(new Part.Image(source(block, place), null, mark(block)));
      case "document" -> document(block, place, parts);
      case "tool_use" ->
          parts.add(
              new Part.ToolCall(
                  Nodes.text(block.get("id")),
                  Nodes.text(block.get("name")),
                  Arguments.text(block.get("input")),
                  null,
                  mark(block)));
      case "tool_result" ->
          parts.add(
              new Part.ToolResult(
                  Nodes.text(block.get("tool_use_id")),
                  null,
                  content(block.get("content"), place + ".content"),
                  Boolean.TRUE.equals(block.get("is_error")),
                  mark(block)));
      case "thinking" -> parts.add(thinking(block));
      case "redacted_thinking" ->
          parts.add(new Part.Thinking("", null, Nodes.text(block.get("data")), Maker.ANTHROPIC));
      case "search_result" -> parts.add(searchResult(block, place));
      default -> {
        if (type.equals("container_upload")) {
          bound.add(place + " container_upload");
        }
        parts.add(new Part.Foreign(type));
      }
    }
  }

  /** One without a signature was not thought by Claude, but shown to the app on its behalf. */
  private static Part.Thinking thinking(Map<String, @Nullable Object> block) {
    String signature = Nodes.text(block.get("signature"));
    String text = Nodes.text(block.get("thinking"));
    return signature.isEmpty()
        ? new Part.Thinking(text, null, null, Maker.OTHER)
        : new Part.Thinking(text, signature, null, Maker.ANTHROPIC);
  }

  private void document(Map<String, @Nullable Object> block, String place, List<Part> parts) {
    String context = Nodes.text(block.get("context"));
    if (!context.isBlank()) {
      parts.add(new Part.Text(context));
    }
    if (Boolean.TRUE.equals(Nodes.map(block, "citations").get("enabled"))) {
      notes.dropped(place + ".citations");
    }
    String title = Nodes.textOrNull(block.get("title"));
    Map<String, @Nullable Object> source = Nodes.map(block, "source");
    if (!"content".equals(source.get("type"))) {
      parts.add(new Part.Document(source(block, place), title, mark(block)));
      return;
    }
    StringBuilder text = new StringBuilder();
    List<Part> pictures = new ArrayList<>();
    for (Part part : content(source.get("content"), place + ".source.content")) {
      if (part instanceof Part.Text words) {
        text.append(text.length() > 0 ? "\n" : "").append(words.text());
      } else {
        pictures.add(part);
      }
    }
    if (text.length() > 0) {
      Media media = new Media(Media.Kind.TEXT, text.toString(), "text/plain");
      parts.add(new Part.Document(media, title, mark(block)));
    }
    parts.addAll(pictures);
  }

  private Media source(Map<String, @Nullable Object> block, String place) {
    Map<String, @Nullable Object> source = Nodes.map(block, "source");
    String type = Nodes.textOrNull(source.get("media_type"));
    return switch (Nodes.text(source.get("type"))) {
      case "base64" -> new Media(Media.Kind.BASE64, Nodes.text(source.get("data")), type);
      case "text" ->
          new Media(
              Media.Kind.TEXT, Nodes.text(source.get("data")), type == null ? "text/plain" : type);
      case "url" ->
          new Media(
              Media.Kind.URL,
              Nodes.text(source.get("url")),
              // There are no others by URL.
              "document".equals(block.get("type")) ? "application/pdf" : type);
      case "file" -> {
        bound.add(place + ".source.file_id");
        yield new Media(Media.Kind.FILE_ID, Nodes.text(source.get("file_id")), type);
      }
      default -> {
        bound.add(place + ".source.type " + Nodes.text(source.get("type")));
        yield new Media(Media.Kind.FILE_ID, "", type);
      }
    };
  }

  /** Others know no search results; a text that names title and source says as much to a model. */
  private Part searchResult(Map<String, @Nullable Object> block, String place) {
    StringBuilder text = new StringBuilder();
    for (String name : List.of("title", "source")) {
      String line = Nodes.text(block.get(name));
      if (!line.isBlank()) {
        text.append(line).append('\n');
      }
    }
    for (Part part : content(block.get("content"), place + ".content")) {
      if (part instanceof Part.Text words) {
        text.append(words.text()).append('\n');
      }
    }
    if (text.length() > 0) {
      text.setLength(text.length() - 1);
    }
    if (Boolean.TRUE.equals(Nodes.map(block, "citations").get("enabled"))) {
      notes.dropped(place + ".citations");
    }
    return new Part.Text(text.toString(), mark(block), List.of());
  }

  /** The {@code cache_control} of a block, a tool or a request; null if it has none. */
  static @Nullable CacheMark mark(Map<String, @Nullable Object> block) {
    Map<String, @Nullable Object> control = Nodes.map(block.get("cache_control"));
    return control == null ? null : new CacheMark("1h".equals(control.get("ttl")));
  }

  /** A part with a mark; null if there cannot be one at it. One that it has stays. */
  static @Nullable Part marked(Part part, CacheMark mark) {
    if (part instanceof Part.Text text && !text.text().isBlank()) {
      return text.cache() != null ? text : new Part.Text(text.text(), mark, text.citations());
    }
    if (part instanceof Part.Image image) {
      return image.cache() != null ? image : new Part.Image(image.media(), image.detail(), mark);
    }
    if (part instanceof Part.Document document) {
      return document.cache() != null
          ? document
          : new Part.Document(document.media(), document.name(), mark);
    }
    if (part instanceof Part.ToolCall call) {
      return call.cache() != null
          ? call
          : new Part.ToolCall(call.id(), call.name(), call.arguments(), call.signature(), mark);
    }
    if (part instanceof Part.ToolResult result) {
      return result.cache() != null
          ? result
          : new Part.ToolResult(
              result.callId(), result.name(), result.parts(), result.error(), mark);
    }
    return null;
  }
}
