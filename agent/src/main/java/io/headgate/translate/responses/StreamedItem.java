// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.ChatAnswer.TokenLogprob;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.json.Nodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much of one item of a streamed answer has been told: nothing is told twice. */
final class StreamedItem {

  private final StreamedAnswer answer;
  private final String type;

  /** How much of each text, in characters, and of each list, by what it is and its place. */
  private final Map<String, Integer> told = new HashMap<>();

  private int call = -1;
  private boolean encrypted;

  /** Where thoughts come from, if there are any: the summary of them, or all of them. */
  private String source = "";

  private long thoughtPart;

  StreamedItem(StreamedAnswer answer, String type) {
    this.answer = answer;
    this.type = type;
  }

  String type() {
    return type;
  }

  /** What is known of the item as it begins. */
  void begin(Map<String, @Nullable Object> item) {
    String id = ResponsesItems.callId(item);
    String name = Nodes.text(item.get("name"));
    if (type.equals("function_call") && call < 0 && !name.isEmpty()) {
      call = answer.nextCall();
      answer.tell(this, new ChatEvent.CallBegin(0, call, id, name, null));
    }
  }

  /** All of the item. */
  void whole(Map<String, @Nullable Object> item) {
    switch (type) {
      case "message" -> {
        List<@Nullable Object> content = Nodes.list(item.get("content"));
        for (int i = 0; i < content.size(); i++) {
          Map<String, @Nullable Object> part = Nodes.map(content.get(i));
          if (part != null) {
            part(i, part);
            end();
          }
        }
      }
      case "function_call" -> {
        begin(item);
        wholeArguments(item.get("arguments"));
      }
      case "reasoning" -> reasoning(item);
      default -> {
        // Of hosted tools, which were not asked for.
      }
    }
    end();
  }

  void end() {
    answer.end(this);
  }

  /** All of a part of a message. */
  void part(long index, Map<String, @Nullable Object> part) {
    switch (Nodes.text(part.get("type"))) {
      case "output_text" -> {
        wholeText(index, part.get("text"), part.get("logprobs"));
        List<@Nullable Object> notes = Nodes.list(part.get("annotations"));
        for (Object note :
            notes.subList(Math.min(told("notes" + index), notes.size()), notes.size())) {
          cited(index, Nodes.map(note));
        }
      }
      case "refusal" -> wholeRefusal(index, part.get("refusal"));
      default -> {
        // Texts of reasoning come with their item.
      }
    }
  }

  void text(long index, String delta, @Nullable Object logprobs) {
    if (!delta.isEmpty()) {
      grow("text" + index, delta.length());
      answer.tell(this, new ChatEvent.Text(0, delta));
    }
    likely(index, ResponsesLogprobs.read(logprobs));
  }

  void wholeText(long index, @Nullable Object text, @Nullable Object logprobs) {
    List<TokenLogprob> tokens = ResponsesLogprobs.read(logprobs);
    int before = Math.min(told("logprobs" + index), tokens.size());
    text(index, rest("text" + index, Nodes.text(text)), null);
    likely(index, tokens.subList(before, tokens.size()));
  }

  private void likely(long index, List<TokenLogprob> tokens) {
    if (!tokens.isEmpty()) {
      grow("logprobs" + index, tokens.size());
      answer.tell(this, new ChatEvent.Logprobs(0, tokens));
    }
  }

  void cited(long index, @Nullable Map<String, @Nullable Object> annotation) {
    grow("notes" + index, 1);
    Citation citation = ResponsesItems.citation(annotation);
    if (citation != null) {
      answer.tell(this, new ChatEvent.Cited(0, citation));
    }
  }

  void refusal(long index, String delta) {
    if (!delta.isEmpty()) {
      grow("refusal" + index, delta.length());
      answer.tell(this, new ChatEvent.Refusal(0, delta));
    }
  }

  void wholeRefusal(long index, @Nullable Object refusal) {
    refusal(index, rest("refusal" + index, Nodes.text(refusal)));
  }

  /** A piece of arguments; it waits for its item where the name is not known yet. */
  void arguments(String delta) {
    if (call >= 0 && !delta.isEmpty()) {
      grow("arguments", delta.length());
      answer.tell(this, new ChatEvent.CallArguments(0, call, delta));
    }
  }

  void wholeArguments(@Nullable Object arguments) {
    if (call >= 0) {
      arguments(rest("arguments", Nodes.text(arguments)));
    }
  }

  private void reasoning(Map<String, @Nullable Object> item) {
    thoughts("summary", Nodes.list(item.get("summary")));
    thoughts("content", Nodes.list(item.get("content")));
    String data = Nodes.textOrNull(item.get("encrypted_content"));
    if (data != null && !encrypted) {
      encrypted = true;
      answer.tell(this, new ChatEvent.Redacted(0, data, Maker.OPENAI));
    }
  }

  private void thoughts(String from, List<@Nullable Object> parts) {
    for (int i = 0; i < parts.size(); i++) {
      Map<String, @Nullable Object> part = Nodes.map(parts.get(i));
      if (part != null) {
        wholeThought(from, i, part.get("text"));
      }
    }
  }

  /**
   * A piece of thought.
   *
   * @param from {@code summary} or {@code content}; only the one that comes first is told
   */
  void thought(String from, long index, String delta) {
    if (delta.isEmpty() || !(source.isEmpty() || source.equals(from))) {
      return;
    }
    boolean another = !source.isEmpty() && index != thoughtPart;
    source = from;
    thoughtPart = index;
    grow(from + index, delta.length());
    answer.tell(this, new ChatEvent.Thinking(0, another ? "\n\n" + delta : delta, Maker.OPENAI));
  }

  void wholeThought(String from, long index, @Nullable Object text) {
    thought(from, index, rest(from + index, Nodes.text(text)));
  }

  private int told(String what) {
    return told.getOrDefault(what, 0);
  }

  private void grow(String what, int by) {
    told.merge(what, by, Integer::sum);
  }

  /** What of a text has not been told. */
  private String rest(String what, String whole) {
    int before = told(what);
    return before < whole.length() ? whole.substring(before) : "";
  }
}
