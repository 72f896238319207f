// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import java.util.List;

/**
 * One line of {@link PathRows}: what a path below a prefix does, and in which wire format.
 *
 * @param methods in upper case; empty for all
 * @param operation what it does, or what it does unless the model's name says otherwise
 * @param byModel whether the model's name is asked
 * @param streaming whether the path itself asks for a stream
 */
record PathRule(
    List<String> methods,
    PathPattern path,
    Operation operation,
    boolean byModel,
    WireFormat format,
    boolean streaming) {

  PathRule {
    methods = List.copyOf(methods);
  }

  /** Reads what follows the name of the set in a line. */
  static PathRule parse(List<String> words) {
    String methods = words.get(1);
    String operation = words.get(3);
    boolean byModel = operation.endsWith("?");
    return new PathRule(
        methods.equals("*") ? List.of() : Words.split(methods, ','),
        PathPattern.parse(words.get(2)),
        Operation.valueOf(byModel ? operation.substring(0, operation.length() - 1) : operation),
        byModel,
        WireFormat.valueOf(words.get(4)),
        words.size() > 5);
  }

  /** Whether it is a chat as every provider of its format has it, and nothing beside that. */
  boolean isPlainChat() {
    List<String> parts = path.parts();
    String last = parts.get(parts.size() - 1);
    return operation == Operation.CHAT
        && !byModel
        && switch (format) {
          case OPENAI -> parts.equals(List.of("chat", "completions")) || openapi(parts);
          case OPENAI_RESPONSES -> parts.equals(List.of("responses"));
          case ANTHROPIC -> last.equals("messages") || last.endsWith("awPredict");
          case GEMINI ->
              last.endsWith(":generateContent") || last.endsWith(":streamGenerateContent");
          case BEDROCK -> last.startsWith("converse");
          case COHERE, OLLAMA -> last.equals("chat");
          case OTHER -> false;
        };
  }

  /** Vertex AI's, for models of other publishers. */
  private static boolean openapi(List<String> parts) {
    return parts.size() == 4
        && parts.get(0).equals("endpoints")
        && parts.get(3).equals("completions");
  }

  boolean matches(String method, List<String> segments, int from) {
    return (methods.isEmpty() || methods.contains(method)) && path.matches(segments, from);
  }
}
