// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.json.Nodes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code inlineData} and {@code fileData}: the media type says what they are. */
final class MediaReader {

  private MediaReader() {}

  /** A blob. */
  static Part inline(Map<String, @Nullable Object> blob) {
    String type = type(blob.get("mimeType"));
    String data = plain(Nodes.text(blob.get("data")));
    String text = type != null && type.startsWith("text/") ? decoded(data) : null;
    Media media =
        text == null
            ? new Media(Media.Kind.BASE64, data, type)
            : new Media(Media.Kind.TEXT, text, type);
    return part(media, Nodes.textOrNull(blob.get("displayName")));
  }

  /** What a URI leads to; its kind is {@link Media.Kind#FILE_ID} where only Google can follow. */
  static Part file(Map<String, @Nullable Object> file) {
    String uri = Nodes.text(file.get("fileUri"));
    String lower = uri.toLowerCase(Locale.ROOT);
    String type = type(file.get("mimeType"));
    Media.Kind kind = Media.Kind.FILE_ID;
    if (lower.startsWith("gs://")) {
      kind = Media.Kind.STORED;
    } else if (lower.startsWith("http://") || lower.startsWith("https://")) {
      boolean uploaded = lower.contains("generativelanguage.googleapis.com/");
      kind = uploaded ? Media.Kind.FILE_ID : Media.Kind.URL;
    }
    if (type == null) {
      type = isFilm(lower) ? "video/mp4" : MediaTypes.ofName(uri);
    }
    return part(new Media(kind, uri, type), Nodes.textOrNull(file.get("displayName")));
  }

  private static Part part(Media media, @Nullable String name) {
    String type = media.type() == null ? "" : media.type();
    if (type.startsWith("image/")) {
      return new Part.Image(media, null, null);
    }
    if (type.startsWith("audio/")) {
      return new Part.Audio(media);
    }
    if (type.startsWith("video/")) {
      return new Part.Video(media);
    }
    return new Part.Document(media, name, null);
  }

  /** YouTube's pages are films to Gemini, and mostly come without a type. */
  private static boolean isFilm(String url) {
    return url.startsWith("https://www.youtube.com/") || url.startsWith("https://youtu.be/");
  }

  private static @Nullable String type(@Nullable Object value) {
    String type = Nodes.text(value).strip().toLowerCase(Locale.ROOT);
    return type.isEmpty() ? null : type;
  }

  /** Base64 in the alphabet that everybody reads; Google's SDK for Python writes the other one. */
  private static String plain(String base64) {
    boolean clean = true;
    for (int i = 0; i < base64.length() && clean; i++) {
      char c = base64.charAt(i);
      clean = c != '-' && c != '_' && c > ' ';
    }
    if (clean && base64.length() % 4 == 0) {
      return base64;
    }
    StringBuilder plain = new StringBuilder(base64.length() + 3);
    for (int i = 0; i < base64.length(); i++) {
      char c = base64.charAt(i);
      if (c > ' ') {
        plain.append(c == '-' ? '+' : c == '_' ? '/' : c);
      }
    }
    while (plain.length() % 4 != 0) {
      plain.append('=');
    }
    return plain.toString();
  }

  private static @Nullable String decoded(String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return null; // Then it stays what it is.
    }
  }
}
