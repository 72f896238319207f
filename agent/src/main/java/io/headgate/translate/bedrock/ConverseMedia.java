// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.json.Nodes;
import io.headgate.translate.Ineligible;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes pictures, documents, sounds and films of one request. */
final class ConverseMedia {

  private static final int LONGEST_NAME = 200;

  private final Set<String> names = new HashSet<>();

  Map<String, @Nullable Object> image(Media media) {
    String type = media.type() == null ? typeOf(media) : media.type();
    return file("image", media, MediaFormats.IMAGES.format(type, null));
  }

  /** A picture of an answer; null if it cannot be said. */
  @Nullable Map<String, @Nullable Object> imageOrNull(Media media) {
    boolean sayable =
        media.kind() == Media.Kind.BASE64
            && MediaFormats.IMAGES.format(media.type() == null ? typeOf(media) : media.type(), null)
                != null;
    return sayable ? image(media) : null;
  }

  Map<String, @Nullable Object> audio(Media media) {
    return file("audio", media, MediaFormats.SOUNDS.format(media.type(), null));
  }

  Map<String, @Nullable Object> video(Media media) {
    return file("video", media, MediaFormats.VIDEOS.format(media.type(), media.value()));
  }

  Map<String, @Nullable Object> document(Part.Document document) {
    Media media = document.media();
    String format = MediaFormats.DOCUMENTS.format(media.type(), document.name());
    if (format == null && isText(media)) {
      format = "txt";
    }
    Map<String, @Nullable Object> block = file("document", media, format);
    Nodes.map(block, "document").put("name", name(document.name()));
    return block;
  }

  private static boolean isText(Media media) {
    return media.kind() == Media.Kind.TEXT
        || (media.type() != null && media.type().startsWith("text/"));
  }

  private static Map<String, @Nullable Object> file(
      String kind, Media media, @Nullable String format) {
    Map<String, @Nullable Object> source = source(kind, media);
    if (format == null) {
      throw new Ineligible(kind + " of type " + media.type());
    }
    return Nodes.object(kind, Nodes.object("format", format, "source", source));
  }

  private static Map<String, @Nullable Object> source(String kind, Media media) {
    return switch (media.kind()) {
      case BASE64 -> Nodes.object("bytes", media.value());
      case TEXT -> {
        byte[] bytes = media.value().getBytes(StandardCharsets.UTF_8);
        yield Nodes.object("bytes", Base64.getEncoder().encodeToString(bytes));
      }
      case STORED -> {
        if (!media.value().startsWith("s3://")) {
          throw new Ineligible(kind + " in a store that is not S3");
        }
        yield Nodes.object("s3Location", Nodes.object("uri", media.value()));
      }
      case URL -> throw new Ineligible(kind + " by URL");
      case FILE_ID -> throw new Ineligible(kind + " by file id");
    };
  }

  /** By how the bytes begin, in base64. */
  private static @Nullable String typeOf(Media media) {
    String value = media.kind() == Media.Kind.BASE64 ? media.value() : "";
    if (value.startsWith("iVBOR")) {
      return "image/png";
    } else if (value.startsWith("/9j/")) {
      return "image/jpeg";
    } else if (value.startsWith("R0lG")) {
      return "image/gif";
    }
    return value.startsWith("UklGR") ? "image/webp" : null;
  }

  /**
   * A name that is allowed: letters, digits, single spaces, hyphens, parentheses and square
   * brackets; unlike the others of the request.
   */
  private String name(@Nullable String wanted) {
    String clean =
        MediaFormats.DOCUMENTS
            .stem(wanted == null ? "" : wanted)
            .replaceAll("[^a-zA-Z0-9\\s()\\[\\]-]+", "-")
            .replaceAll("\\s+", " ")
            .strip();
    boolean empty = clean.replaceAll("[^a-zA-Z0-9]", "").isEmpty();
    String name = empty ? "document" : clean;
    name = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME).strip() : name;
    String free = name;
    for (int i = 2; !names.add(free); i++) {
      String suffix = " (" + i + ")";
      int most = Math.min(name.length(), LONGEST_NAME - suffix.length());
      free = name.substring(0, most).strip() + suffix;
    }
    return free;
  }

  /** A message with a document needs a text beside it: the names, if there is none. */
  List<@Nullable Object> withText(List<@Nullable Object> blocks) {
    List<String> documents = new ArrayList<>();
    for (Object item : blocks) {
      Map<String, @Nullable Object> block = Nodes.map(item);
      if (block != null && block.containsKey("text")) {
        return blocks;
      }
      Map<String, @Nullable Object> document =
          block == null ? null : Nodes.map(block.get("document"));
      if (document != null) {
        documents.add(Nodes.text(document.get("name")));
      }
    }
    if (!documents.isEmpty()) {
      blocks.add(Nodes.object("text", String.join(", ", documents)));
    }
    return blocks;
  }
}
