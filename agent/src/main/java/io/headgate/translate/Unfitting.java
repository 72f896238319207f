// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.translate.Traits.IdRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Undoes in an answer what {@link Fitting} did to the request: tools have the app's names, the
 * arguments of the tool that stood for a schema are the text, and ids of calls are such that the
 * app's format takes them. Immutable.
 */
public final class Unfitting {

  private final Fitted fitted;
  private final IdRule ids;

  /**
   * Of the answer to a request.
   *
   * @param ids what ids of calls look like in the app's format
   */
  public Unfitting(Fitted fitted, IdRule ids) {
    this.fitted = fitted;
    this.ids = ids;
  }

  /** The answer as the app expects it. */
  public ChatAnswer answer(ChatAnswer answer) {
    List<ChatAnswer.Choice> choices = new ArrayList<>(answer.choices().size());
    for (ChatAnswer.Choice choice : answer.choices()) {
      choices.add(choice(choice));
    }
    return new ChatAnswer(answer.id(), answer.model(), choices, answer.usage());
  }

  /** What passes the events of one streamed answer on as the app expects them, to be told each. */
  public Consumer<ChatEvent> events(Consumer<ChatEvent> out) {
    Consumer<ChatEvent> calls = event -> out.accept(event(event));
    return fitted.schemaTool() ? new SchemaToolEvents(calls) : calls;
  }

  private ChatAnswer.Choice choice(ChatAnswer.Choice choice) {
    Part schema = choice.parts().stream().filter(this::isSchema).findFirst().orElse(null);
    boolean calls = false;
    List<Part> parts = new ArrayList<>(choice.parts().size());
    for (Part part : choice.parts()) {
      if (isSchema(part)) {
        if (part == schema && part instanceof Part.ToolCall call) {
          parts.add(new Part.Text(arguments(call.arguments())));
        }
      } else if (part instanceof Part.ToolCall call) {
        calls = true;
        parts.add(
            new Part.ToolCall(
                id(call.id()),
                fitted.names().app(call.name()),
                call.arguments(),
                call.signature(),
                call.cache()));
      } else if (schema == null || !(part instanceof Part.Text)) {
        // What is said beside the JSON would spoil it.
        parts.add(part);
      }
    }
    StopReason stop = choice.stop();
    boolean ends = schema != null && !calls && stop == StopReason.TOOLS;
    return new ChatAnswer.Choice(
        parts, ends ? StopReason.END : stop, choice.stopSequence(), choice.logprobs());
  }

  private boolean isSchema(Part part) {
    return fitted.schemaTool()
        && part instanceof Part.ToolCall call
        && call.name().equals(Fitted.SCHEMA_TOOL);
  }

  static String arguments(String arguments) {
    return arguments.isBlank() ? "{}" : arguments;
  }

  /** Of none a writer makes one that is the call's own: all made of nothing would be the same. */
  private String id(String id) {
    return id.isEmpty() ? id : CallIds.fit(id, ids);
  }

  private ChatEvent event(ChatEvent event) {
    if (event instanceof ChatEvent.CallBegin call) {
      return new ChatEvent.CallBegin(
          call.choice(),
          call.call(),
          id(call.id()),
          fitted.names().app(call.name()),
          call.signature());
    }
    return event;
  }
}
