// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Finds images, documents and sounds in a turn of any format, see {@link Heard}. */
final class Media {

  private static final Map<String, String> BEGINNINGS =
      Map.of(
          "iVBOR", "image/png",
          "/9j/", "image/jpeg",
          "R0lGOD", "image/gif",
          "UklGR", "image/webp",
          "JVBER", "application/pdf");

  private static final Map<String, String> FORMATS =
      Map.of(
          "pdf", "application/pdf",
          "txt", "text/plain",
          "md", "text/markdown",
          "html", "text/html",
          "csv", "text/csv");

  private Media() {}

  /** Also those inside tool results. */
  static void collect(JsonNode node, List<String> into) {
    if (node.isArray()) {
      node.forEach(element -> collect(element, into));
      return;
    }
    int before = into.size();
    openAi(node, into);
    others(node, into);
    for (JsonNode image : node.path("images")) {
      bytes("", image, into);
    }
    if (into.size() == before) {
      for (String inner : List.of("content", "parts", "output", "toolResult")) {
        if (node.path(inner).isContainerNode()) {
          collect(node.path(inner), into);
        }
      }
    }
  }

  /** Chat completions, Responses and Cohere. */
  private static void openAi(JsonNode block, List<String> into) {
    JsonNode image = block.path("image_url");
    address(image.isObject() ? image.path("url") : image, into);
    JsonNode file = block.has("file") ? block.path("file") : block;
    address(file.path("file_data"), into);
    address(file.path("file_url"), into);
    JsonNode sound = block.path("input_audio");
    if (sound.isObject()) {
      bytes("audio/" + sound.path("format").asText(), sound.path("data"), into);
    }
  }

  /** Anthropic, Gemini and Bedrock. */
  private static void others(JsonNode block, List<String> into) {
    JsonNode source = block.path("source");
    switch (source.path("type").asText("")) {
      case "base64" -> bytes(source.path("media_type").asText(), source.path("data"), into);
      case "url" -> address(source.path("url"), into);
      case "text" -> into.add("text/plain " + hash(Reply.bytes(source.path("data").asText(""))));
      default -> {}
    }
    for (String key : List.of("inlineData", "inline_data")) {
      JsonNode data = block.path(key);
      String type = data.path("mimeType").asText(data.path("mime_type").asText(""));
      bytes(type, data.path("data"), into);
    }
    for (String key : List.of("fileData", "file_data")) {
      JsonNode data = block.path(key);
      address(data.has("fileUri") ? data.path("fileUri") : data.path("file_uri"), into);
    }
    for (String key : List.of("image", "document", "video")) {
      String format = block.path(key).path("format").asText("");
      String type = FORMATS.getOrDefault(format, key + "/" + format);
      bytes(type, block.path(key).path("source").path("bytes"), into);
    }
  }

  /** A URL, which may hold the data itself. */
  private static void address(JsonNode address, List<String> into) {
    if (!address.isTextual()) {
      return;
    }
    String url = address.textValue();
    int comma = url.indexOf(";base64,");
    if (url.startsWith("data:") && comma > 0) {
      add(url.substring(5, comma), url.substring(comma + 8), into);
    } else {
      into.add(url);
    }
  }

  private static void bytes(String type, JsonNode base64, List<String> into) {
    if (base64.isTextual()) {
      add(type, base64.textValue(), into);
    }
  }

  private static void add(String type, String base64, List<String> into) {
    String told = type;
    for (Map.Entry<String, String> beginning : BEGINNINGS.entrySet()) {
      if (type.isEmpty() && base64.startsWith(beginning.getKey())) {
        told = beginning.getValue();
      }
    }
    byte[] bytes;
    try {
      bytes = Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      bytes = Reply.bytes(base64);
    }
    into.add(told + " " + hash(bytes));
  }

  /** Eight hexadecimal digits of the SHA-256. */
  static String hash(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
