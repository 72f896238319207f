// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Citation;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.dialect.StreamEvent;
import io.headgate.json.Nodes;
import io.headgate.translate.AnswerWriter;
import io.headgate.translate.Asked;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes answers for apps: whole ones itself. */
final class GeminiAnswerWriter implements AnswerWriter {

  private final Asked asked;
  private final AnswerParts parts;
  private final ChunkWriter chunks;

  GeminiAnswerWriter(Asked asked) {
    this.asked = asked;
    this.parts = new AnswerParts(asked);
    this.chunks = new ChunkWriter(asked, parts);
  }

  @Override
  public void event(ChatEvent event, Consumer<StreamEvent> out) {
    chunks.event(event, out);
  }

  @Override
  public Map<String, @Nullable Object> whole(ChatAnswer answer) {
    List<@Nullable Object> candidates = Nodes.array();
    boolean refused = false;
    for (ChatAnswer.Choice choice : answer.choices()) {
      boolean nothing = choice.parts().isEmpty() && answer.usage().output() <= 0;
      if (choice.stop() == StopReason.FILTER && nothing) {
        refused = true;
      } else {
        candidates.add(candidate(choice, candidates.size()));
      }
    }
    return envelope(
        asked, answer.id(), answer.model(), candidates, refused, Usages.write(answer.usage()));
  }

  /**
   * What stands around the candidates.
   *
   * @param blocked whether the prompt did not get through, so that there are none
   */
  static Map<String, @Nullable Object> envelope(
      Asked asked,
      @Nullable String id,
      @Nullable String model,
      List<@Nullable Object> candidates,
      boolean blocked,
      @Nullable Map<String, @Nullable Object> usage) {
    Map<String, @Nullable Object> body = Nodes.object();
    if (!candidates.isEmpty()) {
      body.put("candidates", candidates);
    } else if (blocked) {
      body.put("promptFeedback", Nodes.object("blockReason", "SAFETY"));
    }
    if (usage != null) {
      body.put("usageMetadata", usage);
    }
    body.put("modelVersion", asked.named(model));
    body.put("responseId", id == null || id.isEmpty() ? asked.id() : id);
    return body;
  }

  private Map<String, @Nullable Object> candidate(ChatAnswer.Choice choice, int index) {
    List<@Nullable Object> content = Nodes.array();
    CitationWriter citations = new CitationWriter();
    boolean called = false;
    boolean broken = false;
    for (Part part : choice.parts()) {
      Map<String, @Nullable Object> made = null;
      if (part instanceof Part.Text text && !text.text().isEmpty()) {
        made = AnswerParts.text(text.text());
        for (Citation citation : text.citations()) {
          citations.add(citation, text.text(), 0, content.size());
        }
      } else if (part instanceof Part.Refusal refusal && !refusal.text().isEmpty()) {
        made = AnswerParts.text(refusal.text());
      } else if (part instanceof Part.Thinking thought) {
        made = parts.thought(thought.text(), thought.signature(), thought.maker());
      } else if (part instanceof Part.ToolCall call) {
        made = parts.call(call.id(), call.name(), call.arguments(), call.signature(), !called);
        called |= made != null;
        broken |= made == null;
      } else {
        made = AnswerParts.media(part);
      }
      if (made != null) {
        content.add(made);
      }
    }
    Map<String, @Nullable Object> inner =
        content.isEmpty() ? Nodes.object() : Nodes.object("parts", content);
    inner.put("role", "model");
    Map<String, @Nullable Object> candidate = Nodes.object("content", inner);
    candidate.put("finishReason", finish(choice.stop(), broken));
    candidate.put("index", index);
    citations.to(candidate);
    if (!choice.logprobs().isEmpty()) {
      candidate.put("logprobsResult", Logprobs.write(choice.logprobs()));
    }
    return candidate;
  }

  /**
   * The word for a reason to stop.
   *
   * @param broken whether a call had to be left out: an app must not take that for a good end
   */
  static String finish(StopReason reason, boolean broken) {
    return StopWords.write(broken && StopWords.good(reason) ? StopReason.MALFORMED_CALL : reason);
  }
}
