// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.ChatEvent;
import io.headgate.chat.Maker;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.dialect.StreamEvent;
import io.headgate.json.Nodes;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a streamed message (Anthropic API reference, streaming messages). Of several answers only
 * the first one is written.
 */
final class MessagesEventWriter {

  private final MessageHead head;
  private final OpenBlock open = new OpenBlock();
  private final CallBlocks calls;
  private final StringBuilder refusal = new StringBuilder();

  /** White space that no text follows yet: a block of nothing else is refused when sent back. */
  private final StringBuilder blank = new StringBuilder();

  private Usage usage = Usage.builder().build();
  private ChatEvent.@Nullable Stop stop;
  private @Nullable Usage told;
  private boolean begun;
  private boolean over;

  MessagesEventWriter(MessageHead head) {
    this.head = head;
    this.calls = new CallBlocks(head, open);
  }

  void event(ChatEvent event, Consumer<StreamEvent> out) {
    if (over) {
      return;
    }
    if (event instanceof ChatEvent.Begin begin) {
      begin(begin.id(), begin.model(), out);
    } else if (event instanceof ChatEvent.UsageTold used) {
      usage(used.usage(), out);
    } else if (event instanceof ChatEvent.Ping) {
      out.accept(StreamEvent.typed("ping"));
    } else if (event instanceof ChatEvent.Failed failed) {
      over = true;
      out.accept(MessagesErrorWriter.event(failed.failure()));
    } else if (event instanceof ChatEvent.End) {
      end(out);
    } else if (stop == null) {
      begin(null, null, out);
      content(event, out);
    }
  }

  private void content(ChatEvent event, Consumer<StreamEvent> out) {
    if (event instanceof ChatEvent.Text text) {
      text(text.choice(), text.text(), out);
    } else if (event instanceof ChatEvent.Refusal refused && refused.choice() == 0) {
      refusal.append(refused.text());
      text(0, refused.text(), out);
    } else if (event instanceof ChatEvent.Thinking thinking) {
      thinking(thinking, out);
    } else if (event instanceof ChatEvent.Signature signature) {
      signature(signature, out);
    } else if (event instanceof ChatEvent.Redacted redacted) {
      redacted(redacted, out);
    } else if (event instanceof ChatEvent.CallBegin call && call.choice() == 0) {
      blank.setLength(0);
      calls.begin(call, out);
    } else if (event instanceof ChatEvent.CallArguments piece && piece.choice() == 0) {
      calls.arguments(piece.call(), piece.fragment(), out);
    } else if (event instanceof ChatEvent.BlockEnd ended && ended.choice() == 0) {
      blockEnd(out);
    } else if (event instanceof ChatEvent.Stop stopped && stopped.choice() == 0) {
      stop(stopped, out);
    }
  }

  private void begin(@Nullable String id, @Nullable String model, Consumer<StreamEvent> out) {
    if (begun) {
      return;
    }
    begun = true;
    Map<String, @Nullable Object> message = head.write(id, model, Nodes.array());
    message.put("stop_reason", null);
    message.put("stop_sequence", null);
    message.put("usage", Nodes.with(MessagesUsage.write(usage), "output_tokens", 0));
    out.accept(StreamEvent.typed("message_start", "message", message));
  }

  private void text(int choice, String text, Consumer<StreamEvent> out) {
    if (choice != 0 || text.isEmpty()) {
      return;
    }
    String whole = text;
    if (!open.is(OpenBlock.Kind.TEXT)) {
      blank.append(text);
      whole = blank.toString();
      if (whole.isBlank()) {
        return;
      }
      blank.setLength(0);
      close(out);
      open.start(OpenBlock.Kind.TEXT, Nodes.object("type", "text", "text", ""), out);
    }
    open.delta("text_delta", "text", whole, out);
  }

  private void thinking(ChatEvent.Thinking thinking, Consumer<StreamEvent> out) {
    if (thinking.choice() == 0 && head.shows(thinking.maker()) && !thinking.text().isEmpty()) {
      think(out);
      open.delta("thinking_delta", "thinking", thinking.text(), out);
    }
  }

  private void think(Consumer<StreamEvent> out) {
    if (!open.is(OpenBlock.Kind.THINKING)) {
      close(out);
      open.start(
          OpenBlock.Kind.THINKING,
          Nodes.object("type", "thinking", "thinking", "", "signature", ""),
          out);
    }
  }

  /** It comes last in its block. What others sign is no signature here. */
  private void signature(ChatEvent.Signature signature, Consumer<StreamEvent> out) {
    if (signature.choice() == 0 && signature.maker() == Maker.ANTHROPIC) {
      think(out);
      open.sign(signature.signature(), out);
    }
  }

  private void redacted(ChatEvent.Redacted redacted, Consumer<StreamEvent> out) {
    if (redacted.choice() == 0 && redacted.maker() == Maker.ANTHROPIC) {
      close(out);
      open.start(
          OpenBlock.Kind.OTHER,
          Nodes.object("type", "redacted_thinking", "data", redacted.data()),
          out);
      open.stop(out);
    }
  }

  private void blockEnd(Consumer<StreamEvent> out) {
    blank.setLength(0);
    if (open.is(OpenBlock.Kind.CALL)) {
      calls.ended(out);
    } else {
      open.stop(out);
    }
  }

  /** Ends whatever is open, and what waits for its end. */
  private void close(Consumer<StreamEvent> out) {
    blank.setLength(0);
    calls.finish(out);
    open.stop(out);
  }

  private void stop(ChatEvent.Stop stopped, Consumer<StreamEvent> out) {
    close(out);
    stop = stopped;
  }

  /** After the stop, the provider's last word comes; before it, there may be more to come. */
  private void usage(Usage used, Consumer<StreamEvent> out) {
    usage = used;
    if (stop != null && !used.equals(told)) {
      delta(out);
    }
  }

  private void delta(Consumer<StreamEvent> out) {
    ChatEvent.Stop why = stop == null ? new ChatEvent.Stop(0, StopReason.END, null) : stop;
    StopReason reason = StopWords.seen(why.reason(), calls.any(), refusal.length() > 0);
    out.accept(
        StreamEvent.typed(
            "message_delta",
            "delta",
            StopWords.write(reason, why.sequence(), head.stops(), refusal.toString()),
            "usage",
            MessagesUsage.write(usage)));
    told = usage;
  }

  private void end(Consumer<StreamEvent> out) {
    begin(null, null, out);
    close(out);
    if (told == null) {
      delta(out);
    }
    over = true;
    out.accept(StreamEvent.typed("message_stop"));
  }
}
