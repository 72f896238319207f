// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Answers with all that a format has a place for, whole or in pieces. */
final class RandomAnswers {

  private final RoundTripForm form;
  private final RandomWords words;

  RandomAnswers(RoundTripForm form, Random random) {
    this.form = form;
    this.words = new RandomWords(random);
  }

  ChatAnswer whole() {
    List<ChatAnswer.Choice> choices = new ArrayList<>();
    for (int i = form.has(RoundTripLack.CHOICES) ? words.between(1, 3) : 1; i > 0; i--) {
      choices.add(choice());
    }
    boolean named = form.has(RoundTripLack.ANSWER_NAMES);
    return new ChatAnswer(named ? id() : null, named ? form.model : null, choices, usage());
  }

  private String id() {
    return switch (form) {
      case CHAT -> words.word("chatcmpl-");
      case RESPONSES -> words.word("resp_");
      case MESSAGES -> words.word("msg_");
      case GEMINI, CONVERSE -> words.word("r");
    };
  }

  private String text() {
    return words.text(form.has(RoundTripLack.BLANK_TEXTS));
  }

  private ChatAnswer.Choice choice() {
    List<Part> parts = new ArrayList<>();
    if (words.flip()) {
      parts.add(thought());
    }
    boolean one = form.lacks(RoundTripLack.ANSWER_TEXTS);
    for (int i = words.between(1, one ? 1 : 3); i > 0; i--) {
      parts.add(said());
    }
    boolean declined = form.has(RoundTripLack.REFUSALS) && words.once(4);
    if (declined) {
      parts.add(new Part.Refusal(text()));
    }
    if (form.has(RoundTripLack.ANSWER_IMAGES) && words.once(4)) {
      Media media = new Media(Media.Kind.BASE64, words.base64(), "image/png");
      parts.add(new Part.Image(media, null, null));
    }
    int calls = words.between(0, 3);
    for (int i = 0; i < calls; i++) {
      String arguments = form.has(RoundTripLack.SPELLING) ? words.spelt() : words.object();
      boolean signs = form == RoundTripForm.CHAT || form == RoundTripForm.GEMINI;
      String signature = signs ? words.maybe(words.word("s")) : null;
      parts.add(
          new Part.ToolCall(words.word("call_" + i), "tool_" + i, arguments, signature, null));
    }
    StopReason stop = calls > 0 ? StopReason.TOOLS : StopReason.END;
    if (calls == 0 && declined) {
      stop = StopReason.REFUSAL;
    } else if (words.once(3)) {
      stop = words.any(cuts());
    }
    String sequence = stop == StopReason.STOP_SEQUENCE ? "END" : null;
    boolean likely = form.has(RoundTripLack.LOGPROBS) && words.flip();
    return new ChatAnswer.Choice(parts, stop, sequence, likely ? logprobs(2) : List.of());
  }

  private List<StopReason> cuts() {
    return switch (form) {
      case CHAT -> List.of(StopReason.LENGTH);
      case RESPONSES, GEMINI -> List.of(StopReason.LENGTH, StopReason.FILTER);
      case MESSAGES ->
          List.of(StopReason.LENGTH, StopReason.STOP_SEQUENCE, StopReason.CONTEXT_FULL);
      case CONVERSE ->
          List.of(
              StopReason.LENGTH,
              StopReason.FILTER,
              StopReason.STOP_SEQUENCE,
              StopReason.CONTEXT_FULL);
    };
  }

  private Part.Text said() {
    String text = text();
    List<Citation> citations = new ArrayList<>();
    if (form.has(RoundTripLack.CITATIONS) && words.once(3)) {
      int end = words.between(1, text.length());
      String title = words.text(true);
      citations.add(new Citation("https://host.test/?a=b", title, null, end - 1, end));
    }
    return new Part.Text(text, null, citations);
  }

  private Part.Thinking thought() {
    String sign = words.word("s");
    return switch (form) {
      case RESPONSES -> new Part.Thinking(text(), null, words.maybe(sign), Maker.OPENAI);
      case GEMINI -> new Part.Thinking(text(), null, null, Maker.GOOGLE);
      case CHAT, MESSAGES, CONVERSE ->
          switch (words.between(0, form == RoundTripForm.CHAT ? 2 : 1)) {
            case 0 -> new Part.Thinking(text(), sign, null, Maker.ANTHROPIC);
            case 1 -> new Part.Thinking("", null, sign, Maker.ANTHROPIC);
            default -> new Part.Thinking(text(), null, null, Maker.OTHER);
          };
    };
  }

  private List<ChatAnswer.TokenLogprob> logprobs(int depth) {
    List<ChatAnswer.TokenLogprob> tokens = new ArrayList<>();
    for (int i = words.between(1, 3); i > 0; i--) {
      tokens.add(
          new ChatAnswer.TokenLogprob(
              words.any("a", " b", "ü", "\n", "😀"),
              words.any(-0.5, -1e-7, -9999.0, -0.1234567890123),
              depth > 1 ? logprobs(1) : List.of()));
    }
    return tokens;
  }

  private Usage usage() {
    long read = words.between(1, 500);
    long written = words.between(1, 500);
    long hour = words.between(1, 500);
    long input = words.between(2_000, 100_000);
    long thought = words.between(1, 500);
    Usage.Builder usage = Usage.builder().input(input).output(words.between(1_000, 9_000));
    usage.cacheRead(read);
    switch (form) {
      case CHAT -> usage.cacheWrite(written).reasoning(thought).audioInput(hour).audioOutput(hour);
      case RESPONSES -> usage.cacheWrite(written).reasoning(thought);
      case MESSAGES -> usage.cacheWrite(written).cacheWriteHour(hour).reasoning(thought);
      case GEMINI -> usage.reasoning(thought).audioInput(hour).imageOutput(written);
      case CONVERSE -> usage.cacheWrite(written).cacheWriteHour(hour);
    }
    return usage.build();
  }

  /** The events of an answer, its texts and arguments cut anywhere. */
  List<ChatEvent> stream(ChatAnswer answer) {
    List<ChatEvent> events = new ArrayList<>();
    AnswerEvents.of(answer, event -> piece(event, events));
    return events;
  }

  private void piece(ChatEvent event, List<ChatEvent> out) {
    // Where it would be refused, white space waits for a word.
    boolean blank = form.has(RoundTripLack.BLANK_TEXTS);
    if (event instanceof ChatEvent.Text said) {
      for (String piece : words.cut(said.text(), blank)) {
        out.add(new ChatEvent.Text(said.choice(), piece));
      }
    } else if (event instanceof ChatEvent.Thinking thought) {
      for (String piece : words.cut(thought.text(), blank)) {
        out.add(new ChatEvent.Thinking(thought.choice(), piece, thought.maker()));
      }
    } else if (event instanceof ChatEvent.Refusal refusal) {
      for (String piece : words.cut(refusal.text(), blank)) {
        out.add(new ChatEvent.Refusal(refusal.choice(), piece));
      }
    } else if (event instanceof ChatEvent.CallArguments more) {
      String whole = more.fragment();
      boolean cut = form.has(RoundTripLack.CUT_ARGUMENTS);
      for (String piece : cut ? words.cut(whole, true) : List.of(whole)) {
        out.add(new ChatEvent.CallArguments(more.choice(), more.call(), piece));
      }
    } else {
      out.add(event);
    }
  }
}
