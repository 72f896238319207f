// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts text before and behind the system prompt, wherever a dialect has it and however the app
 * wrote it: as one text, or as parts, to which a part is added. A blank line is between old and
 * new. The old text stays as it is, byte for byte. For one body, once.
 */
final class SystemPrompt {

  private static final String BLANK_LINE = "\n\n";
  private static final List<String> ROLES = List.of("system", "developer");

  private final JsonText json;
  private final @Nullable String before;
  private final @Nullable String behind;
  private final Splices splices = new Splices();

  private SystemPrompt(JsonText json, @Nullable String before, @Nullable String behind) {
    this.json = json;
    this.before = before;
    this.behind = behind;
  }

  /** Whether a call there may have a system prompt. */
  static boolean has(Endpoint endpoint) {
    WireFormat format = endpoint.format();
    return switch (endpoint.operation()) {
      case CHAT -> format != WireFormat.OTHER;
      case TEXT_COMPLETION -> format == WireFormat.OLLAMA;
      // So that what is counted is what will be sent.
      case COUNT_TOKENS -> format == WireFormat.ANTHROPIC || format == WireFormat.OPENAI_RESPONSES;
      default -> false;
    };
  }

  /**
   * The changes to make; none where the body has no place for a system prompt.
   *
   * @param before null for none
   * @param behind null for none
   */
  static Splices edit(
      JsonText json,
      RequestKind kind,
      Operation operation,
      @Nullable String before,
      @Nullable String behind) {
    SystemPrompt prompt = new SystemPrompt(json, before, behind);
    if (before != null || behind != null) {
      prompt.place(kind, operation);
    }
    return prompt.splices;
  }

  private void place(RequestKind kind, Operation operation) {
    int root = json.root();
    switch (kind) {
      case OPENAI -> messages();
      case RESPONSES -> responses();
      case ANTHROPIC -> member(root, "system", "text");
      case GEMINI -> gemini();
      case CONVERSE -> converse();
      case COHERE -> {
        if (json.says(root, "messages")) {
          messages();
        } else if (json.says(root, "message")) {
          member(root, "preamble", "text");
        }
      }
      case OLLAMA -> {
        if (operation == Operation.CHAT) {
          messages();
        } else {
          member(root, "system", "text");
        }
      }
      case OTHER -> {
        // Whether there is one at all, only the model's maker knows.
      }
    }
  }

  private void messages() {
    for (int messages : json.values(json.root(), "messages")) {
      if (json.isArray(messages)) {
        messages(messages);
      }
    }
  }

  private void messages(int messages) {
    JsonCursor all = new JsonCursor(json, messages);
    while (all.next()) {
      if (isSystem(all.value())) {
        member(all.value(), "content", "text");
        return;
      }
    }
    splices.insert(
        messages + 1,
        Splices.joined(
            utf8("{\"role\":\"system\",\"content\":"),
            JsonWords.string(fresh()),
            utf8(all.any() ? "}," : "}")));
  }

  private boolean isSystem(int message) {
    if (!json.isObject(message)) {
      return false;
    }
    for (int role : json.values(message, "role")) {
      if (json.isString(role) && ROLES.contains(json.text(role))) {
        return true;
      }
    }
    return false;
  }

  private void responses() {
    boolean placed = false;
    if (!json.says(json.root(), "instructions")) {
      for (int input : json.values(json.root(), "input")) {
        JsonCursor items = json.isArray(input) ? new JsonCursor(json, input) : null;
        if (items != null && items.next() && isSystem(items.value())) {
          member(items.value(), "content", "input_text");
          placed = true;
        }
      }
    }
    if (!placed) {
      member(json.root(), "instructions", "input_text");
    }
  }

  private void gemini() {
    int root = json.root();
    boolean cached = json.says(root, "cachedContent") || json.says(root, "cached_content");
    if (cached || !json.says(root, "contents")) {
      // What is cached includes the system prompt, and the API refuses a second one.
      return;
    }
    List<Integer> values = json.values(root, "systemInstruction");
    values.addAll(json.values(root, "system_instruction"));
    byte[] parts = Splices.joined(utf8("["), part(fresh(), null), utf8("]"));
    byte[] whole = Splices.joined(utf8("{\"parts\":"), parts, utf8("}"));
    if (values.isEmpty()) {
      json.append(root, "systemInstruction", whole, splices);
    }
    for (int value : values) {
      if (!json.isObject(value)) {
        content(value, null, whole);
      } else if (json.values(value, "parts").isEmpty()) {
        json.append(value, "parts", parts, splices);
      } else {
        json.values(value, "parts").forEach(list -> content(list, null, parts));
      }
    }
  }

  private void converse() {
    List<Integer> values = json.values(json.root(), "system");
    byte[] parts = Splices.joined(utf8("["), part(fresh(), null), utf8("]"));
    if (values.isEmpty()) {
      json.append(json.root(), "system", parts, splices);
    }
    values.forEach(value -> content(value, null, parts));
  }

  /** Where the prompt is, or comes to be, a member of an object. */
  private void member(int object, String name, String partType) {
    List<Integer> values = json.values(object, name);
    byte[] text = JsonWords.string(fresh());
    if (values.isEmpty()) {
      json.append(object, name, text, splices);
    }
    values.forEach(value -> content(value, partType, text));
  }

  /**
   * @param partType the {@code type} of a new part; null if parts have none
   * @param fresh what takes the place of null
   */
  private void content(int value, @Nullable String partType, byte[] fresh) {
    if (json.isString(value)) {
      text(value);
    } else if (json.isArray(value)) {
      parts(value, partType);
    } else if (json.isNull(value)) {
      splices.replace(value, json.end(value), fresh);
    } else if (json.isObject(value)) {
      // Google takes one part for a list of one.
      splices.insert(value, Splices.joined(utf8("["), partBefore(partType)));
      splices.insert(json.end(value), Splices.joined(partBehind(partType), utf8("]")));
    }
  }

  private void text(int string) {
    int close = json.end(string) - 1;
    if (close == string + 1) {
      splices.insert(close, JsonWords.inner(fresh()));
      return;
    }
    if (before != null) {
      splices.insert(string + 1, JsonWords.inner(before + BLANK_LINE));
    }
    if (behind != null) {
      splices.insert(close, JsonWords.inner(BLANK_LINE + behind));
    }
  }

  private void parts(int array, @Nullable String type) {
    JsonCursor parts = new JsonCursor(json, array);
    while (parts.next()) {
      // Up to the last one.
    }
    if (parts.any()) {
      splices.insert(array + 1, partBefore(type));
      splices.insert(parts.end(), partBehind(type));
    } else {
      splices.insert(array + 1, part(fresh(), type));
    }
  }

  private byte[] partBefore(@Nullable String type) {
    return before == null
        ? new byte[0]
        : Splices.joined(part(before + BLANK_LINE, type), utf8(","));
  }

  private byte[] partBehind(@Nullable String type) {
    return behind == null
        ? new byte[0]
        : Splices.joined(utf8(","), part(BLANK_LINE + behind, type));
  }

  private static byte[] part(String text, @Nullable String type) {
    return Splices.joined(
        utf8(type == null ? "{\"text\":" : "{\"type\":\"" + type + "\",\"text\":"),
        JsonWords.string(text),
        utf8("}"));
  }

  /** The whole prompt where there was none. */
  private String fresh() {
    if (before == null || behind == null) {
      return before == null ? String.valueOf(behind) : before;
    }
    return before + BLANK_LINE + behind;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
