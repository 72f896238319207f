// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the blocks of a message, of a system prompt and of what a tool returned. */
final class ConversePartReader {

  private final Notes notes;

  ConversePartReader(Notes notes) {
    this.notes = notes;
  }

  /** The parts of an array of blocks; what is no object is passed over. */
  List<Part> parts(@Nullable Object content) {
    List<Part> parts = new ArrayList<>();
    for (Object item : Nodes.list(content)) {
      Map<String, @Nullable Object> block = Nodes.map(item);
      if (block == null || block.isEmpty()) {
        continue;
      }
      Object point = block.get("cachePoint");
      if (point == null) {
        parts.add(part(block));
      } else if (!ConverseCache.markLast(parts, ConverseCache.mark(point))) {
        notes.dropped("cachePoint");
      }
    }
    return parts;
  }

  /** A block is a union: it has one member, whose name tells what it is. */
  private Part part(Map<String, @Nullable Object> block) {
    if (block.get("text") instanceof CharSequence text) {
      return new Part.Text(text.toString());
    }
    String kind = block.keySet().iterator().next();
    Map<String, @Nullable Object> value = Nodes.map(block, kind);
    Part part =
        switch (kind) {
          case "image" -> image(value);
          case "document" -> document(value);
          case "video" -> video(value);
          case "audio" -> audio(value);
          case "toolUse" -> toolUse(value);
          case "toolResult" -> toolResult(value);
          case "reasoningContent" -> reasoning(value, Maker.OTHER);
          case "citationsContent" -> ConverseCitations.text(value);
          case "guardContent" -> guarded(value);
          case "json" -> new Part.Text(json(block.get(kind)));
          default -> null;
        };
    return part == null ? new Part.Foreign(kind) : part;
  }

  static @Nullable Part image(Map<String, @Nullable Object> image) {
    Media media = media(image, MediaFormats.IMAGES);
    return media == null ? null : new Part.Image(media, null, null);
  }

  private static @Nullable Part video(Map<String, @Nullable Object> video) {
    Media media = media(video, MediaFormats.VIDEOS);
    return media == null ? null : new Part.Video(media);
  }

  private static @Nullable Part audio(Map<String, @Nullable Object> audio) {
    Media media = media(audio, MediaFormats.SOUNDS);
    return media == null ? null : new Part.Audio(media);
  }

  private @Nullable Part document(Map<String, @Nullable Object> document) {
    Media media = media(document, MediaFormats.DOCUMENTS);
    if (media == null) {
      return null;
    }
    if (Boolean.TRUE.equals(Nodes.map(document, "citations").get("enabled"))) {
      notes.dropped("document.citations");
    }
    if (!Nodes.empty(document.get("context"))) {
      notes.dropped("document.context");
    }
    return new Part.Document(media, Nodes.textOrNull(document.get("name")), null);
  }

  private static @Nullable Media media(Map<String, @Nullable Object> file, MediaFormats formats) {
    Map<String, @Nullable Object> source = Nodes.map(file, "source");
    String type = formats.type(Nodes.text(file.get("format")));
    if (source.get("bytes") instanceof CharSequence bytes) {
      return new Media(Media.Kind.BASE64, bytes.toString(), type);
    }
    if (Nodes.map(source, "s3Location").get("uri") instanceof CharSequence uri) {
      return new Media(Media.Kind.STORED, uri.toString(), type);
    }
    if (source.get("text") instanceof CharSequence text) {
      return new Media(Media.Kind.TEXT, text.toString(), type);
    }
    if (source.get("content") instanceof List<?> chunks) {
      return new Media(Media.Kind.TEXT, joined(chunks), type);
    }
    return null;
  }

  private static String joined(List<?> chunks) {
    StringBuilder text = new StringBuilder();
    for (Object chunk : chunks) {
      Map<String, @Nullable Object> block = Nodes.map(chunk);
      text.append(text.isEmpty() ? "" : "\n");
      text.append(block == null ? "" : Nodes.text(block.get("text")));
    }
    return text.toString();
  }

  /** Calls that the provider runs itself have a type. */
  static @Nullable Part toolUse(Map<String, @Nullable Object> call) {
    if (call.get("type") != null) {
      return null;
    }
    return new Part.ToolCall(
        Nodes.text(call.get("toolUseId")), Nodes.text(call.get("name")), input(call.get("input")));
  }

  /** What a tool is called with, as JSON. */
  static String input(@Nullable Object input) {
    return input == null ? "{}" : json(input);
  }

  private @Nullable Part toolResult(Map<String, @Nullable Object> result) {
    if (result.get("type") != null) {
      return null;
    }
    return new Part.ToolResult(
        Nodes.text(result.get("toolUseId")),
        null,
        parts(result.get("content")),
        "error".equals(result.get("status")),
        null);
  }

  /**
   * Thoughts. Only Claude signs and encrypts them here.
   *
   * @param unsigned whose they are if they are not signed
   */
  static @Nullable Part reasoning(Map<String, @Nullable Object> reasoning, Maker unsigned) {
    if (reasoning.get("redactedContent") instanceof CharSequence redacted) {
      return new Part.Thinking("", null, redacted.toString(), Maker.ANTHROPIC);
    }
    Map<String, @Nullable Object> told = Nodes.map(reasoning.get("reasoningText"));
    if (told == null) {
      return null;
    }
    String signature = Nodes.textOrNull(told.get("signature"));
    return new Part.Thinking(
        Nodes.text(told.get("text")),
        signature,
        null,
        signature == null ? unsigned : Maker.ANTHROPIC);
  }

  /** What a guardrail is to look at is said to the model all the same. */
  private static @Nullable Part guarded(Map<String, @Nullable Object> guarded) {
    if (Nodes.map(guarded, "text").get("text") instanceof CharSequence text) {
      return new Part.Text(text.toString());
    }
    return image(Nodes.map(guarded, "image"));
  }

  private static String json(@Nullable Object value) {
    return new String(JsonWriter.write(value), StandardCharsets.UTF_8);
  }
}
