// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Guesses media types, which Gemini wants of everything. */
final class MediaTypes {

  private static final Map<String, String> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("webp", "image/webp"),
          Map.entry("gif", "image/gif"),
          Map.entry("heic", "image/heic"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("txt", "text/plain"),
          Map.entry("md", "text/markdown"),
          Map.entry("html", "text/html"),
          Map.entry("csv", "text/csv"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("wav", "audio/wav"),
          Map.entry("flac", "audio/flac"),
          Map.entry("ogg", "audio/ogg"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("webm", "video/webm"),
          Map.entry("mov", "video/quicktime"));

  /** How files begin, in base64. */
  private static final String[][] BY_START = {
    {"iVBORw0KGgo", "image/png"},
    {"/9j/", "image/jpeg"},
    {"R0lGOD", "image/gif"},
    {"JVBERi0", "application/pdf"},
    {"SUQz", "audio/mpeg"},
    {"ZkxhQ", "audio/flac"},
    {"T2dnU", "audio/ogg"},
  };

  private MediaTypes() {}

  /** By the end of a file name or a URL; null if it does not tell. */
  static @Nullable String ofName(String name) {
    int end = name.length();
    for (char mark : new char[] {'?', '#'}) {
      int at = name.indexOf(mark);
      end = at < 0 ? end : Math.min(end, at);
    }
    String path = name.substring(0, end);
    int dot = path.lastIndexOf('.');
    return dot < 0 ? null : BY_EXTENSION.get(path.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /** By the first bytes; null if they do not tell. */
  static @Nullable String ofBase64(String data) {
    for (String[] row : BY_START) {
      if (data.startsWith(row[0])) {
        return row[1];
      }
    }
    // RIFF holds either; what it is comes after four bytes of length.
    if (data.startsWith("UklGR")) {
      return data.startsWith("RUJQ", 12) ? "image/webp" : "audio/wav";
    }
    return null;
  }
}
