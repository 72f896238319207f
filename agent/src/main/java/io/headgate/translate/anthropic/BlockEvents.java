// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.ChatEvent;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one block of a streamed message tells. */
final class BlockEvents {

  private final String type;
  private final int call;
  private final StringBuilder signature = new StringBuilder();
  private final List<@Nullable Object> citations = new ArrayList<>();
  private String whole = "{}";
  private int length;
  private boolean told;

  /**
   * @param call its number among the calls of the message; -1 if it is none
   */
  BlockEvents(String type, int call) {
    this.type = type;
    this.call = call;
  }

  void begin(Map<String, @Nullable Object> block, Consumer<ChatEvent> out) {
    switch (type) {
      case "text" -> {
        text(Nodes.text(block.get("text")), out);
        citations.addAll(Nodes.list(block.get("citations")));
      }
      case "thinking" -> {
        thinking(Nodes.text(block.get("thinking")), out);
        signature.append(Nodes.text(block.get("signature")));
      }
      case "redacted_thinking" -> {
        out.accept(new ChatEvent.Redacted(0, Nodes.text(block.get("data")), Maker.ANTHROPIC));
        told = true;
      }
      case "tool_use" -> {
        out.accept(
            new ChatEvent.CallBegin(
                0, call, Nodes.text(block.get("id")), Nodes.text(block.get("name")), null));
        whole = Arguments.text(block.get("input"));
      }
      default -> {
        // What runs at the provider is nothing to the app.
      }
    }
  }

  void delta(Map<String, @Nullable Object> delta, Consumer<ChatEvent> out) {
    switch (Nodes.text(delta.get("type"))) {
      case "text_delta" -> {
        if (type.equals("text")) {
          text(Nodes.text(delta.get("text")), out);
        }
      }
      case "thinking_delta" -> {
        if (type.equals("thinking")) {
          thinking(Nodes.text(delta.get("thinking")), out);
        }
      }
      case "signature_delta" -> signature.append(Nodes.text(delta.get("signature")));
      case "citations_delta" -> citations.add(delta.get("citation"));
      case "input_json_delta" -> {
        String piece = Nodes.text(delta.get("partial_json"));
        if (call >= 0 && !piece.isEmpty()) {
          out.accept(new ChatEvent.CallArguments(0, call, piece));
          told = true;
        }
      }
      default -> {
        // New deltas may come at any time.
      }
    }
  }

  void end(Consumer<ChatEvent> out) {
    if (type.equals("thinking") && signature.length() > 0) {
      out.accept(new ChatEvent.Signature(0, signature.toString(), Maker.ANTHROPIC));
      told = true;
    }
    if (type.equals("text") && length > 0) {
      // They may come before the text that rests on them.
      for (Citation citation : Citations.read(citations, length)) {
        out.accept(new ChatEvent.Cited(0, citation));
      }
    }
    if (call >= 0 && !told) {
      // All at once, as some servers have it; or there are none.
      out.accept(new ChatEvent.CallArguments(0, call, whole));
      told = true;
    }
    if (told) {
      out.accept(new ChatEvent.BlockEnd(0));
    }
  }

  private void text(String text, Consumer<ChatEvent> out) {
    if (!text.isEmpty()) {
      out.accept(new ChatEvent.Text(0, text));
      length += text.length();
      told = true;
    }
  }

  private void thinking(String text, Consumer<ChatEvent> out) {
    if (!text.isEmpty()) {
      out.accept(new ChatEvent.Thinking(0, text, Maker.ANTHROPIC));
      told = true;
    }
  }
}
