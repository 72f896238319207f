// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.dialect.StreamEvent;
import io.headgate.json.Nodes;
import io.headgate.translate.AnswerWriter;
import io.headgate.translate.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes a whole message (Anthropic API reference, the Message object). */
final class MessagesAnswerWriter implements AnswerWriter {

  private final MessageHead head;
  private final MessagesEventWriter events;

  MessagesAnswerWriter(Asked asked) {
    head = new MessageHead(asked);
    events = new MessagesEventWriter(head);
  }

  @Override
  public void event(ChatEvent event, Consumer<StreamEvent> out) {
    events.event(event, out);
  }

  /** The first of several answers: this format has no more. */
  @Override
  public Map<String, @Nullable Object> whole(ChatAnswer answer) {
    ChatAnswer.Choice choice =
        answer.choices().isEmpty()
            ? new ChatAnswer.Choice(List.of(), StopReason.END, null, List.of())
            : answer.choices().get(0);
    List<@Nullable Object> content = new ArrayList<>();
    StringBuilder refusal = new StringBuilder();
    int calls = 0;
    for (Part part : choice.parts()) {
      if (part instanceof Part.Refusal refused) {
        refusal.append(refused.text());
      }
      Map<String, @Nullable Object> block = block(part, calls);
      if (block != null) {
        content.add(block);
        calls += part instanceof Part.ToolCall ? 1 : 0;
      }
    }
    StopReason stop = StopWords.seen(choice.stop(), calls > 0, refusal.length() > 0);
    Map<String, @Nullable Object> message = head.write(answer.id(), answer.model(), content);
    message.putAll(StopWords.write(stop, choice.stopSequence(), head.stops(), refusal.toString()));
    message.put("usage", MessagesUsage.write(answer.usage()));
    return message;
  }

  /** Null if there is nothing to show. */
  private @Nullable Map<String, @Nullable Object> block(Part part, int calls) {
    if (part instanceof Part.Text text) {
      return text(text.text());
    }
    if (part instanceof Part.Refusal refusal) {
      return text(refusal.text());
    }
    if (part instanceof Part.Thinking thinking) {
      return head.shows(thinking.maker()) ? thinking(thinking) : null;
    }
    if (part instanceof Part.ToolCall call) {
      Map<String, @Nullable Object> input = Arguments.object(call.arguments());
      return input == null
          ? null
          : Nodes.object(
              "type",
              "tool_use",
              "id",
              head.callId(call.id(), calls),
              "name",
              call.name(),
              "input",
              input);
    }
    return null;
  }

  /** Blank text is refused when the app sends it back. */
  private static @Nullable Map<String, @Nullable Object> text(String text) {
    return text.isBlank() ? null : Nodes.object("type", "text", "text", text);
  }

  private static @Nullable Map<String, @Nullable Object> thinking(Part.Thinking thinking) {
    boolean own = thinking.maker() == Maker.ANTHROPIC;
    if (thinking.redacted() != null) {
      return own ? Nodes.object("type", "redacted_thinking", "data", thinking.redacted()) : null;
    }
    // What others sign is no signature here.
    String signature = own && thinking.signature() != null ? thinking.signature() : "";
    return thinking.text().isEmpty() && signature.isEmpty()
        ? null
        : Nodes.object("type", "thinking", "thinking", thinking.text(), "signature", signature);
  }
}
