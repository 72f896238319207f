// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.Citation;
import io.headgate.chat.Part;
import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What texts rest on. Converse says such a text as a {@code citationsContent} rather than as a
 * {@code text}, which only apps expect that have asked for it.
 */
final class ConverseCitations {

  private ConverseCitations() {}

  /** The text of a {@code citationsContent}. */
  static Part text(Map<String, @Nullable Object> content) {
    StringBuilder text = new StringBuilder();
    for (Object item : Nodes.list(content.get("content"))) {
      Map<String, @Nullable Object> piece = Nodes.map(item);
      text.append(piece == null ? "" : Nodes.text(piece.get("text")));
    }
    List<Citation> citations = new ArrayList<>();
    for (Object item : Nodes.list(content.get("citations"))) {
      Map<String, @Nullable Object> citation = Nodes.map(item);
      if (citation != null) {
        citations.add(citation(citation));
      }
    }
    return new Part.Text(text.toString(), null, citations);
  }

  /** One of the citations, of an answer or of a stream. */
  static Citation citation(Map<String, @Nullable Object> citation) {
    Map<String, @Nullable Object> location = Nodes.map(citation, "location");
    StringBuilder quote = new StringBuilder();
    for (Object item : Nodes.list(citation.get("sourceContent"))) {
      Map<String, @Nullable Object> piece = Nodes.map(item);
      quote.append(piece == null ? "" : Nodes.text(piece.get("text")));
    }
    return new Citation(
        Nodes.textOrNull(Nodes.map(location, "web").get("url")),
        Nodes.textOrNull(citation.get("title")),
        quote.isEmpty() ? null : quote.toString(),
        -1,
        -1);
  }

  /** A citation, for an answer or for a stream. */
  static Map<String, @Nullable Object> node(Citation citation) {
    Map<String, @Nullable Object> node = Nodes.object();
    if (citation.title() != null) {
      node.put("title", citation.title());
    }
    if (citation.quote() != null) {
      node.put("sourceContent", Nodes.array(Nodes.object("text", citation.quote())));
    }
    if (citation.url() != null) {
      node.put("location", Nodes.object("web", Nodes.object("url", citation.url())));
    }
    return node;
  }

  /** A text with all that it rests on. */
  static Map<String, @Nullable Object> block(Part.Text text) {
    List<@Nullable Object> citations = new ArrayList<>();
    text.citations().forEach(citation -> citations.add(node(citation)));
    return Nodes.object(
        "citationsContent",
        Nodes.object(
            "content", Nodes.array(Nodes.object("text", text.text())), "citations", citations));
  }

  /** Whether an app has asked for citations, for a document at least. */
  static boolean asked(Map<String, @Nullable Object> body) {
    for (Object item : Nodes.list(body.get("messages"))) {
      Map<String, @Nullable Object> message = Nodes.map(item);
      for (Object part : Nodes.list(message == null ? null : message.get("content"))) {
        Map<String, @Nullable Object> block = Nodes.map(part);
        if (block != null && (wanted(block, "document") || wanted(block, "searchResult"))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean wanted(Map<String, @Nullable Object> block, String kind) {
    return Boolean.TRUE.equals(Nodes.map(Nodes.map(block, kind), "citations").get("enabled"));
  }
}
