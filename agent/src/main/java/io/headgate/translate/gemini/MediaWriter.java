// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.Media;
import io.headgate.json.Nodes;
import io.headgate.translate.Ineligible;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes {@code inlineData} and {@code fileData}. */
final class MediaWriter {

  private MediaWriter() {}

  /**
   * A part.
   *
   * @param usual the media type if nothing tells
   * @throws Ineligible if it is in a store that Google cannot read
   */
  static Map<String, @Nullable Object> part(Media media, String usual) {
    String value = media.value();
    return switch (media.kind()) {
      case BASE64 -> inline(value, type(media, MediaTypes.ofBase64(value), usual));
      case TEXT -> {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        yield inline(Base64.getEncoder().encodeToString(bytes), type(media, null, "text/plain"));
      }
      case URL -> file(value, type(media, MediaTypes.ofName(value), usual));
      case STORED -> {
        if (!value.startsWith("gs://")) {
          throw new Ineligible("a file is in a store that Google cannot read");
        }
        yield file(value, type(media, MediaTypes.ofName(value), usual));
      }
      case FILE_ID -> throw new Ineligible("a file was uploaded to another provider");
    };
  }

  private static String type(Media media, @Nullable String guess, String usual) {
    String said = media.type();
    if (said != null && !said.isEmpty() && !said.endsWith("/*")) {
      return said.equals("image/jpg") ? "image/jpeg" : said;
    }
    return guess == null ? usual : guess;
  }

  private static Map<String, @Nullable Object> inline(String data, String type) {
    return Nodes.object("inlineData", Nodes.object("mimeType", type, "data", data));
  }

  private static Map<String, @Nullable Object> file(String uri, String type) {
    return Nodes.object("fileData", Nodes.object("mimeType", type, "fileUri", uri));
  }
}
