// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.Citation;
import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what texts rest on (Anthropic API reference, citations of text blocks). There is nothing to
 * write: apps send citations back with the next turn, which may go to Anthropic itself. That wants
 * an encrypted index of each page that only its own search gives, or places in documents that the
 * request has.
 */
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
}
