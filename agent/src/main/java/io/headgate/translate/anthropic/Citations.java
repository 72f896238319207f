// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.Citation;
import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What texts rest on (Anthropic API reference, citations of text blocks). */
final class Citations {

  private Citations() {}

  /**
   * The citations of a block.
   *
   * @param length of the block's text: all of it is the claim
   */
  static List<Citation> read(@Nullable Object citations, int length) {
    List<Citation> read = new ArrayList<>();
    for (Object item : Nodes.list(citations)) {
      Map<String, @Nullable Object> citation = Nodes.map(item);
      if (citation != null && length > 0) {
        read.add(read(citation, length));
      }
    }
    return read;
  }

  private static Citation read(Map<String, @Nullable Object> citation, int length) {
    String url = Nodes.textOrNull(citation.get("url"));
    String source = Nodes.text(citation.get("source"));
    if (url == null && (source.startsWith("https://") || source.startsWith("http://"))) {
      url = source;
    }
    String title = Nodes.textOrNull(citation.get("title"));
    return new Citation(
        url,
        title == null ? Nodes.textOrNull(citation.get("document_title")) : title,
        Nodes.textOrNull(citation.get("cited_text")),
        0,
        length);
  }

  /**
   * A page on the web as this format cites it; null for anything else: places in documents are
   * counted by indexes that nobody else tells.
   */
  static @Nullable Map<String, @Nullable Object> write(Citation citation) {
    if (citation.url() == null || citation.url().isEmpty()) {
      return null;
    }
    return Nodes.object(
        "type",
        "web_search_result_location",
        "cited_text",
        citation.quote() == null ? "" : citation.quote(),
        "encrypted_index",
        "",
        "title",
        citation.title(),
        "url",
        citation.url());
  }
}
