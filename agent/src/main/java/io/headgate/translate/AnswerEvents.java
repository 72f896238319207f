// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Citation;
import io.headgate.chat.Part;
import java.util.List;
import java.util.function.Consumer;

/** Tells a whole answer as the events that it could have come in. */
final class AnswerEvents {

  private AnswerEvents() {}

  static void of(ChatAnswer answer, Consumer<ChatEvent> out) {
    out.accept(new ChatEvent.Begin(answer.id(), answer.model()));
    List<ChatAnswer.Choice> choices = answer.choices();
    for (int i = 0; i < choices.size(); i++) {
      choice(i, choices.get(i), out);
    }
    // Last, as none of them is over before all that is said has been told.
    for (int i = 0; i < choices.size(); i++) {
      out.accept(new ChatEvent.Stop(i, choices.get(i).stop(), choices.get(i).stopSequence()));
    }
    if (!answer.usage().isEmpty()) {
      out.accept(new ChatEvent.UsageTold(answer.usage()));
    }
    out.accept(new ChatEvent.End());
  }

  private static void choice(int index, ChatAnswer.Choice choice, Consumer<ChatEvent> out) {
    int calls = 0;
    boolean likely = choice.logprobs().isEmpty();
    for (Part part : choice.parts()) {
      if (part instanceof Part.ToolCall call) {
        call(index, calls++, call, out);
      } else {
        part(index, part, out);
        if (!likely && part instanceof Part.Text) {
          likely = true; // While the text is open that they are of.
          out.accept(new ChatEvent.Logprobs(index, choice.logprobs()));
        }
      }
      out.accept(new ChatEvent.BlockEnd(index));
    }
    if (!likely) {
      out.accept(new ChatEvent.Logprobs(index, choice.logprobs()));
    }
  }

  private static void call(int choice, int number, Part.ToolCall call, Consumer<ChatEvent> out) {
    out.accept(new ChatEvent.CallBegin(choice, number, call.id(), call.name(), call.signature()));
    if (!call.arguments().isEmpty()) {
      out.accept(new ChatEvent.CallArguments(choice, number, call.arguments()));
    }
  }

  private static void part(int choice, Part part, Consumer<ChatEvent> out) {
    if (part instanceof Part.Text text) {
      if (!text.text().isEmpty()) {
        out.accept(new ChatEvent.Text(choice, text.text()));
      }
      for (Citation citation : text.citations()) {
        out.accept(new ChatEvent.Cited(choice, citation));
      }
    } else if (part instanceof Part.Refusal refusal) {
      if (!refusal.text().isEmpty()) {
        out.accept(new ChatEvent.Refusal(choice, refusal.text()));
      }
    } else if (part instanceof Part.Thinking thinking) {
      thinking(choice, thinking, out);
    } else if (part instanceof Part.Image
        || part instanceof Part.Audio
        || part instanceof Part.Video) {
      out.accept(new ChatEvent.Shown(choice, part));
    }
  }

  private static void thinking(int choice, Part.Thinking thinking, Consumer<ChatEvent> out) {
    if (!thinking.text().isEmpty()) {
      out.accept(new ChatEvent.Thinking(choice, thinking.text(), thinking.maker()));
    }
    if (thinking.signature() != null) {
      out.accept(new ChatEvent.Signature(choice, thinking.signature(), thinking.maker()));
    }
    if (thinking.redacted() != null) {
      out.accept(new ChatEvent.Redacted(choice, thinking.redacted(), thinking.maker()));
    }
  }
}
