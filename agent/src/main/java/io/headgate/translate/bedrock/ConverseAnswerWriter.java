// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

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

/** Writes one answer of Converse, whole or as a stream; of several choices the first. */
final class ConverseAnswerWriter implements AnswerWriter {

  private final Asked asked;
  private final boolean cited;
  private final ConverseEventWriter events;
  private int made;

  ConverseAnswerWriter(Asked asked) {
    this.asked = asked;
    this.cited = ConverseCitations.asked(asked.body());
    this.events = new ConverseEventWriter(asked, cited);
  }

  @Override
  public Map<String, @Nullable Object> whole(ChatAnswer answer) {
    ChatAnswer.Choice choice =
        answer.choices().isEmpty()
            ? new ChatAnswer.Choice(List.of(), StopReason.UNKNOWN, null, List.of())
            : answer.choices().get(0);
    List<@Nullable Object> content = new ArrayList<>();
    boolean calls = false;
    for (Part part : choice.parts()) {
      Map<String, @Nullable Object> block = block(part);
      if (block != null) {
        content.add(block);
        calls |= block.containsKey("toolUse");
      }
    }
    Map<String, @Nullable Object> message = Nodes.object("role", "assistant", "content", content);
    Map<String, @Nullable Object> body =
        Nodes.object(
            "output",
            Nodes.object("message", message),
            "stopReason",
            ConverseStops.word(choice.stop(), calls),
            "usage",
            ConverseUsage.write(answer.usage()),
            "metrics",
            Nodes.object("latencyMs", 0));
    ConverseStops.tell(body, asked.body(), choice.stopSequence());
    return body;
  }

  private @Nullable Map<String, @Nullable Object> block(Part part) {
    if (part instanceof Part.Text text) {
      return cited && !text.citations().isEmpty()
          ? ConverseCitations.block(text)
          : text(text.text());
    } else if (part instanceof Part.Refusal refusal) {
      return text(refusal.text());
    } else if (part instanceof Part.ToolCall call) {
      return call(call);
    } else if (part instanceof Part.Thinking thinking) {
      return ConversePartWriter.reasoning(own(thinking));
    } else if (part instanceof Part.Image image) {
      return new ConverseMedia().imageOrNull(image.media());
    }
    return null;
  }

  private static @Nullable Map<String, @Nullable Object> text(String text) {
    return text.isEmpty() ? null : Nodes.object("text", text);
  }

  /** A call whose arguments broke off cannot be said here, nor could it be run. */
  private @Nullable Map<String, @Nullable Object> call(Part.ToolCall call) {
    Map<String, @Nullable Object> input = ConversePartWriter.input(call.arguments());
    return input == null
        ? null
        : Nodes.object(
            "toolUse",
            Nodes.object("toolUseId", id(call.id()), "name", call.name(), "input", input));
  }

  private String id(String id) {
    return ConverseEventWriter.id(asked, id, made++);
  }

  /** What others have signed would be taken for Claude's if the app sent it back. */
  private static Part.Thinking own(Part.Thinking thinking) {
    return thinking.maker() == Maker.ANTHROPIC
        ? thinking
        : new Part.Thinking(thinking.text(), null, null, thinking.maker());
  }

  @Override
  public void event(ChatEvent event, Consumer<StreamEvent> out) {
    events.event(event, out);
  }
}
