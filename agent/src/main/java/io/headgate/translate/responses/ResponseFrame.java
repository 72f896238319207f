// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.json.JsonNumber;
import io.headgate.json.Nodes;
import io.headgate.translate.Asked;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The response object around what is said. It repeats what the app asked for; the SDKs require most
 * of it.
 */
final class ResponseFrame {

  private static final BigDecimal ONE = new BigDecimal("1.0");

  private final Asked asked;
  private String id;
  private String model;

  ResponseFrame(Asked asked) {
    this.asked = asked;
    this.id = "resp_" + asked.id();
    this.model = asked.named(null);
  }

  /** What the provider calls the answer and itself. */
  void named(@Nullable String id, @Nullable String model) {
    if (id != null && id.startsWith("resp_")) {
      this.id = id;
    }
    this.model = asked.named(model);
  }

  /** Before anything is said. */
  Map<String, @Nullable Object> open() {
    return response("in_progress", null, null, Nodes.array(), null);
  }

  /** When all is said. */
  Map<String, @Nullable Object> closed(
      StopReason reason, boolean declined, List<@Nullable Object> output, Usage usage) {
    return switch (status(reason, declined)) {
      case "incomplete" -> {
        String why = cut(reason) ? "max_output_tokens" : "content_filter";
        yield response(
            "incomplete", null, Nodes.object("reason", why), output, ResponsesUsage.write(usage));
      }
      case "failed" -> {
        String message =
            reason == StopReason.MALFORMED_CALL
                ? "The model called a function in a way that cannot be read."
                : "The model failed to answer.";
        Object error =
            Nodes.object(
                "code", ResponsesErrors.streamCode(ApiFailure.Kind.SERVER), "message", message);
        yield response("failed", error, null, output, ResponsesUsage.write(usage));
      }
      default -> response("completed", null, null, output, ResponsesUsage.write(usage));
    };
  }

  private static boolean cut(StopReason reason) {
    return reason == StopReason.LENGTH || reason == StopReason.CONTEXT_FULL;
  }

  /**
   * How an answer ended.
   *
   * @param declined whether the model says so itself; if it does not, nothing else would tell
   */
  static String status(StopReason reason, boolean declined) {
    return switch (reason) {
      case END, STOP_SEQUENCE, TOOLS, PAUSE, UNKNOWN -> "completed";
      case REFUSAL -> declined ? "completed" : "incomplete";
      case LENGTH, CONTEXT_FULL, FILTER -> "incomplete";
      case MALFORMED_CALL, ERROR -> "failed";
    };
  }

  private Map<String, @Nullable Object> response(
      String status,
      @Nullable Object error,
      @Nullable Object incomplete,
      List<@Nullable Object> output,
      @Nullable Object usage) {
    Map<String, @Nullable Object> response = Nodes.object("id", id, "object", "response");
    response.put("created_at", asked.createdSeconds());
    response.put("status", status);
    response.put("background", false);
    response.put("error", error);
    response.put("incomplete_details", incomplete);
    response.put("instructions", text("instructions", null));
    response.put("max_output_tokens", number("max_output_tokens", null));
    response.put("model", model);
    response.put("output", output);
    response.put("parallel_tool_calls", !Boolean.FALSE.equals(said("parallel_tool_calls")));
    response.put("previous_response_id", null);
    response.put("prompt_cache_key", text("prompt_cache_key", null));
    response.put("reasoning", reasoning());
    response.put("safety_identifier", text("safety_identifier", null));
    String tier = text("service_tier", "default");
    response.put("service_tier", "auto".equals(tier) ? "default" : tier);
    response.put("store", false); // Whatever the app said: nobody has stored it.
    response.put("temperature", number("temperature", ONE));
    response.put("text", format());
    response.put("tool_choice", choice());
    response.put("tools", tools());
    response.put("top_logprobs", number("top_logprobs", 0));
    response.put("top_p", number("top_p", ONE));
    response.put("truncation", text("truncation", "disabled"));
    response.put("usage", usage);
    response.put("user", text("user", null));
    response.put("metadata", Nodes.map(asked.body(), "metadata"));
    return response;
  }

  private @Nullable Object said(String name) {
    return asked.body().get(name);
  }

  private @Nullable String text(String name, @Nullable String other) {
    return said(name) instanceof CharSequence text ? text.toString() : other;
  }

  private @Nullable Object number(String name, @Nullable Object other) {
    return said(name) instanceof JsonNumber number ? number : other;
  }

  private Map<String, @Nullable Object> reasoning() {
    Map<String, @Nullable Object> wish = Nodes.map(asked.body(), "reasoning");
    return Nodes.object(
        "effort",
        Nodes.textOrNull(wish.get("effort")),
        "summary",
        Nodes.textOrNull(wish.get("summary")));
  }

  private Map<String, @Nullable Object> format() {
    Map<String, @Nullable Object> text = Nodes.map(said("text"));
    Object plain = Nodes.object("type", "text");
    if (text == null) {
      return Nodes.object("format", plain);
    }
    return text.get("format") instanceof Map<?, ?> ? text : Nodes.with(text, "format", plain);
  }

  private Object choice() {
    Object choice = said("tool_choice");
    return choice instanceof CharSequence || choice instanceof Map<?, ?> ? choice : "auto";
  }

  private List<@Nullable Object> tools() {
    List<@Nullable Object> tools = Nodes.array();
    for (Object tool : Nodes.list(said("tools"))) {
      if (tool instanceof Map<?, ?>) {
        tools.add(tool);
      }
    }
    return tools;
  }
}
