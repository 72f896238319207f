// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.AnswerText;
import io.headgate.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Listens to an answer for what conditions ask of it: of the first choice, and of no more. */
final class SeenAnswer implements Consumer<ChatEvent> {

  /** Of the text no more is kept, in characters. */
  private static final int TEXT_LIMIT = 1 << 20;

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder refusal = new StringBuilder();

  /** Both, as they came. */
  private final StringBuilder words = new StringBuilder();

  private final List<Part> calls = new ArrayList<>();
  private StopReason stop = StopReason.END;
  private @Nullable String sequence;

  @Override
  public void accept(ChatEvent event) {
    if (event instanceof ChatEvent.Text said && said.choice() == 0) {
      add(text, said.text());
      add(words, said.text());
    } else if (event instanceof ChatEvent.Refusal said && said.choice() == 0) {
      add(refusal, said.text());
      add(words, said.text());
    } else if (event instanceof ChatEvent.CallBegin call && call.choice() == 0) {
      calls.add(new Part.ToolCall(call.id(), call.name(), "{}", null, null));
    } else if (event instanceof ChatEvent.Stop end && end.choice() == 0) {
      stop = end.reason();
      sequence = end.sequence();
    } else if (event instanceof ChatEvent.Failed failed) {
      throw new Unreadable(failed.failure());
    }
  }

  private static void add(StringBuilder to, String text) {
    to.append(text, 0, Math.min(text.length(), TEXT_LIMIT - to.length()));
  }

  /**
   * What was seen.
   *
   * @param writer what writes answers in the app's format, which has a word of its own for the end
   */
  AnswerText.Seen as(WireFormat app, AnswerWriter writer) {
    List<Part> parts = new ArrayList<>(calls);
    if (refusal.length() > 0) {
      parts.add(0, new Part.Refusal(refusal.toString()));
    }
    parts.add(0, new Part.Text(text.toString()));
    ChatAnswer.Choice choice = new ChatAnswer.Choice(parts, stop, sequence, List.of());
    ChatAnswer answer = new ChatAnswer(null, null, List.of(choice), Usage.builder().build());
    Map<String, @Nullable Object> whole = writer.whole(answer);
    Object finish = JsonTree.at(whole, place(app));
    Object why = JsonTree.at(whole, "incomplete_details.reason");
    finish = why == null ? finish : why;
    String shown = (refusesInText(app) ? words : text).toString();
    return new AnswerText.Seen(shown, finish instanceof String word ? word : null);
  }

  /** Whether the format has no place of its own for what a model declines with. */
  private static boolean refusesInText(WireFormat app) {
    return switch (app) {
      case ANTHROPIC, GEMINI, BEDROCK -> true;
      case OPENAI, OPENAI_RESPONSES, COHERE, OLLAMA, OTHER -> false;
    };
  }

  private static String place(WireFormat app) {
    return switch (app) {
      case OPENAI -> "choices.0.finish_reason";
      case OPENAI_RESPONSES -> "status";
      case ANTHROPIC -> "stop_reason";
      case GEMINI -> "candidates.0.finishReason";
      case BEDROCK -> "stopReason";
      case COHERE, OLLAMA, OTHER -> "";
    };
  }
}
