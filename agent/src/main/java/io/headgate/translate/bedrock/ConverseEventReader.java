// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.ChatEvent;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.dialect.StreamEvent;
import io.headgate.json.Nodes;
import io.headgate.translate.EventReader;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of ConverseStream. It is complete once {@code messageStop} has come; {@code
 * metadata} follows, or came before.
 */
final class ConverseEventReader implements EventReader {

  /** Numbers of the calls, by the indexes of their blocks. */
  private final Map<Long, Integer> calls = new HashMap<>();

  private final Maker maker;
  private final StringBuilder signature = new StringBuilder();
  private @Nullable StreamedPicture picture;
  private boolean begun;
  private boolean open;
  private boolean stopped;
  private boolean told;
  private boolean over;

  /**
   * @param maker who made the model: the first words of a thought come long before its signature
   */
  ConverseEventReader(Maker maker) {
    this.maker = maker;
  }

  @Override
  public void event(StreamEvent event, Consumer<ChatEvent> out) {
    Map<String, @Nullable Object> data = event.data();
    if (over || data == null) {
      return;
    }
    if ("error".equals(event.type()) || event.name().endsWith("Exception")) {
      over = true;
      out.accept(new ChatEvent.Failed(ConverseErrorReader.inStream(event.name(), data)));
      return;
    }
    switch (event.name()) {
      case "messageStart" -> begin(out);
      case "contentBlockStart" -> start(data, out);
      case "contentBlockDelta" -> delta(data, out);
      case "contentBlockStop" -> close(out);
      case "messageStop" -> stop(data, out);
      case "metadata" -> metadata(data, out);
      default -> {
        // Events that are not known yet.
      }
    }
  }

  @Override
  public void end(Consumer<ChatEvent> out) {
    if (stopped && !over) {
      over = true;
      out.accept(new ChatEvent.End());
    }
  }

  private void begin(Consumer<ChatEvent> out) {
    if (!begun) {
      begun = true;
      out.accept(new ChatEvent.Begin(null, null));
    }
  }

  private void start(Map<String, @Nullable Object> data, Consumer<ChatEvent> out) {
    Map<String, @Nullable Object> said = Nodes.map(data, "start");
    Map<String, @Nullable Object> image = Nodes.map(said.get("image"));
    if (image != null) {
      begin(out);
      close(out);
      picture = new StreamedPicture(image);
      return;
    }
    Map<String, @Nullable Object> tool = Nodes.map(said.get("toolUse"));
    if (tool == null || tool.get("type") != null) {
      return;
    }
    begin(out);
    close(out);
    int call = calls.size();
    if (calls.putIfAbsent(index(data), call) == null) {
      open = true;
      String id = Nodes.text(tool.get("toolUseId"));
      out.accept(new ChatEvent.CallBegin(0, call, id, Nodes.text(tool.get("name")), null));
    }
  }

  private static long index(Map<String, @Nullable Object> data) {
    return Nodes.number(data.get("contentBlockIndex"), -1);
  }

  private void delta(Map<String, @Nullable Object> data, Consumer<ChatEvent> out) {
    begin(out);
    Map<String, @Nullable Object> delta = Nodes.map(data, "delta");
    String text = Nodes.text(delta.get("text"));
    if (!text.isEmpty()) {
      tell(new ChatEvent.Text(0, text), out);
    }
    Map<String, @Nullable Object> tool = Nodes.map(delta.get("toolUse"));
    Integer call = calls.get(index(data));
    if (tool != null && call != null) {
      arguments(call, tool.get("input"), out);
    }
    Map<String, @Nullable Object> reasoning = Nodes.map(delta.get("reasoningContent"));
    if (reasoning != null) {
      reasoning(reasoning, out);
    }
    if (picture != null) {
      picture.delta(Nodes.map(delta, "image"));
    }
    Map<String, @Nullable Object> citation = Nodes.map(delta.get("citation"));
    if (citation != null) {
      tell(new ChatEvent.Cited(0, ConverseCitations.citation(citation)), out);
    }
  }

  private void arguments(int call, @Nullable Object input, Consumer<ChatEvent> out) {
    String fragment =
        input instanceof Map<?, ?> ? ConversePartReader.input(input) : Nodes.text(input);
    if (!fragment.isEmpty()) {
      tell(new ChatEvent.CallArguments(0, call, fragment), out);
    }
  }

  /** A signature may come in pieces; it is told whole, once its block is over. */
  private void reasoning(Map<String, @Nullable Object> reasoning, Consumer<ChatEvent> out) {
    String text = Nodes.text(reasoning.get("text"));
    if (!text.isEmpty()) {
      tell(new ChatEvent.Thinking(0, text, maker), out);
    }
    signature.append(Nodes.text(reasoning.get("signature")));
    String redacted = Nodes.text(reasoning.get("redactedContent"));
    if (!redacted.isEmpty()) {
      tell(new ChatEvent.Redacted(0, redacted, Maker.ANTHROPIC), out);
    }
  }

  private void tell(ChatEvent event, Consumer<ChatEvent> out) {
    if (!(event instanceof ChatEvent.Thinking)) {
      sign(out);
    }
    open = true;
    out.accept(event);
  }

  private void sign(Consumer<ChatEvent> out) {
    if (!signature.isEmpty()) {
      open = true;
      out.accept(new ChatEvent.Signature(0, signature.toString(), maker));
      signature.setLength(0);
    }
  }

  private void close(Consumer<ChatEvent> out) {
    sign(out);
    Part shown = picture == null ? null : picture.part();
    picture = null;
    if (shown != null) {
      tell(new ChatEvent.Shown(0, shown), out);
    }
    if (open) {
      open = false;
      out.accept(new ChatEvent.BlockEnd(0));
    }
  }

  private void stop(Map<String, @Nullable Object> data, Consumer<ChatEvent> out) {
    if (stopped) {
      return;
    }
    begin(out);
    close(out);
    stopped = true;
    out.accept(
        new ChatEvent.Stop(
            0,
            ConverseStops.reason(data.get("stopReason"), !calls.isEmpty()),
            ConverseStops.sequence(data)));
    finish(out);
  }

  private void metadata(Map<String, @Nullable Object> data, Consumer<ChatEvent> out) {
    begin(out);
    told = true;
    Map<String, @Nullable Object> usage = Nodes.map(data.get("usage"));
    if (usage != null) {
      out.accept(new ChatEvent.UsageTold(ConverseUsage.read(usage)));
    }
    finish(out);
  }

  private void finish(Consumer<ChatEvent> out) {
    if (stopped && told) {
      end(out);
    }
  }
}
