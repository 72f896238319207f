// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.ChatEvent;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers what goes out for one candidate of a streamed answer. */
final class CandidateWriter {

  private static final class Call {
    private final ChatEvent.CallBegin begin;
    private final StringBuilder arguments = new StringBuilder();

    Call(ChatEvent.CallBegin begin) {
      this.begin = begin;
    }
  }

  private final int index;
  private final AnswerParts parts;
  private final CitationWriter citations = new CitationWriter();
  private final TreeMap<Integer, Call> open = new TreeMap<>();

  /** All text so far, in which citations have their places, and where its last block began. */
  private final StringBuilder said = new StringBuilder();

  private int block;
  private boolean inText;
  private List<@Nullable Object> pending = Nodes.array();
  private boolean sent;
  private boolean called;
  private boolean broken;
  private StopReason reason = StopReason.UNKNOWN;

  CandidateWriter(int index, AnswerParts parts) {
    this.index = index;
    this.parts = parts;
  }

  void text(String text) {
    if (!text.isEmpty()) {
      block = inText ? block : said.length();
      inText = true;
      said.append(text);
      pending.add(AnswerParts.text(text));
    }
  }

  void thought(String text, @Nullable String signature, Maker maker) {
    inText = false;
    Map<String, @Nullable Object> part = parts.thought(text, signature, maker);
    if (part != null) {
      pending.add(part);
    }
  }

  void shown(Part part) {
    inText = false;
    Map<String, @Nullable Object> media = AnswerParts.media(part);
    if (media != null) {
      pending.add(media);
    }
  }

  void begin(ChatEvent.CallBegin begin) {
    inText = false;
    open.putIfAbsent(begin.call(), new Call(begin));
  }

  void arguments(int number, String fragment) {
    Call call = open.get(number);
    if (call != null) {
      call.arguments.append(fragment);
    }
  }

  void blockEnd() {
    inText = false;
  }

  void cite(Citation citation) {
    citations.add(citation, said, block, 0);
  }

  void stop(StopReason why) {
    reason = why;
  }

  /** No more arguments come: calls that are open become parts. */
  void finishCalls() {
    for (Call call : open.values()) {
      ChatEvent.CallBegin begin = call.begin;
      Map<String, @Nullable Object> part =
          parts.call(
              begin.id(), begin.name(), call.arguments.toString(), begin.signature(), !called);
      called |= part != null;
      broken |= part == null;
      if (part != null) {
        pending.add(part);
      }
    }
    open.clear();
  }

  boolean hasParts() {
    return !pending.isEmpty();
  }

  /** Whether the provider's filters cut it before it began. */
  boolean refused() {
    return reason == StopReason.FILTER && !sent && pending.isEmpty();
  }

  /** A candidate of what is pending; content is never left out, as some apps do not expect that. */
  Map<String, @Nullable Object> chunk(Map<String, @Nullable Object> more) {
    sent = true;
    List<@Nullable Object> content =
        pending.isEmpty() ? Nodes.array(AnswerParts.text("")) : pending;
    pending = Nodes.array();
    Map<String, @Nullable Object> candidate =
        Nodes.object("content", Nodes.object("parts", content, "role", "model"));
    candidate.putAll(more);
    candidate.put("index", index);
    return candidate;
  }

  /** The last candidate: it says why it ends. */
  Map<String, @Nullable Object> last() {
    Map<String, @Nullable Object> more =
        Nodes.object("finishReason", GeminiAnswerWriter.finish(reason, broken));
    citations.to(more);
    return chunk(more);
  }
}
