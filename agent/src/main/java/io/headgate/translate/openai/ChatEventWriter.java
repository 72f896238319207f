// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.ChatEvent;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.dialect.StreamEvent;
import io.headgate.json.Nodes;
import io.headgate.translate.Asked;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream: for each choice a chunk with the role, its content and a chunk with why it
 * ended; then, only if asked for, one with the usage and no choices; then {@code [DONE]}. After
 * that, and after an error, nothing.
 */
final class ChatEventWriter {

  /** OpenAI gives no more. */
  private static final long MOST_CHOICES = 128;

  private final Asked asked;
  private final boolean legacy;
  private final boolean usageAsked;
  private final Map<Integer, ChoiceChunks> choices = new TreeMap<>();
  private String id = "";
  private String model = "";
  private boolean begun;
  private boolean over;
  private @Nullable Usage usage;

  ChatEventWriter(Asked asked, boolean legacy) {
    this.asked = asked;
    this.legacy = legacy;
    this.usageAsked = asked.request().streamUsage();
  }

  void event(ChatEvent event, Consumer<StreamEvent> out) {
    if (over) {
      return;
    }
    if (event instanceof ChatEvent.Begin begin) {
      begin(begin.id(), begin.model(), out);
    } else if (event instanceof ChatEvent.UsageTold told) {
      usage = told.usage();
    } else if (event instanceof ChatEvent.Failed failed) {
      over = true;
      out.accept(StreamEvent.of(ChatErrors.body(failed.failure())));
    } else if (event instanceof ChatEvent.End) {
      end(out);
    } else if (!(event instanceof ChatEvent.Ping)) {
      content(event, out);
    }
  }

  private void begin(
      @Nullable String providersId, @Nullable String providersModel, Consumer<StreamEvent> out) {
    if (!begun) {
      begun = true;
      id = ChatAnswerWriter.id(providersId, asked);
      model = asked.named(providersModel);
      // All at once: helpers of the SDKs take the answer for whole when all that they know of are.
      Long wanted = asked.request().sampling().choices();
      long all = wanted == null ? 1 : Math.max(1, Math.min(wanted, MOST_CHOICES));
      for (int i = 0; i < all; i++) {
        choice(i, out);
      }
    }
  }

  /** What a choice has written; its first chunk, which tells the role, goes out if it has none. */
  private ChoiceChunks choice(int index, Consumer<StreamEvent> out) {
    begin(null, null, out);
    ChoiceChunks choice = choices.get(index);
    if (choice == null) {
      choice = new ChoiceChunks(asked, index, legacy);
      choices.put(index, choice);
      delta(index, Nodes.object("role", "assistant", "content", ""), out);
    }
    return choice;
  }

  /** Nothing may follow once a choice has told why it ended. */
  private void content(ChatEvent event, Consumer<StreamEvent> out) {
    if (event instanceof ChatEvent.Text text) {
      ChoiceChunks choice = open(text.choice(), out);
      if (choice != null) {
        choice.grown(text.text().length());
        delta(text.choice(), Nodes.object("content", text.text()), out);
      }
    } else if (event instanceof ChatEvent.Thinking thinking) {
      ChoiceChunks choice = open(thinking.choice(), out);
      if (choice != null) {
        choice.thought();
        delta(thinking.choice(), Nodes.object("reasoning_content", thinking.text()), out);
      }
    } else if (event instanceof ChatEvent.Signature signed) {
      block(signed.choice(), signed.maker(), Thoughts.block("", signed.signature(), null), out);
    } else if (event instanceof ChatEvent.Redacted hidden) {
      block(hidden.choice(), hidden.maker(), Thoughts.block("", null, hidden.data()), out);
    } else if (event instanceof ChatEvent.Refusal refusal) {
      if (open(refusal.choice(), out) != null) {
        delta(refusal.choice(), Nodes.object("refusal", refusal.text()), out);
      }
    } else if (event instanceof ChatEvent.Shown shown) {
      shown(shown, out);
    } else if (event instanceof ChatEvent.CallBegin call) {
      ChoiceChunks choice = open(call.choice(), out);
      if (choice != null) {
        delta(call.choice(), choice.begun(call), out);
      }
    } else if (event instanceof ChatEvent.CallArguments more) {
      ChoiceChunks choice = open(more.choice(), out);
      if (choice != null) {
        delta(more.choice(), choice.arguments(more.call(), more.fragment()), out);
      }
    } else if (event instanceof ChatEvent.BlockEnd end) {
      ChoiceChunks choice = choices.get(end.choice());
      if (choice != null && !choice.stopped()) {
        choice.blockEnded();
      }
    } else if (event instanceof ChatEvent.Cited cited) {
      ChoiceChunks choice = open(cited.choice(), out);
      if (choice != null) {
        delta(cited.choice(), choice.cited(cited.citation()), out);
      }
    } else if (event instanceof ChatEvent.Logprobs tokens) {
      if (open(tokens.choice(), out) != null && !tokens.tokens().isEmpty()) {
        chunk(tokens.choice(), Nodes.object(), Logprobs.written(tokens.tokens()), null, out);
      }
    } else if (event instanceof ChatEvent.Stop stop) {
      stop(stop.choice(), stop.reason(), out);
    }
  }

