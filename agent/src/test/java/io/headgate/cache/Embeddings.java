// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests for embeddings, for tests. */
final class Embeddings {

  static final String OPENAI = "https://api.openai.com/v1/embeddings";
  static final String COHERE = "https://api.cohere.com/v2/embed";
  static final String OLLAMA = "http://localhost:11434/api/embed";
  static final String GEMINI =
      "https://generativelanguage.googleapis.com/v1beta/models/e:batchEmbedContents";
  static final String VERTEX =
      "https://aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/google/models/e:predict";

  private Embeddings() {}

  static Endpoint endpoint(String uri) {
    WireFormat format =
        switch (uri) {
          case OPENAI -> WireFormat.OPENAI;
          case COHERE -> WireFormat.COHERE;
          case OLLAMA -> WireFormat.OLLAMA;
          default -> uri.contains(":") ? WireFormat.GEMINI : WireFormat.OTHER;
        };
    return new Endpoint("p", "p", format, Operation.EMBEDDINGS, null, false);
  }

  static GatewayRequest request(String uri, String body, String... headers) {
    return new GatewayRequest(
        "POST", URI.create(uri), Headers.ofFlat(headers), RequestBody.of(body.getBytes(UTF_8)));
  }

  static @Nullable EmbeddingBatch maybe(String uri, String body, String... ignored) {
    return EmbeddingBatch.of(endpoint(uri), request(uri, body), Set.of(ignored));
  }

  static EmbeddingBatch batch(String uri, String body) {
    return Objects.requireNonNull(maybe(uri, body), "not splittable");
  }
}
