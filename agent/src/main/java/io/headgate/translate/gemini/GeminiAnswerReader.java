// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.json.Nodes;
import io.headgate.translate.Unreadable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads whole answers. */
final class GeminiAnswerReader {

  private final CallIds ids = new CallIds();

  static ChatAnswer read(Map<String, @Nullable Object> body) {
    return new GeminiAnswerReader().answer(Spelling.camel(body));
  }

  private ChatAnswer answer(Map<String, @Nullable Object> body) {
    if (Spelling.said(body.get("error"))) {
      throw new Unreadable(ErrorReader.read(0, body, ""));
    }
    String id = Nodes.textOrNull(body.get("responseId"));
    ids.of(id);
    TreeMap<Long, ChatAnswer.Choice> choices = new TreeMap<>();
    for (Object item : Nodes.list(body.get("candidates"))) {
      Map<String, @Nullable Object> candidate = Spelling.camel(item);
      choices.put(Nodes.number(candidate.get("index"), choices.size()), choice(candidate));
    }
    if (choices.isEmpty()) {
      if (!blocked(body)) {
        throw Unreadable.because("Gemini's answer has no candidates");
      }
      choices.put(0L, new ChatAnswer.Choice(List.of(), StopReason.FILTER, null, List.of()));
    }
    return new ChatAnswer(
        id,
        Nodes.textOrNull(body.get("modelVersion")),
        List.copyOf(choices.values()),
        Usages.read(body.get("usageMetadata")));
  }

  /** Whether the prompt did not get through. */
  static boolean blocked(Map<String, @Nullable Object> body) {
    return !Nodes.text(Spelling.camel(body.get("promptFeedback")).get("blockReason")).isEmpty();
  }

  private ChatAnswer.Choice choice(Map<String, @Nullable Object> candidate) {
    List<Part> parts = new ArrayList<>();
    Map<Long, Integer> texts = new HashMap<>();
    long position = 0;
    boolean called = false;
    for (Object item : Nodes.list(Spelling.camel(candidate.get("content")).get("parts"))) {
      int before = parts.size();
      called |= part(Spelling.camel(item), parts);
      if (parts.size() > before && parts.get(before) instanceof Part.Text) {
        texts.put(position, before);
      }
      position++;
    }
    cite(CitationReader.read(candidate), parts, texts);
    return new ChatAnswer.Choice(
        parts,
        StopWords.read(Nodes.text(candidate.get("finishReason")), called),
        null,
        Logprobs.read(candidate.get("logprobsResult")));
  }

  /** Adds what a part holds; says whether it is a call. */
  private boolean part(Map<String, @Nullable Object> part, List<Part> parts) {
    String signature = Signatures.real(part.get("thoughtSignature"));
    String text = Nodes.text(part.get("text"));
    Map<String, @Nullable Object> call = Nodes.map(part.get("functionCall"));
    if (call != null) {
      return call(Spelling.camel(call), signature, parts);
    }
    if (Boolean.TRUE.equals(part.get("thought"))) {
      if (!text.isEmpty() || signature != null) {
        parts.add(new Part.Thinking(text, signature, null, Maker.GOOGLE));
      }
      return false;
    }
    if (!text.isEmpty()) {
      parts.add(new Part.Text(text));
    }
    if (signature != null) {
      parts.add(new Part.Thinking("", signature, null, Maker.GOOGLE));
    }
    if (part.get("inlineData") instanceof Map<?, ?> blob) {
      parts.add(MediaReader.inline(Spelling.camel(blob)));
    } else if (!part.containsKey("text") && !part.isEmpty() && signature == null) {
      parts.add(new Part.Foreign(part.keySet().iterator().next()));
    }
    return false;
  }

  private boolean call(
      Map<String, @Nullable Object> call, @Nullable String signature, List<Part> parts) {
    String name = Nodes.text(call.get("name"));
    if (name.isEmpty()) {
      return false; // Nobody could answer it.
    }
    String id = ids.next(Nodes.text(call.get("id")));
    parts.add(new Part.ToolCall(id, name, Arguments.text(call.get("args")), signature, null));
    return true;
  }

  private static void cite(
      List<CitationReader.Found> found, List<Part> parts, Map<Long, Integer> texts) {
    int last = -1;
    for (int at : texts.values()) {
      last = Math.max(last, at);
    }
    for (CitationReader.Found one : found) {
      Integer known = texts.get(one.part());
      int at = known == null ? last : known;
      if (at >= 0 && parts.get(at) instanceof Part.Text text) {
        boolean sure = known != null || texts.size() == 1;
        Citation citation = one.in(sure ? text.text() : "");
        List<Citation> all = new ArrayList<>(text.citations());
        if (!all.contains(citation)) {
          all.add(citation);
        }
        parts.set(at, new Part.Text(text.text(), text.cache(), all));
      }
    }
  }
}
