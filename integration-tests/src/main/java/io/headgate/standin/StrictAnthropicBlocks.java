// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must be inside each of Anthropic's blocks. */
final class StrictAnthropicBlocks {

  private static final List<String> IMAGES =
      List.of("image/jpeg", "image/png", "image/gif", "image/webp");
  private static final Pattern SIGNATURE = Pattern.compile("[A-Za-z0-9+/=_-]+");

  private StrictAnthropicBlocks() {}

  /** What is wrong, which begins with a dot if it is a member of the block; null if nothing is. */
  static @Nullable String wrong(JsonNode block, String type) {
    return switch (type) {
      case "text" -> text(block.path("text"));
      case "image" -> source(block.path("source"), true);
      case "document" -> source(block.path("source"), false);
      case "tool_use" -> use(block);
      case "tool_result" -> result(block);
      case "thinking" -> {
        if (!block.path("thinking").isTextual()) {
          yield ".thinking: Field required";
        }
        yield Strict.matches(SIGNATURE, block.path("signature"))
            ? null
            : Strict.absent(block.path("signature"))
                ? ".signature: Field required"
                : ": Invalid `signature` in `thinking` block";
      }
      case "redacted_thinking" -> block.path("data").isTextual() ? null : ".data: Field required";
      default -> null;
    };
  }

  private static @Nullable String text(JsonNode text) {
    if (!text.isTextual()) {
      return ".text: Field required";
    }
    if (text.textValue().isEmpty()) {
      return "messages: text content blocks must be non-empty";
    }
    return text.textValue().isBlank()
        ? "messages: text content blocks must contain non-whitespace text"
        : null;
  }

  private static @Nullable String use(JsonNode block) {
    if (!Strict.matches(Strict.NAME, block.path("id"))) {
      return ".id: String should match pattern '^[a-zA-Z0-9_-]+$'";
    }
    if (!Strict.matches(Strict.NAME, block.path("name"))) {
      return ".name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'";
    }
    return block.path("input").isObject() ? null : ".input: Input should be a valid dictionary";
  }

  private static @Nullable String result(JsonNode block) {
    if (!Strict.matches(Strict.NAME, block.path("tool_use_id"))) {
      return ".tool_use_id: String should match pattern '^[a-zA-Z0-9_-]+$'";
    }
    JsonNode content = block.path("content");
    if (!Strict.absent(content) && !content.isTextual() && !content.isArray()) {
      return ".content: Input should be a valid string or list";
    }
    return Strict.not(block.path("is_error"), JsonNodeType.BOOLEAN)
        ? ".is_error: Input should be a valid boolean"
        : null;
  }

  private static @Nullable String source(JsonNode source, boolean image) {
    String type = source.path("type").asText("");
    JsonNode media = source.path("media_type");
    return switch (type) {
      case "base64" -> {
        if (image && !Strict.oneOf(media, IMAGES)) {
          yield ".source.base64.media_type: Input should be 'image/jpeg', 'image/png', 'image/gif'"
              + " or 'image/webp'";
        }
        if (!image && !media.asText("").equals("application/pdf")) {
          yield ".source.base64.media_type: Input should be 'application/pdf'";
        }
        yield Strict.base64(source.path("data"))
            ? null
            : ".source.base64.data: The data is not valid base64";
      }
      case "url" ->
          source.path("url").asText("").matches("https?://.+")
              ? null
              : ".source.url.url: Only HTTP and HTTPS URLs are supported.";
      case "file" -> source.path("file_id").isTextual() ? null : ".source.file_id: Field required";
      case "text" -> {
        boolean plain = !image && media.asText("").equals("text/plain");
        yield plain && source.path("data").isTextual()
            ? null
            : ".source.text.media_type: Input should be 'text/plain'";
      }
      case "content" -> image ? ".source: Input tag 'content' is not expected" : null;
      default ->
          ".source: Input tag '"
              + type
              + "' found using 'type' does not match any of the expected tags: 'base64', 'url'";
    };
  }
}
