// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bedrock's words for formats of files, and the media types they stand for. Words are those of the
 * Amazon Bedrock API reference: ImageBlock, DocumentBlock, VideoBlock, AudioBlock.
 */
final class MediaFormats {

  static final MediaFormats IMAGES =
      new MediaFormats(
          "png",
          "image/png",
          "jpeg",
          "image/jpeg",
          "jpeg",
          "image/jpg",
          "gif",
          "image/gif",
          "webp",
          "image/webp");

  static final MediaFormats DOCUMENTS =
      new MediaFormats(
          "pdf",
          "application/pdf",
          "csv",
          "text/csv",
          "doc",
          "application/msword",
          "docx",
          "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
          "xls",
          "application/vnd.ms-excel",
          "xlsx",
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
          "html",
          "text/html",
          "txt",
          "text/plain",
          "md",
          "text/markdown",
          "md",
          "text/x-markdown");

  static final MediaFormats VIDEOS =
      new MediaFormats(
          "mp4",
          "video/mp4",
          "mov",
          "video/quicktime",
          "mkv",
          "video/x-matroska",
          "webm",
          "video/webm",
          "flv",
          "video/x-flv",
          "mpeg",
          "video/mpeg",
          "mpg",
          "video/mpg",
          "wmv",
          "video/x-ms-wmv",
          "three_gp",
          "video/3gpp");

  static final MediaFormats SOUNDS =
      new MediaFormats(
          "mp3",
          "audio/mpeg",
          "mp3",
          "audio/mp3",
          "wav",
          "audio/wav",
          "wav",
          "audio/x-wav",
          "wav",
          "audio/wave",
          "aac",
          "audio/aac",
          "flac",
          "audio/flac",
          "ogg",
          "audio/ogg",
          "opus",
          "audio/opus",
          "mp4",
          "audio/mp4",
          "m4a",
          "audio/x-m4a",
          "m4a",
          "audio/m4a",
          "webm",
          "audio/webm",
          "mkv",
          "audio/x-matroska",
          "pcm",
          "audio/pcm");

  /** Endings of file names that are no words of Bedrock's. */
  private static final Map<String, String> ENDINGS =
      Map.of(
          "jpg",
          "jpeg",
          "htm",
          "html",
          "markdown",
          "md",
          "text",
          "txt",
          "log",
          "txt",
          "3gp",
          "three_gp");

  private final Map<String, String> types = new HashMap<>();
  private final Map<String, String> formats = new HashMap<>();

  /** Format, type, format, type, …; the first one of several counts. */
  private MediaFormats(String... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      types.putIfAbsent(pairs[i], pairs[i + 1]);
      formats.putIfAbsent(pairs[i + 1], pairs[i]);
    }
  }

  /** The media type of a format; null if it is not known. */
  @Nullable String type(String format) {
    return types.get(format.toLowerCase(Locale.ROOT));
  }

  /** The format of a media type, or else of a file with such a name; null if neither tells. */
  @Nullable String format(@Nullable String type, @Nullable String name) {
    String format = type == null ? null : formats.get(bare(type));
    return format != null || name == null ? format : ofEnding(name);
  }

  /** The name of a file without its ending, if that tells the format. */
  String stem(String name) {
    return ofEnding(name) == null ? name : name.substring(0, name.lastIndexOf('.'));
  }

  private @Nullable String ofEnding(String name) {
    int dot = name.lastIndexOf('.');
    if (dot < 0) {
      return null;
    }
    String ending = name.substring(dot + 1).toLowerCase(Locale.ROOT);
    String format = ENDINGS.getOrDefault(ending, ending);
    return types.containsKey(format) ? format : null;
  }

  /** A media type without parameters such as {@code charset}. */
  static String bare(String type) {
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }
}
