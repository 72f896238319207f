// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.json.Nodes;
import io.headgate.translate.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a whole answer of a provider. */
final class ResponsesAnswerReader {

  private final List<Part> parts = new ArrayList<>();
  private final List<ChatAnswer.TokenLogprob> logprobs = new ArrayList<>();

  private ResponsesAnswerReader() {}

  /**
   * What an answer says.
   *
   * @throws Unreadable if it failed, is not finished, or is no response
   */
  static ChatAnswer read(Map<String, @Nullable Object> body) {
    String status = Nodes.text(body.get("status"));
    if (!Nodes.empty(body.get("error")) || status.equals("failed")) {
      throw new Unreadable(ResponsesFailures.failure(0, body));
    }
    if (status.equals("cancelled") || status.equals("queued") || status.equals("in_progress")) {
      throw Unreadable.because("the response is " + status);
    }
    if (!(body.get("output") instanceof List<?>)) {
      throw Unreadable.because("there is no output");
    }
    ResponsesAnswerReader reader = new ResponsesAnswerReader();
    Nodes.list(body.get("output")).forEach(item -> reader.item(Nodes.map(item)));
    if (reader.parts.isEmpty()) {
      // Made by SDKs from the output, but some servers tell it without one.
      String text = Nodes.text(body.get("output_text"));
      if (!text.isEmpty()) {
        reader.parts.add(new Part.Text(text));
      }
    }
    return new ChatAnswer(
        Nodes.textOrNull(body.get("id")),
        Nodes.textOrNull(body.get("model")),
        List.of(reader.choice(body)),
        ResponsesUsage.read(body.get("usage")));
  }

  private ChatAnswer.Choice choice(Map<String, @Nullable Object> body) {
    boolean called = parts.stream().anyMatch(part -> part instanceof Part.ToolCall);
    boolean declined = parts.stream().anyMatch(part -> part instanceof Part.Refusal);
    return new ChatAnswer.Choice(parts, stop(body, called, declined), null, logprobs);
  }

  /** Why a response ended. That it was cut is never hidden by what it says. */
  static StopReason stop(Map<String, @Nullable Object> response, boolean called, boolean declined) {
    if ("incomplete".equals(response.get("status"))) {
      Object reason = Nodes.map(response, "incomplete_details").get("reason");
      return "content_filter".equals(reason) ? StopReason.FILTER : StopReason.LENGTH;
    }
    if (called) {
      return StopReason.TOOLS;
    }
    return declined ? StopReason.REFUSAL : StopReason.END;
  }

  private void item(@Nullable Map<String, @Nullable Object> item) {
    if (item == null) {
      return;
    }
    String type = Nodes.text(item.get("type"));
    switch (type) {
      case "message" -> Nodes.list(item.get("content")).forEach(part -> said(Nodes.map(part)));
      case "function_call" -> parts.add(ResponsesItems.call(item));
      case "reasoning" -> {
        Part.Thinking thinking = ResponsesItems.thinking(item);
        if (thinking != null) {
          parts.add(thinking);
        }
      }
      default -> parts.add(new Part.Foreign(type));
    }
  }

  private void said(@Nullable Map<String, @Nullable Object> part) {
    String type = part == null ? "" : Nodes.text(part.get("type"));
    if (part != null && type.equals("output_text")) {
      Part.Text text = ResponsesItems.text(part);
      if (!text.text().isEmpty()) {
        parts.add(text);
        logprobs.addAll(ResponsesLogprobs.read(part.get("logprobs")));
      }
    } else if (part != null && type.equals("refusal")) {
      String refusal = Nodes.text(part.get("refusal"));
      if (!refusal.isEmpty()) {
        parts.add(new Part.Refusal(refusal));
      }
    }
  }
}
