// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.Media;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code data:} URIs (RFC 2397). */
final class DataUris {

  private DataUris() {}

  /** The bytes of a {@code data:} URI; null if it is none. */
  static @Nullable Media media(String uri) {
    int comma = uri.indexOf(',');
    if (comma < 0 || !uri.regionMatches(true, 0, "data:", 0, 5)) {
      return null;
    }
    String head = uri.substring(5, comma);
    String data = uri.substring(comma + 1);
    int semicolon = head.indexOf(';');
    String type = semicolon < 0 ? head : head.substring(0, semicolon);
    if (!head.toLowerCase(Locale.ROOT).endsWith(";base64")) {
      data = Base64.getEncoder().encodeToString(plain(data));
    } else {
      data = bare(data);
    }
    return new Media(
        Media.Kind.BASE64, data, type.isEmpty() ? "text/plain" : type.toLowerCase(Locale.ROOT));
  }

  /** Base64 without the line breaks that MIME has in it. */
  static String bare(String base64) {
    boolean blank = base64.chars().anyMatch(it -> it <= ' ');
    return blank ? base64.replaceAll("\\s+", "") : base64;
  }

  private static byte[] plain(String data) {
    try {
      // A plus is a plus here, unlike in forms.
      String text = URLDecoder.decode(data.replace("+", "%2B"), StandardCharsets.UTF_8);
      return text.getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return data.getBytes(StandardCharsets.UTF_8); // A percent sign that means nothing.
    }
  }

  /** A {@code data:} URI of bytes in base64. */
  static String of(Media media, String typeIfUnknown) {
    String type = media.type() == null ? typeIfUnknown : media.type();
    return "data:" + type + ";base64," + media.value();
  }
}
