// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.ChatAnswer.TokenLogprob;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the deltas of one choice. */
final class ChoiceDeltas {

  private final int index;
  private final CallDeltas calls;
  private boolean refused;
  private boolean stopped;

  ChoiceDeltas(int index) {
    this.index = index;
    this.calls = new CallDeltas(index);
  }

  boolean stopped() {
    return stopped;
  }

  void delta(Map<String, @Nullable Object> delta, Consumer<ChatEvent> out) {
    Thoughts.of(delta).forEach(thought -> thought(thought, out));
    // A part that no event stands for is the app's loss, but nothing to refuse.
    for (Part part :
        new ChatPartReader(new ArrayList<>()).content("content", delta.get("content"))) {
      if (part instanceof Part.Text text && !text.text().isEmpty()) {
        out.accept(new ChatEvent.Text(index, text.text()));
      } else if (part instanceof Part.Thinking thought) {
        thought(thought, out);
      } else if (part instanceof Part.Image) {
        out.accept(new ChatEvent.Shown(index, part));
      }
    }
    ChatAnswerReader.images(delta).forEach(it -> out.accept(new ChatEvent.Shown(index, it)));
    String refusal = Nodes.text(delta.get("refusal"));
    if (!refusal.isEmpty()) {
      refused = true;
      out.accept(new ChatEvent.Refusal(index, refusal));
    }
    Annotations.read(delta).forEach(page -> out.accept(new ChatEvent.Cited(index, page)));
    calls.delta(delta, out);
  }

  private void thought(Part.Thinking thought, Consumer<ChatEvent> out) {
    Maker maker = thought.maker();
    if (!thought.text().isEmpty()) {
      out.accept(new ChatEvent.Thinking(index, thought.text(), maker));
    }
    String signature = thought.signature();
    if (signature != null) {
      out.accept(new ChatEvent.Signature(index, signature, maker));
    }
    String redacted = thought.redacted();
    if (redacted != null) {
      out.accept(new ChatEvent.Redacted(index, redacted, maker));
    }
  }

  void logprobs(Map<String, @Nullable Object> choice, Consumer<ChatEvent> out) {
    List<TokenLogprob> tokens = Logprobs.read(choice.get("logprobs"));
    if (!tokens.isEmpty()) {
      out.accept(new ChatEvent.Logprobs(index, tokens));
    }
  }

  /** Whether this chunk says why the choice ended; null, which all the others have, does not. */
  boolean ending(Map<String, @Nullable Object> choice) {
    return !Nodes.text(choice.get("finish_reason")).isEmpty();
  }

  boolean failing(Map<String, @Nullable Object> choice) {
    return Finish.read(choice.get("finish_reason")) == StopReason.ERROR;
  }

  void stop(Map<String, @Nullable Object> choice, Consumer<ChatEvent> out) {
    if (stopped) {
      return;
    }
    stopped = true;
    StopReason told = Finish.read(choice.get("finish_reason"));
    StopReason stop = Finish.seen(told, calls.any(), refused);
    String sequence = stop == StopReason.END ? Finish.sequence(choice) : null;
    out.accept(
        new ChatEvent.Stop(index, sequence == null ? stop : StopReason.STOP_SEQUENCE, sequence));
  }
}
