// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.CacheMark;
import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.json.Nodes;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the content of a message. */
final class ChatPartWriter {

  private final Traits traits;
  private final Notes notes;

  ChatPartWriter(Traits traits, Notes notes) {
    this.traits = traits;
    this.notes = notes;
  }

  /** One text as such, whatever else as a list: not all who copied the format take a list. */
  Object content(List<Part> parts) {
    List<@Nullable Object> written = Nodes.array();
    for (Part part : parts) {
      Map<String, @Nullable Object> one = part(part);
      if (one != null) {
        written.add(one);
      }
    }
    if (written.isEmpty()) {
      return "";
    }
    Map<String, @Nullable Object> only = Nodes.map(written.get(0));
    if (written.size() == 1
        && only != null
        && only.size() == 2
        && "text".equals(only.get("type"))) {
      return Nodes.text(only.get("text"));
    }
    return written;
  }

  /** Texts with something between them, as parts if a mark has to be kept. */
  Object texts(List<Part.Text> texts, String between) {
    boolean marked = texts.stream().anyMatch(text -> text.cache() != null);
    if (marked && traits.can(Traits.Feature.CACHE_MARKS)) {
      return content(List.copyOf(texts));
    }
    if (marked) {
      notes.dropped("cache_control");
    }
    return String.join(between, texts.stream().map(Part.Text::text).toList());
  }

  /** Null if the format has no place for it. */
  private @Nullable Map<String, @Nullable Object> part(Part part) {
    if (part instanceof Part.Text text) {
      return marked(text(text.text()), text.cache());
    }
    if (part instanceof Part.Image image) {
      Map<String, @Nullable Object> url = Nodes.object("url", url(image.media(), "image/png"));
      if (image.detail() != null) {
        url.put("detail", image.detail());
      }
      return marked(Nodes.object("type", "image_url", "image_url", url), image.cache());
    }
    if (part instanceof Part.Document document) {
      return marked(document(document), document.cache());
    }
    if (part instanceof Part.Audio audio) {
      return audio(audio.media());
    }
    if (part instanceof Part.Video video) {
      return Nodes.object(
          "type", "video_url", "video_url", Nodes.object("url", url(video.media(), "video/mp4")));
    }
    if (part instanceof Part.Refusal refusal) {
      return text(refusal.text());
    }
    if (part instanceof Part.Foreign foreign) {
      notes.dropped(foreign.type());
    }
    return null;
  }

  private static Map<String, @Nullable Object> text(String text) {
    return Nodes.object("type", "text", "text", text);
  }

  private Map<String, @Nullable Object> marked(
      Map<String, @Nullable Object> part, @Nullable CacheMark mark) {
    if (mark != null && traits.can(Traits.Feature.CACHE_MARKS)) {
      part.put("cache_control", CacheMarks.written(mark));
    } else if (mark != null) {
      notes.dropped("cache_control");
    }
    return part;
  }

  private static String url(Media media, String typeIfUnknown) {
    String url = MediaText.write(media, typeIfUnknown);
    if (url == null) {
      throw new Ineligible("a file's id means nothing to another provider");
    }
    return url;
  }

  private static Map<String, @Nullable Object> document(Part.Document document) {
    Media media = document.media();
    String name = document.name();
    String plain = MediaText.plain(media);
    if (plain != null) {
      // File parts are for PDF; everybody reads text.
      return text(name == null ? plain : name + "\n" + plain);
    }
    boolean named = name != null && !name.isEmpty();
    return Nodes.object(
        "type",
        "file",
        "file",
        Nodes.object(
            "filename",
            named ? name : "document." + extension(media),
            "file_data",
            url(media, "application/pdf")));
  }

  private static String extension(Media media) {
    String type = media.type() == null ? "application/pdf" : media.type();
    String end = type.substring(type.lastIndexOf('/') + 1);
    return end.matches("[a-z0-9]{1,5}") ? end : "bin";
  }

  private Map<String, @Nullable Object> audio(Media media) {
    if (media.kind() != Media.Kind.BASE64) {
      throw new Ineligible("sound that is not in the request itself");
    }
    String type = media.type() == null ? "" : media.type().toLowerCase(Locale.ROOT);
    String format =
        switch (type) {
          case "", "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave" -> "wav";
          case "audio/mpeg", "audio/mp3", "audio/mpga" -> "mp3";
          default -> {
            if (traits.maker() == Maker.OPENAI) {
              throw new Ineligible(traits.model() + " reads no " + type);
            }
            yield type.substring(type.lastIndexOf('/') + 1);
          }
        };
    return Nodes.object(
        "type",
        "input_audio",
        "input_audio",
        Nodes.object("data", media.value(), "format", format));
  }
}
