// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.json.Nodes;
import io.headgate.translate.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a whole message (Anthropic API reference, the Message object). */
final class MessagesAnswerReader {

  private MessagesAnswerReader() {}

  static ChatAnswer read(Map<String, @Nullable Object> body) {
    if ("error".equals(body.get("type")) || !Nodes.empty(body.get("error"))) {
      throw new Unreadable(MessagesErrorReader.read(0, body, ""));
    }
    if (!(body.get("content") instanceof List<?>)) {
      throw Unreadable.because("the answer has no content");
    }
    List<Part> parts = new ArrayList<>();
    for (Object item : Nodes.list(body.get("content"))) {
      Map<String, @Nullable Object> block = Nodes.map(item);
      Part part = block == null ? null : part(block);
      if (part != null) {
        parts.add(part);
      }
    }
    boolean calls = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
    StopReason stop = StopWords.read(body.get("stop_reason"), calls);
    String why = Nodes.text(Nodes.map(body, "stop_details").get("explanation"));
    if (stop == StopReason.REFUSAL && !why.isEmpty()) {
      parts.add(new Part.Refusal(why));
    }
    ChatAnswer.Choice choice =
        new ChatAnswer.Choice(parts, stop, Nodes.textOrNull(body.get("stop_sequence")), List.of());
    return new ChatAnswer(
        Nodes.textOrNull(body.get("id")),
        Nodes.textOrNull(body.get("model")),
        List.of(choice),
        MessagesUsage.read(Nodes.map(body, "usage")));
  }

  private static @Nullable Part part(Map<String, @Nullable Object> block) {
    String type = Nodes.text(block.get("type"));
    return switch (type) {
      case "text" -> {
        String text = Nodes.text(block.get("text"));
        yield text.isEmpty()
            ? null
            : new Part.Text(text, null, Citations.read(block.get("citations"), text.length()));
      }
      case "thinking" -> {
        String text = Nodes.text(block.get("thinking"));
        String signature = Nodes.text(block.get("signature"));
        yield text.isEmpty() && signature.isEmpty()
            ? null
            : new Part.Thinking(
                text, signature.isEmpty() ? null : signature, null, Maker.ANTHROPIC);
      }
      case "redacted_thinking" ->
          new Part.Thinking("", null, Nodes.text(block.get("data")), Maker.ANTHROPIC);
      case "tool_use" ->
          new Part.ToolCall(
              Nodes.text(block.get("id")),
              Nodes.text(block.get("name")),
              Arguments.text(block.get("input")));
      default -> new Part.Foreign(type);
    };
  }
}
