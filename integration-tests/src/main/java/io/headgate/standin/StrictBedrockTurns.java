// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Converse's rules for messages, their blocks, and who may follow whom. */
final class StrictBedrockTurns {

  private static final Set<String> BLOCKS =
      Strict.names(
          "text image document video audio toolUse toolResult reasoningContent cachePoint"
              + " guardContent citationsContent searchResult");
  private static final List<String> IMAGES = List.of("png", "jpeg", "gif", "webp");
  private static final List<String> DOCUMENTS =
      List.of("pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md");
  private static final Pattern DOCUMENT = Pattern.compile("[\\p{Alnum}()\\[\\] -]{1,200}");

  private StrictBedrockTurns() {}

  static void check(JsonNode body, boolean tools) {
    JsonNode messages = body.path("messages");
    for (int i = 0; i < body.path("system").size(); i++) {
      text(body.path("system").path(i), "system." + i, "SystemContentBlock");
    }
    if (!messages.path(0).path("role").asText("user").equals("user")) {
      throw Refusal.invalid(
          "A conversation must start with a user message. Try again with a conversation that"
              + " starts with a user message.");
    }
    String before = "";
    Set<String> documents = new HashSet<>();
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.path(i);
      String role = message.path("role").asText("");
      StrictBedrock.known(message, Set.of("role", "content"), "messages." + i + ".");
      if (!role.equals("user") && !role.equals("assistant")) {
        throw StrictBedrock.constraint(
            "messages." + (i + 1) + ".member.role",
            message.path("role"),
            "Member must satisfy enum value set: [user, assistant]");
      }
      if (role.equals(before)) {
        throw Refusal.invalid(
            "A conversation must alternate between user and assistant roles. Make sure the"
                + " conversation alternates between user and assistant roles and try again.");
      }
      before = role;
      content(message, "messages." + i, tools, documents);
      pairs(messages, i);
    }
  }

  private static void content(JsonNode message, String at, boolean tools, Set<String> documents) {
    JsonNode content = message.path("content");
    if (!content.isArray() || content.isEmpty()) {
      throw Refusal.invalid(
          "The content field in the Message object at "
              + at
              + " is empty. Add a ContentBlock object to the content field and try again.");
    }
    boolean document = false;
    boolean text = false;
    for (int k = 0; k < content.size(); k++) {
      JsonNode block = content.path(k);
      String here = at + ".content." + k;
      StrictBedrock.known(block, BLOCKS, here + ".");
      text(block, here, "ContentBlock");
      text |= block.has("text");
      if (block.has("document")) {
        document = true;
        document(block.path("document"), here, documents);
      }
      if (block.has("image")) {
        image(block.path("image"), here);
      }
      if (block.has("toolUse") || block.has("toolResult")) {
        tool(block, here, tools, message.path("role").asText());
      }
    }
    if (document && !text) {
      throw Refusal.invalid(
          "A text block must be included in a message with a document. Add a text block at " + at);
    }
  }

  private static void text(JsonNode block, String at, String type) {
    if (!block.has("text")) {
      return;
    }
    if (!block.path("text").isTextual()) {
      throw Refusal.invalid("STRING_VALUE is expected at " + at + ".text");
    }
    if (block.path("text").textValue().isBlank()) {
      throw Refusal.invalid(
          "The text field in the %s object at %s is blank. Add text to the text field, and try again."
              .formatted(type, at));
    }
  }

  private static void document(JsonNode document, String at, Set<String> documents) {
    JsonNode name = document.path("name");
    if (!Strict.matches(DOCUMENT, name) || name.textValue().contains("  ")) {
      throw Refusal.invalid(
          "The document file name at "
              + at
              + " can only contain alphanumeric characters, whitespace characters, hyphens,"
              + " parentheses, and square brackets. The name can't contain more than one"
              + " consecutive whitespace character.");
    }
    if (!documents.add(name.textValue())) {
      throw Refusal.invalid("The document file names must be unique: " + name.textValue());
    }
    JsonNode format = document.path("format");
    if (!Strict.absent(format) && !Strict.oneOf(format, DOCUMENTS)) {
      throw StrictBedrock.constraint(
          at + ".document.format", format, "Member must satisfy enum value set: " + DOCUMENTS);
    }
    source(document.path("source"), at + ".document.", "text content");
  }

  private static void image(JsonNode image, String at) {
    if (!Strict.oneOf(image.path("format"), IMAGES)) {
      throw StrictBedrock.constraint(
          at + ".image.format",
          image.path("format"),
          "Member must satisfy enum value set: " + IMAGES);
    }
    source(image.path("source"), at + ".image.", "");
  }

  private static void source(JsonNode source, String at, String more) {
    StrictBedrock.known(source, Strict.names(("bytes s3Location " + more).strip()), at + "source.");
    if (source.has("bytes") && !Strict.base64(source.path("bytes"))) {
      throw Refusal.invalid("The bytes at " + at + "source are not valid base64");
    }
    if (source.size() != 1) {
      throw Refusal.invalid("Exactly one member must be set at " + at + "source");
    }
  }

  private static void tool(JsonNode block, String at, boolean tools, String role) {
    boolean use = block.has("toolUse");
    if (!tools) {
      throw Refusal.invalid(
          "The toolConfig field must be defined when using toolUse and toolResult content blocks.");
    }
    if (use != role.equals("assistant")) {
      throw Refusal.invalid(
          (use ? "toolUse" : "toolResult") + " blocks are not allowed in messages of role " + role);
    }
    JsonNode inner = use ? block.path("toolUse") : block.path("toolResult");
    JsonNode id = inner.path("toolUseId");
    if (!Strict.matches(Strict.NAME, id) || id.textValue().length() > 64) {
      throw StrictBedrock.constraint(
          at + (use ? ".toolUse" : ".toolResult") + ".toolUseId",
          id,
          "Member must satisfy regular expression pattern: [a-zA-Z0-9_-]+, length 1 to 64");
    }
    if (use && !inner.path("input").isObject()) {
      throw Refusal.invalid(
          "The format of the value at "
              + at
              + ".toolUse.input is invalid."
              + " Provide a json object for the field and try again.");
    }
    JsonNode status = inner.path("status");
    if (!Strict.absent(status) && !Strict.oneOf(status, List.of("success", "error"))) {
      throw StrictBedrock.constraint(
          at + ".toolResult.status",
          status,
          "Member must satisfy enum value set: [success, error]");
    }
    for (JsonNode result : inner.path("content")) {
      StrictBedrock.known(
          result, Strict.names("text json image document video searchResult"), at + ".toolResult.");
      if (result.has("json") && !result.path("json").isObject()) {
        throw Refusal.invalid(
            "The format of the value at "
                + at
                + ".toolResult.content.json is"
                + " invalid. Provide a json object for the field and try again.");
      }
    }
  }

  private static void pairs(JsonNode messages, int i) {
    Set<String> asked = new LinkedHashSet<>();
    messages.path(i - 1).path("content").forEach(block -> add(block, "toolUse", asked));
    Set<String> answered = new LinkedHashSet<>();
    messages.path(i).path("content").forEach(block -> add(block, "toolResult", answered));
    if (answered.size() > asked.size()) {
      throw Refusal.invalid(
          "The number of toolResult blocks at messages."
              + i
              + ".content exceeds the number of"
              + " toolUse blocks of previous turn.");
    }
    if (!answered.containsAll(asked)) {
      asked.removeAll(answered);
      throw Refusal.invalid(
          "Expected toolResult blocks at messages."
              + i
              + ".content for the following Ids: "
              + String.join(", ", asked));
    }
  }

  private static void add(JsonNode block, String kind, Set<String> into) {
    if (block.has(kind)) {
      into.add(block.path(kind).path("toolUseId").asText());
    }
  }
}
