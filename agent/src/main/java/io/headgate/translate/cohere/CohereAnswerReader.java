// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.cohere;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.json.Nodes;
import io.headgate.translate.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a whole answer. */
final class CohereAnswerReader {

  private CohereAnswerReader() {}

  static ChatAnswer read(Map<String, @Nullable Object> body) {
    Map<String, @Nullable Object> message = Nodes.map(body.get("message"));
    if (message == null) {
      if (body.get("message") instanceof CharSequence) {
        throw new Unreadable(CohereErrors.failure(0, body, ""));
      }
      throw Unreadable.because("an answer of Cohere without a message");
    }
    List<Part> parts = new ArrayList<>();
    String plan = Nodes.text(message.get("tool_plan"));
    if (!plan.isEmpty()) {
      parts.add(new Part.Thinking(plan, null, null, Maker.OTHER));
    }
    content(message, parts);
    boolean calls = false;
    for (Object item : Nodes.list(message.get("tool_calls"))) {
      Map<String, @Nullable Object> call = Nodes.map(item);
      if (call != null) {
        calls = true;
        parts.add(call(call));
      }
    }
    StopReason stop = CohereWords.stop(body.get("finish_reason"), calls);
    if (stop == StopReason.ERROR) { // Whatever it said before.
      throw new Unreadable(CohereWords.failed(body.get("finish_reason"), body));
    }
    ChatAnswer.Choice choice =
        new ChatAnswer.Choice(parts, stop, null, CohereWords.logprobs(body.get("logprobs")));
    return new ChatAnswer(
        Nodes.textOrNull(body.get("id")),
        null,
        List.of(choice),
        CohereWords.usage(Nodes.map(body, "usage")));
  }

  private static void content(Map<String, @Nullable Object> message, List<Part> parts) {
    Object content = message.get("content");
    List<@Nullable Object> items =
        content instanceof CharSequence
            ? Nodes.array(Nodes.object("type", "text", "text", content))
            : Nodes.list(content);
    for (int i = 0; i < items.size(); i++) {
      Map<String, @Nullable Object> item = Nodes.map(items.get(i));
      if (item == null) {
        continue;
      }
      String text = Nodes.text(item.get("text"));
      String thinking = Nodes.text(item.get("thinking"));
      if (!thinking.isEmpty()) {
        parts.add(new Part.Thinking(thinking, null, null, Maker.OTHER));
      }
      if (!text.isEmpty()) {
        parts.add(new Part.Text(text, null, citations(message.get("citations"), i, items.size())));
      }
    }
  }

  /** Those of one of the contents; where it is not said of which, of the only one. */
  private static List<Citation> citations(@Nullable Object told, int index, int contents) {
    List<Citation> citations = new ArrayList<>();
    for (Object item : Nodes.list(told)) {
      Map<String, @Nullable Object> citation = Nodes.map(item);
      if (citation != null
          && index == Nodes.number(citation.get("content_index"), contents == 1 ? 0 : index)) {
        citations.addAll(CohereWords.citations(citation));
      }
    }
    return citations;
  }

  private static Part.ToolCall call(Map<String, @Nullable Object> call) {
    Map<String, @Nullable Object> function = Nodes.map(call, "function");
    String arguments = Nodes.text(function.get("arguments"));
    String stripped = arguments.strip();
    boolean none = stripped.isEmpty() || stripped.equals("null");
    return new Part.ToolCall(
        Nodes.text(call.get("id")), Nodes.text(function.get("name")), none ? "{}" : arguments);
  }
}
