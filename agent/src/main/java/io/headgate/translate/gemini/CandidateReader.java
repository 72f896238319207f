// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.ChatEvent;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.StopReason;
import io.headgate.json.Nodes;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one candidate of a streamed answer, chunk by chunk. */
final class CandidateReader {

  private final int choice;
  private final CallIds ids;

  /** What has been said so far: places of citations are counted in it. */
  private final StringBuilder said = new StringBuilder();

  private final Set<CitationReader.Found> cited = new HashSet<>();
  private @Nullable PartialCall partial;

  /** Where in it the text that is open began. */
  private int block;

  private boolean inText;
  private int calls;
  private String word = "";

  CandidateReader(int choice, CallIds ids) {
    this.choice = choice;
    this.ids = ids;
  }

  void read(Map<String, @Nullable Object> candidate, Consumer<ChatEvent> out) {
    for (Object item : Nodes.list(Spelling.camel(candidate.get("content")).get("parts"))) {
      part(Spelling.camel(item), out);
    }
    for (CitationReader.Found found : CitationReader.read(candidate)) {
      if (said.length() > 0 && cited.add(found)) {
        out.accept(new ChatEvent.Cited(choice, inBlock(found.in(said))));
      }
    }
    String finish = Nodes.text(candidate.get("finishReason"));
    // Some models say STOP over and over: it does not undo what is worse.
    if (!finish.isEmpty() && (word.isEmpty() || StopWords.good(StopWords.read(word, false)))) {
      word = finish;
    }
  }

  /** Whether it has said why it ends. */
  boolean stopped() {
    return !word.isEmpty();
  }

  /**
   * The stream is over.
   *
   * @param blocked whether the provider has said that it blocks
   */
  void stop(boolean blocked, Consumer<ChatEvent> out) {
    finish(out);
    StopReason reason =
        word.isEmpty() && blocked ? StopReason.FILTER : StopWords.read(word, calls > 0);
    out.accept(new ChatEvent.Stop(choice, reason, null));
  }

  private void part(Map<String, @Nullable Object> part, Consumer<ChatEvent> out) {
    String signature = Signatures.real(part.get("thoughtSignature"));
    Map<String, @Nullable Object> call = Nodes.map(part.get("functionCall"));
    if (call != null) {
      call(Spelling.camel(call), signature, out);
      return;
    }
    String text = Nodes.text(part.get("text"));
    if (!text.isEmpty()) {
      finish(out);
      boolean thought = Boolean.TRUE.equals(part.get("thought"));
      if (thought) {
        out.accept(new ChatEvent.Thinking(choice, text, Maker.GOOGLE));
      } else {
        block = inText ? block : said.length();
        said.append(text);
        out.accept(new ChatEvent.Text(choice, text));
      }
      inText = !thought;
    }
    // What is drawn while it thinks is a sketch.
    if (part.get("inlineData") instanceof Map<?, ?> blob
        && !Boolean.TRUE.equals(part.get("thought"))) {
      finish(out);
      inText = false;
      out.accept(new ChatEvent.Shown(choice, MediaReader.inline(Spelling.camel(blob))));
    }
    if (signature != null) {
      inText = false;
      out.accept(new ChatEvent.Signature(choice, signature, Maker.GOOGLE));
    }
  }

  private void call(
      Map<String, @Nullable Object> call, @Nullable String signature, Consumer<ChatEvent> out) {
    String name = Nodes.text(call.get("name"));
    if (!name.isEmpty()) {
      finish(out);
      partial = new PartialCall(ids.next(Nodes.text(call.get("id"))), name, signature);
    }
    if (partial == null) {
      return; // More of a call that never began.
    }
    partial.add(call);
    // Vertex AI may send the arguments piece by piece; all others come whole.
    if (!Boolean.TRUE.equals(call.get("willContinue"))) {
      finish(out);
    }
  }

  private void finish(Consumer<ChatEvent> out) {
    PartialCall call = partial;
    if (call == null) {
      return;
    }
    partial = null;
    inText = false;
    int number = calls++;
    out.accept(new ChatEvent.CallBegin(choice, number, call.id(), call.name(), call.signature()));
    out.accept(new ChatEvent.CallArguments(choice, number, call.arguments()));
    out.accept(new ChatEvent.BlockEnd(choice));
  }

  private Citation inBlock(Citation citation) {
    int start = citation.start() - block;
    return start < 0 || citation.start() < 0
        ? new Citation(citation.url(), citation.title(), citation.quote(), -1, -1)
        : new Citation(
            citation.url(), citation.title(), citation.quote(), start, citation.end() - block);
  }
}
