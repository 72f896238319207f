// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.Media;
import io.headgate.json.Nodes;
import io.headgate.translate.DocumentType;
import io.headgate.translate.Ineligible;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes where pictures and documents are (Anthropic's guides to vision and PDF support). */
final class Sources {

  private static final Set<String> PICTURES =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

  /** The longest title of a document. */
  private static final int TITLE = 500;

  private Sources() {}

  static Map<String, @Nullable Object> image(Media media) {
    return switch (media.kind()) {
      case BASE64 -> {
        String type = pictureType(media);
        if (!PICTURES.contains(type)) {
          throw new Ineligible("Claude takes no " + type);
        }
        yield Nodes.object("type", "base64", "media_type", type, "data", media.value());
      }
      case URL -> url(media.value());
      case STORED, FILE_ID, TEXT ->
          throw new Ineligible("Claude cannot get at a picture that is stored elsewhere");
    };
  }

  static Map<String, @Nullable Object> document(Media media, @Nullable String name) {
    return switch (media.kind()) {
      case BASE64 -> bytes(media, name);
      case URL -> url(media.value());
      case TEXT -> text(media.value());
      case STORED, FILE_ID ->
          throw new Ineligible("Claude cannot get at a document that is stored elsewhere");
    };
  }

  /** Where Claude fetches it itself. */
  private static Map<String, @Nullable Object> url(String url) {
    if (!url.regionMatches(true, 0, "https:", 0, 6)) {
      throw new Ineligible("Claude fetches by https only");
    }
    return Nodes.object("type", "url", "url", url);
  }

  static String title(String name) {
    return name.length() > TITLE ? name.substring(0, TITLE) : name;
  }

  private static Map<String, @Nullable Object> bytes(Media media, @Nullable String name) {
    String type = DocumentType.of(media, name);
    if (type.equals(DocumentType.PDF)) {
      return Nodes.object("type", "base64", "media_type", type, "data", media.value());
    }
    if (!DocumentType.isText(type)) {
      throw new Ineligible("Claude takes no document of type " + type);
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(media.value());
      return text(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new Ineligible("the bytes of a document are no base64");
    }
  }

  /** Any text is plain here. */
  private static Map<String, @Nullable Object> text(String text) {
    return Nodes.object("type", "text", "media_type", "text/plain", "data", text);
  }

  /** What it is said to be, or else what its first bytes look like. */
  private static String pictureType(Media media) {
    String type = DocumentType.bare(media.type());
    if (type.equals("image/jpg")) {
      return "image/jpeg";
    }
    if (!type.isEmpty() && !type.equals("application/octet-stream") && !type.equals("image/*")) {
      return type;
    }
    String data = media.value();
    if (data.startsWith("iVBOR")) {
      return "image/png";
    }
    if (data.startsWith("R0lGOD")) {
      return "image/gif";
    }
    return data.startsWith("UklGR") ? "image/webp" : "image/jpeg";
  }
}
