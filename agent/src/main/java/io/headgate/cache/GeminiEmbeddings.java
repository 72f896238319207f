// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.json.JsonSlice;
import io.headgate.json.JsonSplices;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gemini's {@code :batchEmbedContents} ({@code ai.google.dev/api/embeddings}): each of its requests
 * says all of one input, its model and task included.
 */
final class GeminiEmbeddings implements EmbeddingFormat {

  @Override
  public boolean knows(String member) {
    return member.equals("requests");
  }

  @Override
  public @Nullable Inputs inputs(JsonSlice request) {
    JsonSlice requests = request.member("requests");
    List<JsonSlice> each = requests == null ? List.of() : requests.elements();
    return requests != null && !each.isEmpty() && each.stream().allMatch(JsonSlice::isObject)
        ? new Inputs("requests", requests, each)
        : null;
  }

  @Override
  public byte[] alone(byte[] input) {
    return JsonSplices.array(List.of(input));
  }

  @Override
  public @Nullable Parts parts(JsonSlice answer) {
    JsonSlice embeddings = answer.member("embeddings");
    if (embeddings == null || !embeddings.isArray()) {
      return null;
    }
    JsonSlice usage = answer.member("usageMetadata");
    return new Parts(
        List.of(new Column("embeddings", embeddings, true)),
        usage == null ? List.of() : List.of(new Count("usageMetadata", usage)));
  }

  @Override
  public boolean isEmbedding(JsonSlice element) {
    JsonSlice values = element.member("values");
    return values != null && values.isArray() && !values.isEmpty();
  }
}
