// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.Citation;
import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds in a candidate what its text rests on, as far as that is on the web. */
final class CitationReader {

  /**
   * A citation and the part of the content that it is about.
   *
   * @param part as the provider counts; -1 if it does not say
   * @param start in bytes of that part; -1 if it does not say
   */
  record Found(long part, long start, long end, @Nullable String url, @Nullable String title) {

    /** The same in characters of the text; where that is not known it is said so. */
    Citation in(CharSequence text) {
      int from = start < 0 ? -1 : ByteOffsets.chars(text, start);
      int to = end < 0 ? -1 : ByteOffsets.chars(text, end);
      return from < 0 || to < from
          ? new Citation(url, title, null, -1, -1)
          : new Citation(url, title, null, from, to);
    }
  }

  private CitationReader() {}

  static List<Found> read(Map<String, @Nullable Object> candidate) {
    List<Found> found = new ArrayList<>();
    grounding(Spelling.camel(candidate.get("groundingMetadata")), found);
    Map<String, @Nullable Object> citations = Spelling.camel(candidate.get("citationMetadata"));
    // Vertex AI and the Gemini API call them differently.
    for (String name : new String[] {"citations", "citationSources"}) {
      for (Object item : Nodes.list(citations.get(name))) {
        Map<String, @Nullable Object> source = Spelling.camel(item);
        String uri = Nodes.textOrNull(source.get("uri"));
        if (uri != null && !uri.isEmpty()) {
          long end = Nodes.number(source.get("endIndex"), -1);
          // A start of zero is left out.
          long start = Nodes.number(source.get("startIndex"), end < 0 ? -1 : 0);
          found.add(new Found(-1, start, end, uri, Nodes.textOrNull(source.get("title"))));
        }
      }
    }
    return found;
  }

  private static void grounding(Map<String, @Nullable Object> grounding, List<Found> found) {
    List<@Nullable Object> chunks = Nodes.list(grounding.get("groundingChunks"));
    List<@Nullable Object> supports = Nodes.list(grounding.get("groundingSupports"));
    for (Object item : supports) {
      Map<String, @Nullable Object> support = Spelling.camel(item);
      Map<String, @Nullable Object> segment = Spelling.camel(support.get("segment"));
      long end = Nodes.number(segment.get("endIndex"), -1);
      long start = Nodes.number(segment.get("startIndex"), end < 0 ? -1 : 0);
      long part = Nodes.number(segment.get("partIndex"), 0);
      for (Object index : Nodes.list(support.get("groundingChunkIndices"))) {
        long at = Nodes.number(index, -1);
        if (at >= 0 && at < chunks.size()) {
          web(chunks.get((int) at), part, start, end, found);
        }
      }
    }
    if (supports.isEmpty()) {
      chunks.forEach(chunk -> web(chunk, -1, -1, -1, found));
    }
  }

  private static void web(
      @Nullable Object chunk, long part, long start, long end, List<Found> found) {
    Map<String, @Nullable Object> web = Spelling.camel(Spelling.camel(chunk).get("web"));
    String uri = Nodes.textOrNull(web.get("uri"));
    if (uri != null && !uri.isEmpty()) {
      found.add(new Found(part, start, end, uri, Nodes.textOrNull(web.get("title"))));
    }
  }
}
