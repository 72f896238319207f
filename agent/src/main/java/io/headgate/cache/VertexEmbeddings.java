// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.json.JsonSlice;
import io.headgate.json.JsonSplices;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Embedding models behind Vertex AI's {@code :predict} ({@code
 * cloud.google.com/vertex-ai/generative-ai/docs/model-reference/text-embeddings-api}): a prediction
 * for each instance, in order. What a prediction has in it is each model's own.
 */
final class VertexEmbeddings implements EmbeddingFormat {

  @Override
  public boolean knows(String member) {
    return member.equals("instances") || member.equals("parameters");
  }

  @Override
  public @Nullable Inputs inputs(JsonSlice request) {
    return Inputs.of(request, "instances", JsonSlice::isObject);
  }

  @Override
  public byte[] alone(byte[] input) {
    return JsonSplices.array(List.of(input));
  }

  @Override
  public @Nullable Parts parts(JsonSlice answer) {
    JsonSlice metadata = answer.member("metadata");
    JsonSlice billed = metadata == null ? null : metadata.member("billableCharacterCount");
    return Parts.of(answer, "predictions", "metadata", billed);
  }

  @Override
  public boolean isEmbedding(JsonSlice element) {
    return !element.members().isEmpty();
  }
}
