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
    return Inputs.of(request, "requests", JsonSlice::isObject);
  }

  @Override
  public byte[] alone(byte[] input) {
    return JsonSplices.array(List.of(input));
  }

  @Override
  public @Nullable Parts parts(JsonSlice answer) {
    return Parts.of(answer, "embeddings", "usageMetadata", answer.member("usageMetadata"));
  }

  @Override
  public boolean isEmbedding(JsonSlice element) {
    JsonSlice values = element.member("values");
    return values != null && values.isArray() && !values.isEmpty();
  }
}
