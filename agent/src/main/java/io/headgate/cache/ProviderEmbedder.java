// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.config.TargetRef;
import io.headgate.gateway.Chain;
import io.headgate.gateway.Content;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.json.JsonTree;
import io.headgate.json.JsonWriter;
import io.headgate.provider.EmbeddingRequests;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Embeds by a model of a provider, with a call of its own beside the one that asks: through the
 * same client, metered and traced like any other, and cached if a rule says so.
 */
final class ProviderEmbedder implements Embedder {

  /** A vector of ten thousand numbers, written out, in bytes. */
  private static final int MOST = 1 << 20;

  private final TargetRef model;
  private final EmbeddingRequests requests;
  private final Chain chain;
  private final CacheHome home;

  ProviderEmbedder(TargetRef model, EmbeddingRequests requests, Chain chain, CacheHome home) {
    this.model = model;
    this.requests = requests;
    this.chain = chain;
    this.home = home;
  }

  @Override
  public String id() {
    return model.toString();
  }

  @Override
  public CompletionStage<float @Nullable []> embed(String text) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("model", model.model());
    body.put("input", text);
    body.put("encoding_format", "float");
    GatewayRequest request =
        requests.of(
            model.provider(),
            model.model(),
            JsonWriter.write(body),
            chain.request(),
            chain.exchange().endpoint().provider());
    if (request == null) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<float @Nullable []> vector = new CompletableFuture<>();
    // Not on the app's thread, which may be one that must not be kept waiting.
    home.background()
        .execute(
            () -> {
              try {
                var unused =
                    chain
                        .aside(request)
                        .whenComplete((answer, failure) -> answered(answer, vector));
              } catch (Throwable t) {
                home.fault(t);
                vector.complete(null);
              }
            });
    return vector;
  }

  private void answered(
      @Nullable GatewayResponse answer, CompletableFuture<float @Nullable []> vector) {
    Content content = answer == null ? null : answer.content();
    if (answer == null || content == null) {
      vector.complete(null);
      return;
    }
    home.background()
        .execute(
            () -> {
              var unused =
                  WholeContent.of(content, MOST)
                      .whenCompleteAsync(
                          (bytes, failed) -> {
                            content.close();
                            vector.complete(bytes == null ? null : vector(answer, bytes));
                          },
                          home.background());
            });
  }

  private static float @Nullable [] vector(GatewayResponse answer, byte[] body) {
    byte[] plain =
        answer.successful()
            ? Unpacked.of(body, answer.headers().first("content-encoding"), MOST)
            : null;
    if (plain == null
        || !(JsonTree.at(JsonTree.read(plain), "data.0.embedding") instanceof List<?> numbers)) {
      return null;
    }
    float[] vector = new float[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      if (!(numbers.get(i) instanceof Number number)) {
        return null;
      }
      vector[i] = number.floatValue();
    }
    return vector;
  }
}
