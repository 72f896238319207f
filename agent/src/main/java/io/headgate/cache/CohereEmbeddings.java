// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.json.JsonSlice;
import io.headgate.json.JsonSplices;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cohere's embed, v1 and v2 ({@code docs.cohere.com/reference/embed}): a list of vectors, or one
 * list for each type asked for; the texts come back along with them. Texts only: what an answer
 * says of images is not per input.
 */
final class CohereEmbeddings implements EmbeddingFormat {

  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "texts",
          "inputs",
          "input_type",
          "embedding_types",
          "max_tokens",
          "output_dimension",
          "truncate",
          "priority");

  @Override
  public boolean knows(String member) {
    return KNOWN.contains(member);
  }

  @Override
  public @Nullable Inputs inputs(JsonSlice request) {
    JsonSlice texts = request.member("texts");
    JsonSlice inputs = request.member("inputs");
    if (texts != null && inputs != null) {
      return null;
    }
    JsonSlice value = texts != null ? texts : inputs;
    List<JsonSlice> each = value == null ? List.of() : value.elements();
    if (value == null || each.isEmpty()) {
      return null;
    }
    boolean readable =
        texts != null
            ? each.stream().allMatch(JsonSlice::isString)
            : each.stream().allMatch(CohereEmbeddings::isText);
    return readable ? new Inputs(texts != null ? "texts" : "inputs", value, each) : null;
  }

  private static boolean isText(JsonSlice input) {
    JsonSlice content = input.member("content");
    List<JsonSlice> parts = content == null ? List.of() : content.elements();
    return !parts.isEmpty() && parts.stream().allMatch(part -> "text".equals(type(part)));
  }

  private static @Nullable String type(JsonSlice part) {
    JsonSlice type = part.member("type");
    return type == null ? null : type.text();
  }

  @Override
  public byte[] alone(byte[] input) {
    return JsonSplices.array(List.of(input));
  }

  @Override
  public @Nullable Parts parts(JsonSlice answer) {
    JsonSlice embeddings = answer.member("embeddings");
    List<Column> columns = new ArrayList<>();
    if (embeddings == null) {
      return null;
    }
    if (embeddings.isArray()) {
      columns.add(new Column("embeddings", embeddings, true));
    }
    for (JsonSlice.Member type : embeddings.members()) {
      if (type.value().isArray() && !type.value().isEmpty()) {
        columns.add(new Column("embeddings." + type.name(), type.value(), true));
      }
    }
    for (String along : List.of("texts", "inputs", "images")) {
      JsonSlice echo = answer.member(along);
      if (echo != null && echo.isArray() && !echo.isEmpty()) {
        columns.add(new Column(along, echo, false));
      }
    }
    List<Count> counts = new ArrayList<>();
    JsonSlice meta = answer.member("meta");
    for (String count : List.of("billed_units", "tokens")) {
      JsonSlice value = meta == null ? null : meta.member(count);
      if (value != null) {
        counts.add(new Count("meta." + count, value));
      }
    }
    return new Parts(columns, counts);
  }

  @Override
  public boolean isEmbedding(JsonSlice element) {
    return (element.isArray() || element.isString()) && !element.isEmpty();
  }
}
