// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.ChatAnswer.TokenLogprob;
import io.headgate.chat.Citation;
import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message of an answer: texts, and words in which the model declines. */
final class OutputMessage extends OutputItem {

  private final List<@Nullable Object> content = Nodes.array();
  private List<@Nullable Object> annotations = Nodes.array();
  private List<@Nullable Object> logprobs = Nodes.array();
  private StringBuilder words = new StringBuilder();
  private boolean open;
  private boolean refusing;

  /** Where in the open text the block of the provider begins that it is in. */
  private int block;

  OutputMessage(NumberedEvents events, List<@Nullable Object> output, String id) {
    super(events, output, id);
  }

  @Override
  Map<String, @Nullable Object> item(String status) {
    return Nodes.object(
        "id",
        id(),
        "type",
        "message",
        "status",
        status,
        "role",
        "assistant",
        "content",
        copy(content));
  }

  void text(String text) {
    part(false);
    words.append(text);
    tell(
        "response.output_text.delta",
        "content_index",
        content.size(),
        "delta",
        text,
        "logprobs",
        Nodes.array());
  }

  void refusal(String text) {
    part(true);
    words.append(text);
    tell("response.refusal.delta", "content_index", content.size(), "delta", text);
  }

  /** The text goes on as another block of the provider, without a gap. */
  void block() {
    block = words.length();
  }

  void logprobs(List<TokenLogprob> tokens) {
    if (open && !refusing) {
      logprobs.addAll(ResponsesLogprobs.write(tokens));
    }
  }

  /** What the block rests on. Only pages of the web can be told of. */
  void cited(Citation citation) {
    String url = citation.url();
    if (url == null || !open || refusing) {
      return;
    }
    boolean placed = citation.start() >= 0 && citation.end() >= citation.start();
    Map<String, @Nullable Object> annotation =
        Nodes.object(
            "type",
            "url_citation",
            "start_index",
            placed ? block + citation.start() : block,
            "end_index",
            placed ? block + citation.end() : words.length(),
            "url",
            url,
            "title",
            citation.title() == null ? url : citation.title());
    tell(
        "response.output_text.annotation.added",
        "content_index",
        content.size(),
        "annotation_index",
        annotations.size(),
        "annotation",
        annotation);
    annotations.add(annotation);
  }

  private void part(boolean refusal) {
    if (open && refusing != refusal) {
      finish();
    }
    if (!open) {
      open = true;
      refusing = refusal;
      annotations = Nodes.array();
      logprobs = Nodes.array();
      words = new StringBuilder();
      block = 0;
      tell("response.content_part.added", "content_index", content.size(), "part", said());
    }
  }

  private Map<String, @Nullable Object> said() {
    return refusing
        ? Nodes.object("type", "refusal", "refusal", words.toString())
        : Nodes.object(
            "type",
            "output_text",
            "text",
            words.toString(),
            "annotations",
            copy(annotations),
            "logprobs",
            copy(logprobs));
  }

  @Override
  void finish() {
    if (!open) {
      return;
    }
    open = false;
    int index = content.size();
    Map<String, @Nullable Object> part = said();
    if (refusing) {
      tell("response.refusal.done", "content_index", index, "refusal", part.get("refusal"));
    } else {
      tell(
          "response.output_text.done",
          "content_index",
          index,
          "text",
          part.get("text"),
          "logprobs",
          part.get("logprobs"));
    }
    tell("response.content_part.done", "content_index", index, "part", part);
    content.add(part);
  }
}
