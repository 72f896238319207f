// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.Reasoning;
import io.headgate.chat.WireFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out of answers what another maker's model thought, where the app's format has thoughts
 * sent back with the next turn: that may go to the provider itself, which refuses thoughts that it
 * has not signed and stored. Other formats show thoughts to people only.
 */
final class ForeignThoughts {

  private final @Nullable Maker own;

  private ForeignThoughts(@Nullable Maker own) {
    this.own = own;
  }

  /** For apps that speak this format. */
  static ForeignThoughts of(WireFormat app) {
    return new ForeignThoughts(
        switch (app) {
          case ANTHROPIC, BEDROCK -> Maker.ANTHROPIC;
          case OPENAI_RESPONSES -> Maker.OPENAI;
          default -> null;
        });
  }

  /**
   * What a model is to be asked for: not to show thoughts that would be left out.
   *
   * @param maker who made the model
   */
  Reasoning wanted(Reasoning said, Maker maker) {
    return own == null || own == maker || !Boolean.TRUE.equals(said.shown())
        ? said
        : new Reasoning(said.mode(), said.effort(), said.budget(), null);
  }

  /** What is left of an answer. */
  ChatAnswer answer(ChatAnswer answer) {
    if (own == null) {
      return answer;
    }
    List<ChatAnswer.Choice> choices = new ArrayList<>(answer.choices().size());
    for (ChatAnswer.Choice choice : answer.choices()) {
      List<Part> parts =
          choice.parts().stream()
              .filter(part -> !(part instanceof Part.Thinking thought) || thought.maker() == own)
              .toList();
      choices.add(
          new ChatAnswer.Choice(parts, choice.stop(), choice.stopSequence(), choice.logprobs()));
    }
    return new ChatAnswer(answer.id(), answer.model(), choices, answer.usage());
  }

  /** What passes on the events that are left. */
  Consumer<ChatEvent> events(Consumer<ChatEvent> out) {
    return own == null
        ? out
        : event -> {
          Maker maker = maker(event);
          if (maker == null || maker == own) {
            out.accept(event);
          } else {
            out.accept(new ChatEvent.Ping()); // It is alive, and the app may be waiting.
          }
        };
  }

  private static @Nullable Maker maker(ChatEvent event) {
    if (event instanceof ChatEvent.Thinking thought) {
      return thought.maker();
    }
    if (event instanceof ChatEvent.Signature signature) {
      return signature.maker();
    }
    return event instanceof ChatEvent.Redacted redacted ? redacted.maker() : null;
  }
}
