// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.CacheMark;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parts that a message or the output of a function is made of. */
final class ResponsesPartReader {

  private final List<String> bound;

  /**
   * @param bound where to tell of what only OpenAI could do
   */
  ResponsesPartReader(List<String> bound) {
    this.bound = bound;
  }

  /**
   * What a content says, without empty texts, which most formats refuse.
   *
   * @param content a text or a list
   * @param place of the content, in the app's words
   */
  List<Part> content(@Nullable Object content, String place) {
    List<Part> parts = new ArrayList<>();
    if (content instanceof CharSequence text) {
      addText(parts, new Part.Text(text.toString()));
    }
    List<@Nullable Object> list = Nodes.list(content);
    for (int i = 0; i < list.size(); i++) {
      Map<String, @Nullable Object> part = Nodes.map(list.get(i));
      if (part != null) {
        part(parts, part, place + "[" + i + "]");
      } else {
        addText(parts, new Part.Text(Nodes.text(list.get(i))));
      }
    }
    return parts;
  }

  private void part(List<Part> parts, Map<String, @Nullable Object> part, String place) {
    String type = Nodes.text(part.get("type"));
    switch (type) {
      case "input_text", "text" ->
          addText(parts, new Part.Text(Nodes.text(part.get("text")), cache(part), List.of()));
      case "output_text" -> addText(parts, ResponsesItems.text(part));
      case "refusal" -> {
        String refusal = Nodes.text(part.get("refusal"));
        if (!refusal.isEmpty()) {
          parts.add(new Part.Refusal(refusal));
        }
      }
      case "input_image" -> {
        Media media = media(part, "image_url", null, null, place);
        if (media != null) {
          parts.add(new Part.Image(media, Nodes.textOrNull(part.get("detail")), cache(part)));
        }
      }
      case "input_file" -> {
        String name = Nodes.textOrNull(part.get("filename"));
        Media media = media(part, "file_url", "file_data", name, place);
        if (media != null) {
          parts.add(new Part.Document(media, name, cache(part)));
        }
      }
      default -> bound.add(place + ".type " + type);
    }
  }

  private static void addText(List<Part> parts, Part.Text text) {
    if (!text.text().isEmpty()) {
      parts.add(text);
    }
  }

  /** Where the bytes are; null, and told of, if only OpenAI can get at them or nobody. */
  private @Nullable Media media(
      Map<String, @Nullable Object> part,
      String urlMember,
      @Nullable String dataMember,
      @Nullable String name,
      String place) {
    String data = dataMember == null ? "" : Nodes.text(part.get(dataMember));
    String url = Nodes.text(part.get(urlMember));
    if (!data.isEmpty()) {
      Media media = DataUris.media(data);
      return media == null
          ? new Media(Media.Kind.BASE64, DataUris.bare(data), typeOf(name))
          : media;
    }
    if (!url.isEmpty()) {
      Media media = DataUris.media(url);
      return media == null ? new Media(Media.Kind.URL, url, null) : media;
    }
    bound.add(place + (part.get("file_id") == null ? " without data" : ".file_id"));
    return null;
  }

  private static @Nullable String typeOf(@Nullable String name) {
    String lower = name == null ? "" : name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".pdf")) {
      return "application/pdf";
    }
    return lower.endsWith(".txt") || lower.endsWith(".md") ? "text/plain" : null;
  }

  /** OpenAI's own mark, and the one that many gateways took over from Anthropic. */
  private static @Nullable CacheMark cache(Map<String, @Nullable Object> part) {
    Map<String, @Nullable Object> mark = Nodes.map(part.get("prompt_cache_breakpoint"));
    if (mark == null) {
      mark = Nodes.map(part.get("cache_control"));
    }
    return mark == null ? null : new CacheMark("1h".equals(mark.get("ttl")));
  }
}
