// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.gateway.Headers;
import io.headgate.json.Nodes;
import io.headgate.translate.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a whole answer of Converse, which has neither an id nor the name of its model. */
final class ConverseAnswerReader {

  private ConverseAnswerReader() {}

  /**
   * The answer.
   *
   * @param maker who made the model
   */
  static ChatAnswer read(Map<String, @Nullable Object> body, Maker maker) {
    Map<String, @Nullable Object> message = Nodes.map(Nodes.map(body, "output").get("message"));
    if (message == null) {
      if (body.containsKey("message") || body.containsKey("__type")) {
        throw new Unreadable(ConverseErrorReader.failure(0, Headers.EMPTY, body, ""));
      }
      throw Unreadable.because("an answer of Converse without a message");
    }
    List<Part> parts = new ArrayList<>();
    boolean calls = false;
    for (Object item : Nodes.list(message.get("content"))) {
      Map<String, @Nullable Object> block = Nodes.map(item);
      Part part = block == null ? null : part(block, maker);
      if (part != null) {
        parts.add(part);
        calls |= part instanceof Part.ToolCall;
      }
    }
    ChatAnswer.Choice choice =
        new ChatAnswer.Choice(
            parts,
            ConverseStops.reason(body.get("stopReason"), calls),
            ConverseStops.sequence(body),
            List.of());
    return new ChatAnswer(
        null, null, List.of(choice), ConverseUsage.read(Nodes.map(body, "usage")));
  }

  private static @Nullable Part part(Map<String, @Nullable Object> block, Maker maker) {
    if (block.get("text") instanceof CharSequence text) {
      return text.isEmpty() ? null : new Part.Text(text.toString());
    }
    Map<String, @Nullable Object> reasoning = Nodes.map(block.get("reasoningContent"));
    if (reasoning != null) {
      return ConversePartReader.reasoning(reasoning, maker);
    }
    Map<String, @Nullable Object> cited = Nodes.map(block.get("citationsContent"));
    if (cited != null) {
      return ConverseCitations.text(cited);
    }
    Map<String, @Nullable Object> image = Nodes.map(block.get("image"));
    return image == null ? call(block) : ConversePartReader.image(image);
  }

  /** What a provider's own tool was asked is of no use to anybody else. */
  private static @Nullable Part call(Map<String, @Nullable Object> block) {
    Map<String, @Nullable Object> call = Nodes.map(block.get("toolUse"));
    return call == null ? null : ConversePartReader.toolUse(call);
  }
}
