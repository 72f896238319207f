// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Gemini's rules for contents, their parts, and who may follow whom. */
final class StrictGeminiContents {

  private static final Set<String> PART =
      Strict.names(
          "text thought thoughtSignature inlineData fileData functionCall functionResponse"
              + " executableCode codeExecutionResult videoMetadata mediaResolution partMetadata"
              + " toolCall toolResponse");
  private static final List<String> DATA =
      List.of(
          "text",
          "inlineData",
          "fileData",
          "functionCall",
          "functionResponse",
          "executableCode",
          "codeExecutionResult",
          "toolCall",
          "toolResponse");
  private static final Pattern MEDIA =
      Pattern.compile("(?:image|audio|video|text)/.+|application/(?:pdf|json)");

  private StrictGeminiContents() {}

  static void check(JsonNode contents, String model) {
    if (contents.isEmpty()) {
      throw StrictGemini.wrong("contents", "contents is not specified");
    }
    int turn = 0;
    for (int i = 0; i < contents.size(); i++) {
      JsonNode content = contents.path(i);
      StrictGemini.unknown(content, Set.of("role", "parts"), "contents[" + i + "]");
      String role = content.path("role").asText("user");
      if (!List.of("user", "model", "function").contains(role)) {
        throw Refusal.invalid("Please use a valid role: user, model.");
      }
      if (content.path("parts").isEmpty()) {
        throw StrictGemini.wrong("contents[" + i + "].parts", "contents.parts must not be empty.");
      }
      for (int k = 0; k < content.path("parts").size(); k++) {
        part(content.path("parts").path(k), "contents[" + i + "].parts[" + k + "]");
      }
      order(contents, i);
      if (!role.equals("model") && count(content, "functionResponse") == 0) {
        turn = i;
      }
    }
    if (Models.gemini(model) >= 300) {
      signatures(contents, turn);
    }
  }

  private static int count(JsonNode content, String kind) {
    int count = 0;
    for (JsonNode part : content.path("parts")) {
      count += Strict.absent(StrictGemini.get(part, kind)) ? 0 : 1;
    }
    return count;
  }

  private static void order(JsonNode contents, int i) {
    int calls = count(contents.path(i), "functionCall");
    int responses = count(contents.path(i), "functionResponse");
    int before = i == 0 ? 0 : count(contents.path(i - 1), "functionCall");
    if (calls > 0 && i == 0) {
      throw Refusal.invalid(
          "Please ensure that function call turn comes immediately after a user turn or after a"
              + " function response turn.");
    }
    if (responses > 0 && before == 0) {
      throw Refusal.invalid(
          "Please ensure that function response turn comes immediately after a function call"
              + " turn.");
    }
    if (responses != before) {
      throw Refusal.invalid(
          "Please ensure that the number of function response parts is equal to the number of"
              + " function call parts of the function call turn.");
    }
    if (calls > 0 && i == contents.size() - 1) {
      throw Refusal.invalid(
          "Please ensure that the number of function response parts is equal to the number of"
              + " function call parts of the function call turn.");
    }
  }

  /** Each step of the current turn that calls functions is signed at its first call. */
  private static void signatures(JsonNode contents, int turn) {
    for (int i = turn; i < contents.size(); i++) {
      int position = 0;
      for (JsonNode part : contents.path(i).path("parts")) {
        position++;
        JsonNode call = StrictGemini.get(part, "functionCall");
        if (call.isObject()) {
          if (StrictGemini.get(part, "thoughtSignature").asText("").isEmpty()) {
            throw Refusal.invalid(
                "Function call is missing a thought_signature in functionCall parts. This is"
                    + " required for tools to work correctly, and missing thought_signature may"
                    + " lead to degraded model performance. Additional data, function call `%s`, position %d."
                        .formatted(call.path("name").asText(), position));
          }
          break;
        }
      }
    }
  }

  private static void part(JsonNode part, String at) {
    StrictGemini.unknown(part, PART, at);
    int data = 0;
    for (String kind : DATA) {
      data += Strict.absent(StrictGemini.get(part, kind)) ? 0 : 1;
    }
    boolean signed = !Strict.absent(StrictGemini.get(part, "thoughtSignature"));
    if (data == 0 && !signed) {
      throw StrictGemini.wrong(
          at + ".data", "required oneof field 'data' must have one initialized field");
    }
    if (data > 1) {
      throw Refusal.invalid(
          "Invalid value at '" + at + "' (oneof), oneof field 'data' is already set.");
    }
    JsonNode text = part.path("text");
    if (!Strict.absent(text) && !text.isTextual()) {
      throw StrictGemini.value(at + ".text", "TYPE_STRING", text);
    }
    media(part, at);
    function(part, at);
  }

  private static void media(JsonNode part, String at) {
    JsonNode inline = StrictGemini.get(part, "inlineData");
    JsonNode file = StrictGemini.get(part, "fileData");
    if (inline.isObject()) {
      String type = StrictGemini.get(inline, "mimeType").asText("");
      if (!MEDIA.matcher(type).matches()) {
        throw Refusal.invalid("Unsupported MIME type: " + type);
      }
      if (!Strict.base64(inline.path("data"))) {
        throw Refusal.invalid(
            "Invalid value at '"
                + at
                + ".inline_data.data' (TYPE_BYTES), Base64 decoding failed for \""
                + inline.path("data").asText("")
                + "\"");
      }
    }
    if (file.isObject() && !StrictGemini.get(file, "fileUri").isTextual()) {
      throw StrictGemini.wrong(at + ".file_data.file_uri", "file_uri is required");
    }
  }

  private static void function(JsonNode part, String at) {
    JsonNode call = StrictGemini.get(part, "functionCall");
    JsonNode response = StrictGemini.get(part, "functionResponse");
    if (call.isObject()) {
      String here = at + ".function_call";
      StrictGemini.unknown(call, Strict.names("id name args partialArgs willContinue"), here);
      if (call.path("name").asText("").isEmpty()) {
        throw StrictGemini.wrong(here + ".name", "Name cannot be empty.");
      }
      struct(call.path("args"), here + ".args");
    }
    if (response.isObject()) {
      String here = at + ".function_response";
      StrictGemini.unknown(
          response, Strict.names("id name response parts willContinue scheduling"), here);
      if (response.path("name").asText("").isEmpty()) {
        throw StrictGemini.wrong(here + ".name", "Name cannot be empty.");
      }
      struct(response.path("response"), here + ".response");
    }
  }

  private static void struct(JsonNode value, String at) {
    if (!Strict.absent(value) && !value.isObject()) {
      throw StrictGemini.value(at, "type.googleapis.com/google.protobuf.Struct", value);
    }
  }
}
