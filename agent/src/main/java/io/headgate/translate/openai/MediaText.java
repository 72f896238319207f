// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.Media;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Media as texts have them: {@code data:} URIs (RFC 2397), URLs, bare base64. */
final class MediaText {

  /** How pictures of a type begin, in base64. */
  private static final List<List<String>> MAGIC =
      List.of(
          List.of("iVBOR", "image/png"),
          List.of("/9j/", "image/jpeg"),
          List.of("R0lGOD", "image/gif"),
          List.of("UklGR", "image/webp"));

  private MediaText() {}

  /** What a text stands for; null if it is none of these. */
  static @Nullable Media read(String text) {
    if (text.regionMatches(true, 0, "data:", 0, 5)) {
      return data(text.substring(5));
    }
    String lower = text.substring(0, Math.min(text.length(), 8)).toLowerCase(Locale.ROOT);
    if (lower.startsWith("http://") || lower.startsWith("https://")) {
      return new Media(Media.Kind.URL, text, null);
    }
    return lower.startsWith("gs://") || lower.startsWith("s3://")
        ? new Media(Media.Kind.STORED, text, null)
        : null;
  }

  private static @Nullable Media data(String rest) {
    int comma = rest.indexOf(',');
    if (comma < 0) {
      return null;
    }
    String head = rest.substring(0, comma);
    String value = rest.substring(comma + 1);
    int semicolon = head.indexOf(';');
    String type = (semicolon < 0 ? head : head.substring(0, semicolon)).trim();
    if (!head.toLowerCase(Locale.ROOT).endsWith("base64")) {
      value = encoded(value);
    }
    return new Media(
        Media.Kind.BASE64, bare(value), type.isEmpty() ? null : type.toLowerCase(Locale.ROOT));
  }

  private static String encoded(String percent) {
    String text;
    try {
      text = URLDecoder.decode(percent.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      text = percent;
    }
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Base64 without line breaks. */
  static String bare(String base64) {
    for (int i = 0; i < base64.length(); i++) {
      if (base64.charAt(i) <= ' ') {
        return base64.replaceAll("\\s+", "");
      }
    }
    return base64;
  }

  /** A URL or a {@code data:} URI; null if no text stands for it. */
  static @Nullable String write(Media media, String typeIfUnknown) {
    return switch (media.kind()) {
      case BASE64 ->
          uri(media.type() == null ? sniffed(media, typeIfUnknown) : media.type(), media);
      case TEXT ->
          "data:"
              + (media.type() == null ? "text/plain" : media.type())
              + ";base64,"
              + Base64.getEncoder().encodeToString(media.value().getBytes(StandardCharsets.UTF_8));
      case URL, STORED -> media.value();
      case FILE_ID -> null;
    };
  }

  private static String uri(String type, Media media) {
    return "data:" + type + ";base64," + media.value();
  }

  private static String sniffed(Media media, String other) {
    for (List<String> magic : MAGIC) {
      if (media.value().startsWith(magic.get(0))) {
        return magic.get(1);
      }
    }
    return other;
  }

  /** The plain text of a document; null if it is none. */
  static @Nullable String plain(Media media) {
    if (media.kind() == Media.Kind.TEXT) {
      return media.value();
    }
    String type = media.type();
    if (media.kind() != Media.Kind.BASE64 || type == null || !type.startsWith("text/")) {
      return null;
    }
    try {
      return new String(Base64.getDecoder().decode(media.value()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
