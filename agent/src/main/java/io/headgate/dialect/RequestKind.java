// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.WireFormat;

/** How the body of a request is built, where the wire format alone does not tell. */
enum RequestKind {
  OPENAI,
  RESPONSES,
  ANTHROPIC,
  GEMINI,
  CONVERSE,
  COHERE,
  OLLAMA,
  /** Of a model's own, of which nothing is known. */
  OTHER;

  static RequestKind of(WireFormat format, JsonText json) {
    return switch (format) {
      case OPENAI -> OPENAI;
      case OPENAI_RESPONSES -> RESPONSES;
      case ANTHROPIC -> ANTHROPIC;
      case GEMINI -> GEMINI;
      case BEDROCK -> bedrock(json);
      case COHERE -> COHERE;
      case OLLAMA -> OLLAMA;
      case OTHER -> OTHER;
    };
  }

  /**
   * The bodies of InvokeModel are each model's own: Claude's have a version, those of models with
   * OpenAI's messages have texts or typed parts as content. Converse and Nova have untyped parts.
   */
  private static RequestKind bedrock(JsonText json) {
    if (json.says(json.root(), "anthropic_version")) {
      return ANTHROPIC;
    }
    for (int messages : json.values(json.root(), "messages")) {
      JsonCursor all = json.isArray(messages) ? new JsonCursor(json, messages) : null;
      if (all != null && all.next() && json.isObject(all.value())) {
        for (int content : json.values(all.value(), "content")) {
          return isUntyped(json, content) ? CONVERSE : OPENAI;
        }
      }
    }
    return OTHER;
  }

  private static boolean isUntyped(JsonText json, int content) {
    if (!json.isArray(content)) {
      return false;
    }
    JsonCursor parts = new JsonCursor(json, content);
    return !parts.next()
        || (json.isObject(parts.value()) && json.values(parts.value(), "type").isEmpty());
  }
}
