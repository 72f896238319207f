// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.Citation;
import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers citations of the web as {@code groundingMetadata}. */
final class CitationWriter {

  private final List<@Nullable Object> chunks = Nodes.array();
  private final List<@Nullable Object> supports = Nodes.array();

  /**
   * Adds a citation.
   *
   * @param text of the part that it is in
   * @param offset where in that the citation's own text begins, in characters
   * @param part which of the content's parts it is
   */
  void add(Citation citation, CharSequence text, int offset, int part) {
    if (citation.url() == null) {
      return; // A document of the request has no place here.
    }
    Map<String, @Nullable Object> web = Nodes.object("uri", citation.url());
    if (citation.title() != null) {
      web.put("title", citation.title());
    }
    Map<String, @Nullable Object> chunk = Nodes.object("web", web);
    int index = chunks.indexOf(chunk);
    if (index < 0) {
      index = chunks.size();
      chunks.add(chunk);
    }
    int start = citation.start() + offset;
    int end = Math.min(citation.end() + offset, text.length());
    if (citation.start() < 0 || end <= start) {
      return;
    }
    Map<String, @Nullable Object> segment = Nodes.object();
    if (part > 0) {
      segment.put("partIndex", (long) part);
    }
    segment.put("startIndex", ByteOffsets.bytes(text, start));
    segment.put("endIndex", ByteOffsets.bytes(text, end));
    segment.put("text", text.subSequence(start, end).toString());
    supports.add(
        Nodes.object("segment", segment, "groundingChunkIndices", Nodes.array((long) index)));
  }

  /** Adds what there is to a candidate. */
  void to(Map<String, @Nullable Object> candidate) {
    if (chunks.isEmpty()) {
      return;
    }
    Map<String, @Nullable Object> grounding = Nodes.object("groundingChunks", chunks);
    if (!supports.isEmpty()) {
      grounding.put("groundingSupports", supports);
    }
    candidate.put("groundingMetadata", grounding);
  }
}
