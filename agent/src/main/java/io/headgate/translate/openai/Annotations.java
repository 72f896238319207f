// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.Citation;
import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pages on the web that a text rests on. */
final class Annotations {

  private Annotations() {}

  /** Those of a message, or of a piece of one. */
  static List<Citation> read(Map<String, @Nullable Object> message) {
    List<Citation> citations = new ArrayList<>();
    for (Object item : Nodes.list(message.get("annotations"))) {
      Map<String, @Nullable Object> annotation = Nodes.map(item);
      if (annotation != null) {
        Map<String, @Nullable Object> page = Nodes.map(annotation.get("url_citation"));
        add(citations, page == null ? annotation : page);
      }
    }
    return citations;
  }

  /** Perplexity's, which stand beside the choices and tell no place in the text. */
  static List<Citation> beside(Map<String, @Nullable Object> body) {
    List<Citation> citations = new ArrayList<>();
    for (Object item : Nodes.list(body.get("search_results"))) {
      Map<String, @Nullable Object> page = Nodes.map(item);
      if (page != null) {
        add(citations, page);
      }
    }
    if (citations.isEmpty()) {
      for (Object item : Nodes.list(body.get("citations"))) {
        if (!Nodes.text(item).isEmpty()) {
          citations.add(new Citation(Nodes.text(item), null, null, -1, -1));
        }
      }
    }
    return citations;
  }

  private static void add(List<Citation> citations, Map<String, @Nullable Object> page) {
    String url = Nodes.text(page.get("url"));
    if (!url.isEmpty()) {
      citations.add(
          new Citation(
              url,
              Nodes.textOrNull(page.get("title")),
              null,
              place(page.get("start_index")),
              place(page.get("end_index"))));
    }
  }

  private static int place(@Nullable Object index) {
    long place = Nodes.number(index, -1);
    return place < 0 || place > Integer.MAX_VALUE ? -1 : (int) place;
  }

  /**
   * As the message has it; null for what is no page on the web.
   *
   * @param from where in the message the text begins that the citation counts from
   * @param to where that text ends, for a citation that tells no place
   */
  static @Nullable Map<String, @Nullable Object> written(Citation citation, int from, int to) {
    if (citation.url() == null) {
      return null;
    }
    boolean placed = citation.start() >= 0 && citation.end() >= citation.start();
    String title = citation.title();
    return Nodes.object(
        "type",
        "url_citation",
        "url_citation",
        Nodes.object(
            "start_index",
            placed ? from + citation.start() : from,
            "end_index",
            placed ? from + citation.end() : to,
            "url",
            citation.url(),
            "title",
            title == null ? "" : title));
  }
}
