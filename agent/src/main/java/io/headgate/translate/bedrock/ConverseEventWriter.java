// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.ChatEvent;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.dialect.StreamEvent;
import io.headgate.json.Nodes;
import io.headgate.translate.Asked;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of ConverseStream: {@code messageStart}, the blocks one after the other, {@code
 * messageStop}, and {@code metadata} with the usage once that is known. Only calls of tools have a
 * {@code contentBlockStart}.
 */
final class ConverseEventWriter {

  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

  private final Asked asked;
  private final boolean cited;
  private final ConverseCalls calls = new ConverseCalls();
  private Usage usage = Usage.builder().build();

  /** The member of the open block's deltas; null if none is open. */
  private @Nullable String open;

  private int index;
  private int made;
  private boolean begun;
  private boolean stopped;

  ConverseEventWriter(Asked asked, boolean cited) {
    this.asked = asked;
    this.cited = cited;
  }

  /** An id that Bedrock's could be: the provider's, or else one of ours. */
  static String id(Asked asked, String id, int call) {
    return ID.matcher(id).matches() ? id : "tooluse_" + asked.id() + "_" + call;
  }

  void event(ChatEvent event, Consumer<StreamEvent> out) {
    if (event instanceof ChatEvent.Failed failed) {
      out.accept(ConverseErrorWriter.event(failed.failure()));
    } else if (event instanceof ChatEvent.UsageTold told) {
      usage = told.usage();
    } else if (event instanceof ChatEvent.End) {
      end(out);
    } else if (!(event instanceof ChatEvent.Ping)) {
      begin(out);
      content(event, out);
    }
  }

  private void begin(Consumer<StreamEvent> out) {
    if (!begun) {
      begun = true;
      out.accept(new StreamEvent("messageStart", Nodes.object("role", "assistant")));
    }
  }

  private void content(ChatEvent event, Consumer<StreamEvent> out) {
    if (event instanceof ChatEvent.Text text && text.choice() == 0) {
      delta("text", text.text(), out);
    } else if (event instanceof ChatEvent.Refusal refusal && refusal.choice() == 0) {
      delta("text", refusal.text(), out);
    } else if (event instanceof ChatEvent.Thinking thinking && thinking.choice() == 0) {
      delta("reasoningContent", Nodes.object("text", thinking.text()), out);
    } else if (event instanceof ChatEvent.Signature signature && signature.choice() == 0) {
      if (signature.maker() == Maker.ANTHROPIC) {
        delta("reasoningContent", Nodes.object("signature", signature.signature()), out);
      }
    } else if (event instanceof ChatEvent.Redacted redacted && redacted.choice() == 0) {
      if (redacted.maker() == Maker.ANTHROPIC) {
        close(out);
        delta("reasoningContent", Nodes.object("redactedContent", redacted.data()), out);
        close(out);
      }
    } else if (event instanceof ChatEvent.Shown shown && shown.choice() == 0) {
      if (shown.part() instanceof Part.Image image) {
        picture(image, out);
      }
    } else if (event instanceof ChatEvent.Cited told && told.choice() == 0) {
      if (cited && "text".equals(open)) {
        send("contentBlockDelta", "delta", citation(told), out);
      }
    } else if (event instanceof ChatEvent.CallBegin call && call.choice() == 0) {
      if (!calls.any()) {
        close(out);
      }
      calls.begin(call, block(out));
    } else if (event instanceof ChatEvent.CallArguments more && more.choice() == 0) {
      calls.arguments(more.call(), more.fragment(), block(out));
    } else if (event instanceof ChatEvent.BlockEnd end && end.choice() == 0) {
      if (!calls.settle(block(out))) {
        close(out);
      }
    } else if (event instanceof ChatEvent.Stop stop && stop.choice() == 0) {
      stop(stop.reason(), stop.sequence(), out);
    }
  }

  /** A block of its own, if it is a picture that can be said. */
  private void picture(Part.Image picture, Consumer<StreamEvent> out) {
    Map<String, @Nullable Object> block = new ConverseMedia().imageOrNull(picture.media());
    if (block != null) {
      close(out);
      Map<String, @Nullable Object> image = Nodes.map(block, "image");
      Object format = Nodes.object("format", image.get("format"));
      Object source = Nodes.object("source", image.get("source"));
      send("contentBlockStart", "start", Nodes.object("image", format), out);
      send("contentBlockDelta", "delta", Nodes.object("image", source), out);
      shut(out);
    }
  }

  private static Map<String, @Nullable Object> citation(ChatEvent.Cited told) {
    return Nodes.object("citation", ConverseCitations.node(told.citation()));
  }

  private void delta(String member, Object value, Consumer<StreamEvent> out) {
    if (!member.equals(open)) {
      close(out);
      open = member;
    }
    send("contentBlockDelta", "delta", Nodes.object(member, value), out);
  }

  private void send(String name, String member, @Nullable Object value, Consumer<StreamEvent> out) {
    out.accept(new StreamEvent(name, Nodes.object("contentBlockIndex", index, member, value)));
  }

  /** Ends what is open, calls too. */
  private void close(Consumer<StreamEvent> out) {
    calls.finish(block(out));
    if (open != null) {
      shut(out);
    }
  }

  private void shut(Consumer<StreamEvent> out) {
    open = null;
    out.accept(new StreamEvent("contentBlockStop", Nodes.object("contentBlockIndex", index++)));
  }

  /** Where calls are written to, one after the other. */
  private ConverseCalls.Block block(Consumer<StreamEvent> out) {
    return new ConverseCalls.Block() {
      @Override
      public void start(String id, String name) {
        open = "toolUse";
        String known = id(asked, id, made++);
        Map<String, @Nullable Object> call = Nodes.object("toolUseId", known, "name", name);
        send("contentBlockStart", "start", Nodes.object("toolUse", call), out);
      }

      @Override
      public void input(String fragment) {
        Map<String, @Nullable Object> call = Nodes.object("input", fragment);
        send("contentBlockDelta", "delta", Nodes.object("toolUse", call), out);
      }

      @Override
      public void stop() {
        shut(out);
      }
    };
  }

  private void stop(StopReason reason, @Nullable String sequence, Consumer<StreamEvent> out) {
    close(out);
    if (!stopped) {
      stopped = true;
      Map<String, @Nullable Object> told =
          Nodes.object("stopReason", ConverseStops.word(reason, made > 0));
      ConverseStops.tell(told, asked.body(), sequence);
      out.accept(new StreamEvent("messageStop", told));
    }
  }

  private void end(Consumer<StreamEvent> out) {
    begin(out);
    stop(StopReason.UNKNOWN, null, out);
    out.accept(
        new StreamEvent(
            "metadata",
            Nodes.object(
                "usage", ConverseUsage.write(usage), "metrics", Nodes.object("latencyMs", 0))));
  }
}
