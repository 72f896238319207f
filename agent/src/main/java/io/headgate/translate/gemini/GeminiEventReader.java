// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.ChatAnswer.TokenLogprob;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.dialect.StreamEvent;
import io.headgate.json.Nodes;
import io.headgate.translate.EventReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads streamed answers: each chunk is an answer of its own, which goes on where the one before
 * broke off. Nothing says that a chunk is the last one, and some models give a reason to stop in
 * each: so the stream's end is what tells.
 */
final class GeminiEventReader implements EventReader {

  private final CallIds ids = new CallIds();
  private final TreeMap<Integer, CandidateReader> candidates = new TreeMap<>();
  private boolean begun;
  private boolean blocked;
  private boolean failed;
  private boolean ended;

  @Override
  public void event(StreamEvent event, Consumer<ChatEvent> out) {
    if (event.data() == null || failed || ended) {
      return;
    }
    Map<String, @Nullable Object> chunk = Spelling.camel(event.data());
    if (Spelling.said(chunk.get("error"))) {
      failed = true;
      out.accept(new ChatEvent.Failed(ErrorReader.read(0, chunk, "")));
      return;
    }
    String id = Nodes.textOrNull(chunk.get("responseId"));
    ids.of(id);
    if (!begun) {
      begun = true;
      out.accept(new ChatEvent.Begin(id, Nodes.textOrNull(chunk.get("modelVersion"))));
    }
    blocked |= GeminiAnswerReader.blocked(chunk);
    int position = 0;
    for (Object item : Nodes.list(chunk.get("candidates"))) {
      Map<String, @Nullable Object> candidate = Spelling.camel(item);
      long index = Nodes.number(candidate.get("index"), position++);
      if (index >= 0 && index < MOST) {
        candidates
            .computeIfAbsent((int) index, choice -> new CandidateReader(choice, ids))
            .read(candidate, out);
      }
      List<TokenLogprob> tokens = Logprobs.read(candidate.get("logprobsResult"));
      if (!tokens.isEmpty()) {
        out.accept(new ChatEvent.Logprobs((int) Math.min(Math.max(index, 0), MOST - 1), tokens));
      }
    }
    Usage usage = Usages.read(chunk.get("usageMetadata"));
    if (!usage.isEmpty()) {
      out.accept(new ChatEvent.UsageTold(usage));
    }
  }

  @Override
  public void end(Consumer<ChatEvent> out) {
    if (failed || ended) {
      return;
    }
    boolean complete = !candidates.isEmpty();
    for (CandidateReader candidate : candidates.values()) {
      complete &= candidate.stopped();
    }
    if (!complete && !blocked) {
      return;
    }
    ended = true;
    if (candidates.isEmpty()) {
      out.accept(new ChatEvent.Stop(0, StopReason.FILTER, null));
    }
    candidates.values().forEach(candidate -> candidate.stop(blocked, out));
    out.accept(new ChatEvent.End());
  }

  /** No answer has more candidates. */
  private static final int MOST = 256;
}
