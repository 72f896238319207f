// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Part;
import io.headgate.dialect.StreamEvent;
import io.headgate.translate.AnswerWriter;
import io.headgate.translate.Asked;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes answers to apps. A whole one is what a stream of it would have ended with. */
final class ResponsesAnswerWriter implements AnswerWriter {

  private final Asked asked;
  private final ResponsesEventWriter stream;

  ResponsesAnswerWriter(Asked asked) {
    this.asked = asked;
    this.stream = new ResponsesEventWriter(asked);
  }

  @Override
  public Map<String, @Nullable Object> whole(ChatAnswer answer) {
    ResponsesEventWriter whole = new ResponsesEventWriter(asked);
    Consumer<ChatEvent> steps = event -> whole.event(event, null);
    steps.accept(new ChatEvent.Begin(answer.id(), answer.model()));
    if (!answer.choices().isEmpty()) {
      choice(answer.choices().get(0), steps);
    }
    steps.accept(new ChatEvent.UsageTold(answer.usage()));
    return whole.whole();
  }

  private static void choice(ChatAnswer.Choice choice, Consumer<ChatEvent> steps) {
    boolean first = true;
    boolean likely = !choice.logprobs().isEmpty();
    int calls = 0;
    for (Part part : choice.parts()) {
      if (!first) {
        steps.accept(new ChatEvent.BlockEnd(0));
      }
      first = false;
      if (part instanceof Part.Text text && !text.text().isEmpty()) {
        steps.accept(new ChatEvent.Text(0, text.text()));
        text.citations().forEach(citation -> steps.accept(new ChatEvent.Cited(0, citation)));
        if (likely) {
          likely = false;
          steps.accept(new ChatEvent.Logprobs(0, choice.logprobs()));
        }
      } else if (part instanceof Part.Refusal refusal && !refusal.text().isEmpty()) {
        steps.accept(new ChatEvent.Refusal(0, refusal.text()));
      } else if (part instanceof Part.Thinking thinking) {
        thinking(thinking, steps);
      } else if (part instanceof Part.ToolCall call) {
        steps.accept(new ChatEvent.CallBegin(0, calls, call.id(), call.name(), null));
        steps.accept(new ChatEvent.CallArguments(0, calls, call.arguments()));
        calls++;
      }
    }
    steps.accept(new ChatEvent.Stop(0, choice.stop(), choice.stopSequence()));
  }

  private static void thinking(Part.Thinking thinking, Consumer<ChatEvent> steps) {
    if (!thinking.text().isEmpty()) {
      steps.accept(new ChatEvent.Thinking(0, thinking.text(), thinking.maker()));
    }
    String redacted = thinking.redacted();
    if (redacted != null) {
      steps.accept(new ChatEvent.Redacted(0, redacted, thinking.maker()));
    }
  }

  @Override
  public void event(ChatEvent event, Consumer<StreamEvent> out) {
    stream.event(event, out);
  }
}
