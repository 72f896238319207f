// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Thoughts beside the content of a message. OpenAI has no place for them; others agreed on {@code
 * reasoning_content} (DeepSeek, vLLM), {@code reasoning} with {@code reasoning_details}
 * (OpenRouter, Groq) and {@code thinking_blocks} (LiteLLM).
 */
final class Thoughts {

  /** OpenRouter's place for thoughts of all makers. */
  static final String DETAILS = "reasoning_details";

  private Thoughts() {}

  /**
   * The thoughts of a message, or of a piece of one. The same thoughts often come in several of the
   * forms: the one that bears signatures counts.
   */
  static List<Part.Thinking> of(Map<String, @Nullable Object> message) {
    List<Part.Thinking> signed = blocks(Nodes.list(message.get("thinking_blocks")));
    if (signed.isEmpty()) {
      signed = details(Nodes.list(message.get(DETAILS)));
    }
    String text = text(message);
    if (text.isEmpty() || signed.stream().anyMatch(thought -> !thought.text().isEmpty())) {
      return signed;
    }
    List<Part.Thinking> all = new ArrayList<>(signed);
    Part.Thinking first = all.isEmpty() ? null : all.get(0);
    if (first != null && first.signature() != null) {
      // A signature apart from the text that it signs.
      all.set(0, new Part.Thinking(text, first.signature(), null, first.maker()));
    } else {
      all.add(0, new Part.Thinking(text, null, null, Maker.OTHER));
    }
    return all;
  }

  private static String text(Map<String, @Nullable Object> message) {
    String text = Nodes.text(message.get("reasoning_content"));
    return text.isEmpty() ? Nodes.text(message.get("reasoning")) : text;
  }

  private static List<Part.Thinking> blocks(List<@Nullable Object> blocks) {
    List<Part.Thinking> thoughts = new ArrayList<>();
    for (Object item : blocks) {
      Map<String, @Nullable Object> block = Nodes.map(item);
      if (block != null) {
        add(
            thoughts,
            Nodes.text(block.get("thinking")),
            block.get("signature"),
            block.get("data"),
            Maker.ANTHROPIC);
      }
    }
    return thoughts;
  }

  private static List<Part.Thinking> details(List<@Nullable Object> details) {
    List<Part.Thinking> thoughts = new ArrayList<>();
    for (Object item : details) {
      Map<String, @Nullable Object> detail = Nodes.map(item);
      if (detail != null) {
        String text = Nodes.text(detail.get("text"));
        add(
            thoughts,
            text.isEmpty() ? Nodes.text(detail.get("summary")) : text,
            detail.get("signature"),
            detail.get("data"),
            maker(Nodes.text(detail.get("format"))));
      }
    }
    return thoughts;
  }

  /** The thoughts of one maker, as OpenRouter has them. */
  static List<@Nullable Object> details(List<Part.Thinking> thoughts, Maker maker) {
    List<@Nullable Object> details = Nodes.array();
    for (Part.Thinking thought : thoughts) {
      if (thought.maker() != maker) {
        continue;
      }
      String hidden = thought.redacted();
      Map<String, @Nullable Object> detail =
          hidden == null
              ? Nodes.object("type", "reasoning.text", "text", thought.text())
              : Nodes.object("type", "reasoning.encrypted", "data", hidden);
      if (thought.signature() != null) {
        detail.put("signature", thought.signature());
      }
      String format =
          switch (maker) {
            case ANTHROPIC -> "anthropic-claude-v1";
            case GOOGLE -> "google-gemini-v1";
            case OPENAI -> "openai-responses-v1";
            case OTHER -> null;
          };
      if (format != null) {
        detail.put("format", format);
      }
      detail.put("index", details.size());
      details.add(detail);
    }
    return details;
  }

  private static Maker maker(String format) {
    if (format.startsWith("anthropic")) {
      return Maker.ANTHROPIC;
    }
    if (format.startsWith("google")) {
      return Maker.GOOGLE;
    }
    return format.startsWith("openai") ? Maker.OPENAI : Maker.OTHER;
  }

  private static void add(
      List<Part.Thinking> thoughts,
      String text,
      @Nullable Object signature,
      @Nullable Object data,
      Maker maker) {
    String signed = Nodes.text(signature);
    String redacted = Nodes.text(data);
    if (!text.isEmpty() || !signed.isEmpty() || !redacted.isEmpty()) {
      thoughts.add(
          new Part.Thinking(
              text, signed.isEmpty() ? null : signed, redacted.isEmpty() ? null : redacted, maker));
    }
  }

  /** A block as LiteLLM has it, by which an app can give a signed thought back. */
  static Map<String, @Nullable Object> block(
      String text, @Nullable String signature, @Nullable String redacted) {
    return redacted != null
        ? Nodes.object("type", "redacted_thinking", "data", redacted)
        : Nodes.object("type", "thinking", "thinking", text, "signature", signature);
  }
}
