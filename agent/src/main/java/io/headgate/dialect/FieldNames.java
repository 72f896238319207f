// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.Operation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each dialect calls the four settings that nearly all of them have. Other fields go by the
 * names they have. Source: the vendors' API references.
 */
final class FieldNames {

  private static final String STOP = "stop";

  private FieldNames() {}

  /**
   * Where a field is or would have to be put; null where this request has no such field. A name
   * that the body has as it is written always wins.
   */
  static @Nullable String path(String name, RequestKind kind, Operation operation, JsonEdit body) {
    List<String> paths = paths(name, kind);
    if (paths == null || body.has(name)) {
      return name;
    }
    if (operation != Operation.CHAT && operation != Operation.TEXT_COMPLETION) {
      // An embedding has no temperature, and servers refuse fields they do not know.
      return null;
    }
    for (String path : paths) {
      if (body.has(path)) {
        return path;
      }
    }
    for (String path : paths) {
      int dot = path.indexOf('.');
      if (dot > 0 && body.hasObject(path.substring(0, dot))) {
        return path;
      }
    }
    return paths.isEmpty() ? null : paths.get(0);
  }

  /** Where a single stop sequence may stand alone, it does; elsewhere it becomes a list of one. */
  static @Nullable Object fitted(String name, String path, @Nullable Object value) {
    return name.equals(STOP) && !path.equals(STOP) && value instanceof String
        ? List.of(value)
        : value;
  }

  /** The names in the order of likelihood, none where there is no such field; null for others. */
  private static @Nullable List<String> paths(String name, RequestKind kind) {
    Map<String, List<String>> names =
        switch (kind) {
          case OPENAI -> OPENAI;
          case RESPONSES -> RESPONSES;
          case ANTHROPIC -> ANTHROPIC;
          case GEMINI -> GEMINI;
          case CONVERSE -> CONVERSE;
          case COHERE -> COHERE;
          case OLLAMA -> OLLAMA;
          case OTHER -> Map.of();
        };
    return names.get(name);
  }

  private static final Map<String, List<String>> OPENAI =
      names(
          List.of("max_tokens", "max_completion_tokens"),
          List.of("temperature"),
          List.of("top_p"),
          List.of("stop"));
  private static final Map<String, List<String>> RESPONSES =
      names(List.of("max_output_tokens"), List.of("temperature"), List.of("top_p"), List.of());
  private static final Map<String, List<String>> ANTHROPIC =
      names(
          List.of("max_tokens"),
          List.of("temperature"),
          List.of("top_p"),
          List.of("stop_sequences"));
  private static final Map<String, List<String>> GEMINI =
      names(
          gemini("maxOutputTokens", "max_output_tokens"),
          gemini("temperature", "temperature"),
          gemini("topP", "top_p"),
          gemini("stopSequences", "stop_sequences"));
  private static final Map<String, List<String>> CONVERSE =
      names(
          // Nova's own name comes second.
          List.of("inferenceConfig.maxTokens", "inferenceConfig.max_new_tokens"),
          List.of("inferenceConfig.temperature"),
          List.of("inferenceConfig.topP", "inferenceConfig.top_p"),
          List.of("inferenceConfig.stopSequences"));
  private static final Map<String, List<String>> COHERE =
      names(List.of("max_tokens"), List.of("temperature"), List.of("p"), List.of("stop_sequences"));
  private static final Map<String, List<String>> OLLAMA =
      names(
          List.of("options.num_predict"),
          List.of("options.temperature"),
          List.of("options.top_p"),
          List.of("options.stop"));

  private static Map<String, List<String>> names(
      List<String> maxTokens, List<String> temperature, List<String> topP, List<String> stop) {
    return Map.of("max_tokens", maxTokens, "temperature", temperature, "top_p", topP, STOP, stop);
  }

  /** Google's servers read both ways to write a name, in any mixture. */
  private static List<String> gemini(String camel, String snake) {
    return List.of(
        "generationConfig." + camel,
        "generationConfig." + snake,
        "generation_config." + snake,
        "generation_config." + camel);
  }
}
