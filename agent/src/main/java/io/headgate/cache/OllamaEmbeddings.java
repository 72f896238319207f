// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.json.JsonSlice;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ollama's {@code /api/embed} ({@code github.com/ollama/ollama/blob/main/docs/api.md}). Its times
 * are those of one call and stay as they are.
 */
final class OllamaEmbeddings implements EmbeddingFormat {

  private static final Set<String> KNOWN =
      Set.of("model", "input", "truncate", "options", "keep_alive", "dimensions");

  @Override
  public boolean knows(String member) {
    return KNOWN.contains(member);
  }

  @Override
  public @Nullable Inputs inputs(JsonSlice request) {
    JsonSlice input = request.member("input");
    return input != null && input.isString()
        ? new Inputs("input", input, List.of(input))
        : Inputs.of(request, "input", JsonSlice::isString);
  }

  @Override
  public byte[] alone(byte[] input) {
    return input;
  }

  @Override
  public @Nullable Parts parts(JsonSlice answer) {
    JsonSlice tokens = answer.member("prompt_eval_count");
    return Parts.of(answer, "embeddings", "prompt_eval_count", tokens);
  }

  @Override
  public boolean isEmbedding(JsonSlice element) {
    return element.isArray() && !element.isEmpty();
  }
}
