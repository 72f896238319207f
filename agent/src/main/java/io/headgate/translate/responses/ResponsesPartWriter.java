// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.CacheMark;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.json.Nodes;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the parts of what is said to the model, and of what came of a call. */
final class ResponsesPartWriter {

  private static final String FAILED = "Error: ";

  private final boolean marking;
  private final Notes notes;

  /**
   * @param marking whether the model may be told up to where to cache
   */
  ResponsesPartWriter(boolean marking, Notes notes) {
    this.marking = marking;
    this.notes = notes;
  }

  /** Whether a mark is going to be in the request. */
  boolean marks(@Nullable CacheMark mark) {
    return mark != null && marking;
  }

  /** Tells that there is no place for a mark. */
  void unmarked(@Nullable CacheMark mark) {
    if (mark != null) {
      notes.dropped("cache_control");
    }
  }

  /**
   * A part of a message; null if it is left out.
   *
   * @throws Ineligible if it could not be left out without a loss of meaning
   */
  @Nullable Map<String, @Nullable Object> input(Part part) {
    if (part instanceof Part.Text text) {
      return marked(text(text.text()), text.cache());
    }
    if (part instanceof Part.Refusal refusal) {
      return text(refusal.text());
    }
    if (part instanceof Part.Image image) {
      String detail = image.detail() == null ? "auto" : image.detail();
      return marked(
          Nodes.object(
              "type", "input_image", "image_url", imageUrl(image.media()), "detail", detail),
          image.cache());
    }
    if (part instanceof Part.Document document) {
      return marked(document(document), document.cache());
    }
    if (part instanceof Part.Audio) {
      throw new Ineligible("audio has no place in OpenAI's Responses");
    }
    if (part instanceof Part.Video) {
      throw new Ineligible("video has no place in OpenAI's Responses");
    }
    notes.dropped(part instanceof Part.Foreign foreign ? foreign.type() : "thinking");
    return null;
  }

  private Map<String, @Nullable Object> marked(
      Map<String, @Nullable Object> part, @Nullable CacheMark mark) {
    if (marks(mark)) {
      part.put("prompt_cache_breakpoint", Nodes.object("mode", "explicit"));
    } else {
      unmarked(mark);
    }
    return part;
  }

  private static Map<String, @Nullable Object> text(String text) {
    return Nodes.object("type", "input_text", "text", text);
  }

  private static String imageUrl(Media media) {
    return switch (media.kind()) {
      case BASE64 -> DataUris.of(media, "image/png");
      case URL -> media.value();
      case STORED, FILE_ID, TEXT -> throw unreachable(media);
    };
  }

  private static Map<String, @Nullable Object> document(Part.Document document) {
    Media media = document.media();
    Map<String, @Nullable Object> file = Nodes.object("type", "input_file");
    switch (media.kind()) {
      case BASE64 -> {
        file.put("filename", name(document, media.type()));
        file.put("file_data", DataUris.of(media, "application/pdf"));
      }
      case TEXT -> {
        byte[] text = media.value().getBytes(StandardCharsets.UTF_8);
        file.put("filename", name(document, "text/plain"));
        file.put("file_data", "data:text/plain;base64," + Base64.getEncoder().encodeToString(text));
      }
      case URL -> file.put("file_url", media.value());
      case STORED, FILE_ID -> throw unreachable(media);
    }
    return file;
  }

  private static Ineligible unreachable(Media media) {
    return new Ineligible("OpenAI cannot read " + media.kind().name().toLowerCase(Locale.ROOT));
  }

  /** Bytes need the name of a file, from which the API takes what they are. */
  private static String name(Part.Document document, @Nullable String type) {
    String ending = "text/plain".equals(type) ? ".txt" : ".pdf";
    String name = document.name();
    if (name == null || name.isBlank()) {
      return "document" + ending;
    }
    return name.indexOf('.') < 0 ? name + ending : name;
  }

  /** What came of a call: a text, or parts if there is more to see. */
  Object output(Part.ToolResult result) {
    unmarked(result.cache());
    List<String> texts = new ArrayList<>();
    List<@Nullable Object> list = Nodes.array();
    boolean more = false;
    for (Part part : result.parts()) {
      Map<String, @Nullable Object> written = input(part);
      if (written == null) {
        continue;
      }
      more |= !(part instanceof Part.Text);
      more |= part instanceof Part.Text text && marks(text.cache());
      texts.add(Nodes.text(written.get("text")));
      list.add(written);
    }
    if (!more) {
      String text = String.join("\n", texts);
      return result.error() ? failed(text) : text;
    }
    if (result.error()) {
      fail(list);
    }
    return list;
  }

  private static String failed(String text) {
    return text.isEmpty() ? "Error" : FAILED + text;
  }

  private static void fail(List<@Nullable Object> list) {
    Map<String, @Nullable Object> first = Nodes.map(list.get(0));
    if (first != null && "input_text".equals(first.get("type"))) {
      first.put("text", failed(Nodes.text(first.get("text"))));
    } else {
      list.add(0, text("Error"));
    }
  }
}
