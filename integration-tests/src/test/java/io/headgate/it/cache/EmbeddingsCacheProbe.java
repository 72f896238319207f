// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import io.headgate.it.routing.Out;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An app on openai-java that embeds ninety texts, then these and ten more among them, twice, then
 * all of them past the cache. It prints how many vectors came, what was used, and all the numbers.
 */
final class EmbeddingsCacheProbe {

  private static final int MOST = 100;
  private static final OpenAIClient CLIENT = OpenAIOkHttpClient.builder().apiKey("sk-app").build();

  private EmbeddingsCacheProbe() {}

  public static void main(String[] args) {
    List<String> all = IntStream.range(0, MOST).mapToObj(i -> "Text number " + i).toList();
    List<String> ninety = all.stream().filter(text -> !text.endsWith("6")).toList();
    Out.call("known", () -> embedded(ninety, ""));
    Out.call("some known", () -> embedded(all, ""));
    Out.call("all known", () -> embedded(all, ""));
    Out.call("not cached", () -> embedded(all, "off"));
    System.exit(0);
  }

  private static String embedded(List<String> texts, String cache) {
    EmbeddingCreateParams.Builder params =
        EmbeddingCreateParams.builder()
            .model("text-embedding-3-small")
            .dimensions(16)
            .inputOfArrayOfStrings(texts);
    if (!cache.isEmpty()) {
      params.putAdditionalHeader("x-headgate-cache", cache);
    }
    CreateEmbeddingResponse answer = CLIENT.embeddings().create(params.build());
    StringBuilder said = new StringBuilder();
    said.append(answer.data().size()).append(' ').append(answer.usage().promptTokens());
    for (Embedding embedding : answer.data()) {
      said.append(' ').append(embedding.index()).append(':').append(embedding.embedding());
    }
    return said.toString();
  }
}