  private @Nullable ChoiceChunks open(int index, Consumer<StreamEvent> out) {
    ChoiceChunks choice = choice(index, out);
    return choice.stopped() ? null : choice;
  }

  /** Only what an app could give back to its maker. */
  private void block(
      int index, Maker maker, Map<String, @Nullable Object> block, Consumer<StreamEvent> out) {
    if (maker == Maker.ANTHROPIC && open(index, out) != null) {
      delta(index, Nodes.object("thinking_blocks", Nodes.array(block)), out);
    }
  }

  private void shown(ChatEvent.Shown shown, Consumer<StreamEvent> out) {
    if (shown.part() instanceof Part.Image image) {
      List<@Nullable Object> images = ChatAnswerWriter.images(image);
      if (!images.isEmpty() && open(shown.choice(), out) != null) {
        delta(shown.choice(), Nodes.object("images", images), out);
      }
    }
  }

  private void stop(int index, StopReason reason, Consumer<StreamEvent> out) {
    ChoiceChunks choice = open(index, out);
    if (choice != null) {
      choice.unsaid(reason).forEach(delta -> delta(index, delta, out));
      choice.stop();
      String word = Finish.written(reason, choice.called(), legacy);
      chunk(index, Nodes.object(), null, word, out);
    }
  }

  private void end(Consumer<StreamEvent> out) {
    begin(null, null, out);
    for (Integer index : choices.keySet().toArray(new Integer[0])) {
      stop(index, StopReason.UNKNOWN, out);
    }
    Map<String, @Nullable Object> counts = usage == null ? null : ChatUsage.written(usage);
    if (usageAsked && counts != null) {
      Map<String, @Nullable Object> chunk = head(Nodes.array());
      chunk.put("usage", counts);
      out.accept(StreamEvent.of(chunk));
    }
    over = true;
    out.accept(StreamEvent.DONE);
  }

  private void delta(
      int index, @Nullable Map<String, @Nullable Object> delta, Consumer<StreamEvent> out) {
    if (delta != null) {
      chunk(index, delta, null, null, out);
    }
  }

  private void chunk(
      int index,
      Map<String, @Nullable Object> delta,
      @Nullable Map<String, @Nullable Object> logprobs,
      @Nullable String finish,
      Consumer<StreamEvent> out) {
    Map<String, @Nullable Object> choice =
        Nodes.object("index", index, "delta", delta, "logprobs", logprobs, "finish_reason", finish);
    Map<String, @Nullable Object> chunk = head(Nodes.array(choice));
    if (usageAsked) {
      chunk.put("usage", null);
    }
    out.accept(StreamEvent.of(chunk));
  }

  private Map<String, @Nullable Object> head(Object chunkChoices) {
    return Nodes.object(
        "id",
        id,
        "object",
        "chat.completion.chunk",
        "created",
        asked.createdSeconds(),
        "model",
        model,
        "choices",
        chunkChoices);
  }
}
