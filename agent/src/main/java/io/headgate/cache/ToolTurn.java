// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.chat.WireFormat;
import io.headgate.json.JsonTree;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells chats whose answer depends on more than what is said: on tools, on files, on something the
 * server keeps.
 */
final class ToolTurn {

  /** What offers tools by being there. */
  private static final List<String> OFFERS =
      List.of("tools", "functions", "mcp_servers", "connectors", "tool_results", "plugins");

  /** What the server looks up or runs, or keeps and changes. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "web_search_options", "it searches the web",
          "search_parameters", "it searches the web",
          "conversation", "the server keeps its history",
          "conversation_id", "the server keeps its history",
          "container", "it runs in a container",
          "cachedContent", "the server keeps a part of it",
          "cached_content", "the server keeps a part of it");

  /** Members of a message that are no content. */
  private static final Set<String> MESSAGE = Set.of("role", "type", "name", "id", "status");

  /** Members of a part that are no content. */
  private static final Set<String> PART =
      Set.of("type", "text", "cache_control", "prompt_cache_breakpoint", "citations");

  private static final Set<String> TEXT = Set.of("text", "input_text");

  private ToolTurn() {}

  /** Why a request's answer depends on more than its text; null if it does not. */
  static @Nullable String why(WireFormat format, Map<?, ?> request) {
    for (Map.Entry<String, String> member : ELSEWHERE.entrySet()) {
      if (something(request.get(member.getKey()))) {
        return member.getValue();
      }
    }
    if (Boolean.TRUE.equals(request.get("background"))) {
      return "it runs in the background";
    }
    if (format == WireFormat.OPENAI
        && request.get("model") instanceof String model
        && model.toLowerCase(Locale.ROOT).matches(".*(-search-|:online|sonar).*")) {
      return "it searches the web";
    }
    for (String offer : OFFERS) {
      if (something(request.get(offer))
          && !(refused(request, offer) && functions(request, offer))) {
        return "it offers tools";
      }
    }
    return pending(request) ? "a tool call is not answered" : null;
  }

  private static boolean something(@Nullable Object value) {
    return !(value == null
        || value.equals(false)
        || (value instanceof List<?> list && list.isEmpty())
        || (value instanceof String text && text.isEmpty()));
  }

  /** Whether the request says that no tool is to be called. */
  private static boolean refused(Map<?, ?> request, String offer) {
    if (offer.equals("functions")) {
      return "none".equals(request.get("function_call"));
    }
    Object choice = request.get("tool_choice");
    Object kind = choice instanceof Map<?, ?> map ? map.get("type") : choice;
    if (offer.equals("tools") && kind instanceof String text) {
      return text.equalsIgnoreCase("none");
    }
    Object mode = JsonTree.at(request, "toolConfig.functionCallingConfig.mode");
    if (mode == null) {
      mode = JsonTree.at(request, "tool_config.function_calling_config.mode");
    }
    return offer.equals("tools") && mode instanceof String text && text.equalsIgnoreCase("none");
  }

  /** Whether all tools are functions: Gemini's mode is for no others. */
  private static boolean functions(Map<?, ?> request, String offer) {
    if (request.get("contents") == null) {
      return true;
    }
    return request.get(offer) instanceof List<?> tools
        && tools.stream()
            .allMatch(
                tool ->
                    tool instanceof Map<?, ?> map
                        && Set.of("functionDeclarations", "function_declarations")
                            .containsAll(map.keySet()));
  }

  /** Whether the message before the last one calls a tool. */
  private static boolean pending(Map<?, ?> request) {
    for (String list : List.of("messages", "input", "contents")) {
      if (request.get(list) instanceof List<?> messages
          && messages.size() > 1
          && messages.get(messages.size() - 2) instanceof Map<?, ?> before
          && calls(before)) {
        return true;
      }
    }
    return false;
  }

  private static boolean calls(Map<?, ?> message) {
    if (something(message.get("tool_calls"))
        || something(message.get("function_call"))
        || (message.get("type") instanceof String type && type.endsWith("_call"))) {
      return true;
    }
    Object parts = message.get("content") == null ? message.get("parts") : message.get("content");
    return parts instanceof List<?> list
        && list.stream()
            .anyMatch(
                part ->
                    part instanceof Map<?, ?> map
                        && (map.containsKey("functionCall")
                            || map.containsKey("function_call")
                            || "tool_use".equals(map.get("type"))));
  }

  /** Whether a message has more than the one member with its content. */
  static boolean more(Map<?, ?> message, String member) {
    for (Map.Entry<?, ?> entry : message.entrySet()) {
      Object name = entry.getKey();
      if (!member.equals(name) && !MESSAGE.contains(name) && something(entry.getValue())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a part is text, and nothing else. */
  static boolean onlyText(Map<?, ?> part) {
    Object type = part.get("type");
    if (!(part.get("text") instanceof String) || (type != null && !TEXT.contains(type))) {
      return false;
    }
    for (Map.Entry<?, ?> entry : part.entrySet()) {
      if (!PART.contains(entry.getKey()) && something(entry.getValue())) {
        return false;
      }
    }
    return true;
  }
}
