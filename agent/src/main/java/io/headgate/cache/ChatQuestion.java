// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.chat.Operation;
import io.headgate.gateway.Endpoint;
import io.headgate.json.JsonSplice;
import io.headgate.json.JsonTree;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a chat asks last, and all the rest of it.
 *
 * @param text what the user says last; null if no similar question may be looked for
 * @param rest the body with a fixed mark for that text, nothing else changed; null if text is
 * @param whyNot for people, without content; null if there is a text
 */
record ChatQuestion(@Nullable String text, byte @Nullable [] rest, @Nullable String whyNot) {

  /** A longer text says too much to be like another one, in characters. */
  static final int LONGEST = 4_000;

  /** What stands for the text; {@code null}, which a text cannot be. */
  private static final byte[] MARK = {'n', 'u', 'l', 'l'};

  static ChatQuestion of(Endpoint endpoint, byte[] body) {
    if (endpoint.operation() != Operation.CHAT) {
      return not("it is no chat");
    }
    if (!(JsonTree.read(body) instanceof Map<?, ?> request)) {
      return not("its body is no JSON object");
    }
    String tools = ToolTurn.why(endpoint.format(), request);
    if (tools != null) {
      return not(tools);
    }
    return switch (endpoint.format()) {
      case OPENAI, ANTHROPIC, OLLAMA -> last(body, request, "messages", "content");
      case COHERE ->
          request.get("message") instanceof String
              ? text(body, request, Set.of("message"))
              : last(body, request, "messages", "content");
      case OPENAI_RESPONSES ->
          request.get("input") instanceof String
              ? text(body, request, Set.of("input"))
              : last(body, request, "input", "content");
      case GEMINI -> last(body, request, "contents", "parts");
      default -> not("questions of its format are not known");
    };
  }

  private static ChatQuestion not(String why) {
    return new ChatQuestion(null, null, why);
  }

  /** The text of the last message. */
  private static ChatQuestion last(byte[] body, Map<?, ?> request, String list, String member) {
    if (!(request.get(list) instanceof List<?> messages) || messages.isEmpty()) {
      return not("it has no messages");
    }
    int last = messages.size() - 1;
    if (!user(messages.get(last))) {
      return not("its last message is not the user's");
    }
    // Messages of one role in a row are one turn to most servers.
    for (int i = last; i >= 0 && user(messages.get(i)); i--) {
      if (paths(messages.get(i), list + '.' + i, member) == null) {
        return not("the user's last turn is not only text");
      }
    }
    Set<String> paths = paths(messages.get(last), list + '.' + last, member);
    return paths == null
        ? not("the user's last turn is not only text")
        : text(body, request, paths);
  }

  private static boolean user(@Nullable Object message) {
    return message instanceof Map<?, ?> map
        && (map.get("role") == null || "user".equals(map.get("role")))
        && (map.get("type") == null || "message".equals(map.get("type")));
  }

  /** Where the texts of a message are; null if it has something else. */
  private static @Nullable Set<String> paths(@Nullable Object message, String at, String member) {
    if (!(message instanceof Map<?, ?> map) || ToolTurn.more(map, member)) {
      return null;
    }
    if (map.get(member) instanceof String) {
      return Set.of(at + '.' + member);
    }
    if (!(map.get(member) instanceof List<?> parts) || parts.isEmpty()) {
      return null;
    }
    Set<String> paths = new LinkedHashSet<>();
    for (int i = 0; i < parts.size(); i++) {
      if (!(parts.get(i) instanceof Map<?, ?> part) || !ToolTurn.onlyText(part)) {
        return null;
      }
      paths.add(at + '.' + member + '.' + i + ".text");
    }
    return paths;
  }

  private static ChatQuestion text(byte[] body, Map<?, ?> request, Set<String> paths) {
    StringBuilder text = new StringBuilder();
    for (String path : paths) {
      text.append(text.isEmpty() ? "" : "\n").append(JsonTree.at(request, path));
    }
    if (text.toString().isBlank()) {
      return not("it asks nothing");
    }
    if (text.length() > LONGEST) {
      return not("its question is longer than " + LONGEST + " characters");
    }
    byte[] rest = JsonSplice.replace(body, paths, MARK);
    return rest == null
        ? not("its body says something twice")
        : new ChatQuestion(text.toString(), rest, null);
  }
}
