// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.ChatEvent;
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
 * Writes one answer chunk by chunk. Calls go out whole; reasons to stop and usage belong into the
 * last chunk, so they wait for the end.
 */
final class ChunkWriter {

  private final Asked asked;
  private final AnswerParts parts;
  private final TreeMap<Integer, CandidateWriter> candidates = new TreeMap<>();
  private @Nullable String id;
  private @Nullable String model;
  private Usage usage = Usage.builder().build();

  ChunkWriter(Asked asked, AnswerParts parts) {
    this.asked = asked;
    this.parts = parts;
  }

  void event(ChatEvent event, Consumer<StreamEvent> out) {
    if (event instanceof ChatEvent.Begin begin) {
      id = begin.id();
      model = begin.model();
    } else if (event instanceof ChatEvent.UsageTold told) {
      usage = told.usage();
    } else if (event instanceof ChatEvent.Failed failed) {
      out.accept(StreamEvent.of(ErrorWriter.write(failed.failure()).body()));
    } else if (event instanceof ChatEvent.End) {
      end(out);
    } else {
      piece(event, out);
    }
  }

  private void piece(ChatEvent event, Consumer<StreamEvent> out) {
    if (event instanceof ChatEvent.Text text) {
      candidate(text.choice(), out).text(text.text());
      send(text.choice(), out);
    } else if (event instanceof ChatEvent.Refusal refusal) {
      candidate(refusal.choice(), out).text(refusal.text());
      send(refusal.choice(), out);
    } else if (event instanceof ChatEvent.Thinking thought) {
      candidate(thought.choice(), out).thought(thought.text(), null, thought.maker());
      send(thought.choice(), out);
    } else if (event instanceof ChatEvent.Signature sign) {
      candidate(sign.choice(), out).thought("", sign.signature(), sign.maker());
      send(sign.choice(), out);
    } else if (event instanceof ChatEvent.Shown shown) {
      candidate(shown.choice(), out).shown(shown.part());
      send(shown.choice(), out);
    } else if (event instanceof ChatEvent.CallBegin begin) {
      at(begin.choice()).begin(begin);
    } else if (event instanceof ChatEvent.CallArguments more) {
      at(more.choice()).arguments(more.call(), more.fragment());
    } else if (event instanceof ChatEvent.BlockEnd end) {
      at(end.choice()).blockEnd();
    } else if (event instanceof ChatEvent.Cited cited) {
      at(cited.choice()).cite(cited.citation());
    } else if (event instanceof ChatEvent.Logprobs logprobs) {
      Map<String, @Nullable Object> told =
          Nodes.object("logprobsResult", Logprobs.write(logprobs.tokens()));
      out.accept(chunk(candidate(logprobs.choice(), out).chunk(told)));
    } else if (event instanceof ChatEvent.Stop stop) {
      candidate(stop.choice(), out).stop(stop.reason());
    } else if (event instanceof ChatEvent.Redacted redacted) {
      candidate(redacted.choice(), out);
    }
  }

  private CandidateWriter at(int choice) {
    return candidates.computeIfAbsent(choice, index -> new CandidateWriter(index, parts));
  }

  /** The candidate, after the calls that were open in it have gone out. */
  private CandidateWriter candidate(int choice, Consumer<StreamEvent> out) {
    CandidateWriter candidate = at(choice);
    candidate.finishCalls();
    send(choice, out);
    return candidate;
  }

  private void send(int choice, Consumer<StreamEvent> out) {
    CandidateWriter candidate = at(choice);
    if (candidate.hasParts()) {
      out.accept(chunk(candidate.chunk(Nodes.object())));
    }
  }

  private StreamEvent chunk(Map<String, @Nullable Object> candidate) {
    return StreamEvent.of(
        GeminiAnswerWriter.envelope(asked, id, model, Nodes.array(candidate), false, null));
  }

  private void end(Consumer<StreamEvent> out) {
    List<@Nullable Object> last = Nodes.array();
    boolean blocked = false;
    if (candidates.isEmpty()) {
      at(0);
    }
    for (CandidateWriter candidate : candidates.values()) {
      candidate.finishCalls();
      if (candidate.refused() && usage.output() <= 0) {
        blocked = true;
      } else {
        last.add(candidate.last());
      }
    }
    out.accept(
        StreamEvent.of(
            GeminiAnswerWriter.envelope(asked, id, model, last, blocked, Usages.write(usage))));
  }
}
