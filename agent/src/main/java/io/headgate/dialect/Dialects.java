// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.ResponseReader;
import io.headgate.gateway.WireReader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what requests ask for and what answers tell, in all wire formats we know. Neither builds a
 * tree nor keeps text: one pass over the bytes, in constant memory. Thread-safe; its readers are
 * not.
 */
public final class Dialects implements WireReader {

  public Dialects() {}

  @Override
  public RequestFacts request(Endpoint endpoint, GatewayRequest request) {
    RequestGatherer gatherer = new RequestGatherer(endpoint);
    byte[] body = request.body().bytes();
    if (endpoint.format() != WireFormat.OTHER && body.length > 0) {
      if (MultipartForm.looksLike(body)) {
        MultipartForm.read(body, gatherer);
      } else {
        new JsonScanner<>(RequestShape.ANY, gatherer).read(body, 0, body.length);
      }
    }
    return gatherer.facts();
  }

  @Override
  public ResponseReader response(
      Endpoint endpoint, RequestFacts request, int status, Headers responseHeaders) {
    Shape<Field> shape = shape(endpoint.format());
    return shape == null || endpoint.operation() == Operation.FILES
        ? new Blind()
        : new AnswerReader(shape, endpoint, request, status, responseHeaders);
  }

  private static @Nullable Shape<Field> shape(WireFormat format) {
    return switch (format) {
      case OPENAI -> OpenAiShapes.COMMON;
      case OPENAI_RESPONSES -> OpenAiShapes.RESPONSES;
      case ANTHROPIC -> AnthropicShapes.MESSAGES;
      case GEMINI -> GeminiShapes.GENERATE;
      case COHERE -> CohereShapes.ANSWERS;
      case OLLAMA -> OllamaShapes.ANSWERS;
      case BEDROCK -> BedrockShapes.ANSWERS;
      case OTHER -> null;
    };
  }

  /** For answers of which nothing is read. */
  private static final class Blind implements ResponseReader {
    @Override
    public void read(ByteBuffer bytes) {}

    @Override
    public ResponseFacts finish(boolean complete) {
      return ResponseFacts.NONE;
    }
  }
}
