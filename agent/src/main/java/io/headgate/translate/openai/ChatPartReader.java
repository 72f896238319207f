// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.CacheMark;
import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the content of a message: a text, or a list of parts. */
final class ChatPartReader {

  private final List<String> bound;

  /**
   * @param bound where to put what only the provider that was asked can read
   */
  ChatPartReader(List<String> bound) {
    this.bound = bound;
  }

  /** What a message holds, in its order. */
  List<Part> content(String path, @Nullable Object content) {
    List<Part> parts = new ArrayList<>();
    if (content instanceof CharSequence text) {
      parts.add(new Part.Text(text.toString()));
    }
    List<@Nullable Object> items = Nodes.list(content);
    for (int i = 0; i < items.size(); i++) {
      part(parts, path + "[" + i + "]", items.get(i));
    }
    return parts;
  }

  private void part(List<Part> parts, String path, @Nullable Object value) {
    if (value instanceof CharSequence text) {
      parts.add(new Part.Text(text.toString()));
      return;
    }
    Map<String, @Nullable Object> said = Nodes.map(value);
    if (said == null) {
      return;
    }
    CacheMark mark = CacheMarks.of(said);
    String type = Nodes.text(said.get("type"));
    switch (type) {
      case "text", "input_text", "output_text" ->
          parts.add(new Part.Text(Nodes.text(said.get("text")), mark, List.of()));
      case "refusal" -> parts.add(new Part.Refusal(Nodes.text(said.get("refusal"))));
      case "thinking" -> parts.add(thinking(said));
      case "image_url" -> image(parts, path, said, mark);
      case "input_audio" -> audio(parts, path, Nodes.map(said, "input_audio"));
      case "video_url" -> {
        Media media = MediaText.read(url(said.get("video_url")));
        parts.add(media == null ? foreign(path, type) : new Part.Video(media));
      }
      case "file" -> file(parts, path, Nodes.map(said, "file"), mark);
      default -> parts.add(foreign(path, type));
    }
  }

  private Part foreign(String path, String type) {
    bound.add(path + ".type " + type);
    return new Part.Foreign(type);
  }

  /** Mistral's piece of thought, a text or a list of texts. */
  private static Part thinking(Map<String, @Nullable Object> said) {
    StringBuilder text = new StringBuilder(Nodes.text(said.get("thinking")));
    for (Object item : Nodes.list(said.get("thinking"))) {
      Map<String, @Nullable Object> piece = Nodes.map(item);
      text.append(piece == null ? Nodes.text(item) : Nodes.text(piece.get("text")));
    }
    String signature = Nodes.textOrNull(said.get("signature"));
    return new Part.Thinking(
        text.toString(), signature, null, signature == null ? Maker.OTHER : Maker.ANTHROPIC);
  }

  private static String url(@Nullable Object value) {
    Map<String, @Nullable Object> object = Nodes.map(value);
    return Nodes.text(object == null ? value : object.get("url"));
  }

  private void image(
      List<Part> parts, String path, Map<String, @Nullable Object> said, @Nullable CacheMark mark) {
    Media media = MediaText.read(url(said.get("image_url")));
    String detail = Nodes.textOrNull(Nodes.map(said, "image_url").get("detail"));
    parts.add(media == null ? foreign(path, "image_url") : new Part.Image(media, detail, mark));
  }

  private void audio(List<Part> parts, String path, Map<String, @Nullable Object> said) {
    String data = Nodes.text(said.get("data"));
    if (data.isEmpty()) {
      parts.add(foreign(path, "input_audio"));
      return;
    }
    Media media = MediaText.read(data);
    String format = Nodes.text(said.get("format")).toLowerCase(Locale.ROOT);
    if (media == null) {
      String type = format.isEmpty() ? null : "audio/" + (format.equals("mp3") ? "mpeg" : format);
      media = new Media(Media.Kind.BASE64, MediaText.bare(data), type);
    }
    parts.add(new Part.Audio(media));
  }

  private void file(
      List<Part> parts, String path, Map<String, @Nullable Object> said, @Nullable CacheMark mark) {
    String name = Nodes.textOrNull(said.get("filename"));
    String id = Nodes.text(said.get("file_id"));
    String data = Nodes.text(said.get("file_data"));
    if (!id.isEmpty() || data.isEmpty()) {
      bound.add(path + ".file_id");
      parts.add(new Part.Document(new Media(Media.Kind.FILE_ID, id, null), name, mark));
      return;
    }
    Media media = MediaText.read(data);
    if (media == null) {
      boolean pdf = name != null && name.toLowerCase(Locale.ROOT).endsWith(".pdf");
      media = new Media(Media.Kind.BASE64, MediaText.bare(data), pdf ? "application/pdf" : null);
    }
    String type = media.type() == null ? "" : media.type();
    if (type.startsWith("image/")) {
      parts.add(new Part.Image(media, null, mark));
    } else if (type.startsWith("audio/")) {
      parts.add(new Part.Audio(media));
    } else if (type.startsWith("video/")) {
      parts.add(new Part.Video(media));
    } else {
      parts.add(new Part.Document(media, name, mark));
    }
  }

  /** The same part with a mark of the message it ends, if it can bear one and has none. */
  static Part marked(Part part, CacheMark mark) {
    if (part instanceof Part.Text text && text.cache() == null) {
      return new Part.Text(text.text(), mark, text.citations());
    }
    if (part instanceof Part.Image image && image.cache() == null) {
      return new Part.Image(image.media(), image.detail(), mark);
    }
    if (part instanceof Part.Document document && document.cache() == null) {
      return new Part.Document(document.media(), document.name(), mark);
    }
    if (part instanceof Part.ToolCall call && call.cache() == null) {
      return new Part.ToolCall(call.id(), call.name(), call.arguments(), call.signature(), mark);
    }
    return part;
  }
}
