// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.agent.Translations;
import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Who calls or is called in the golden files: a format, and a provider and model that speak it. */
enum GoldenPeer {
  OPENAI(WireFormat.OPENAI, "gpt-4o"),
  RESPONSES(WireFormat.OPENAI_RESPONSES, "gpt-4.1"),
  ANTHROPIC(WireFormat.ANTHROPIC, "claude-sonnet-4-5"),
  GEMINI(WireFormat.GEMINI, "gemini-2.5-flash"),
  BEDROCK(WireFormat.BEDROCK, "anthropic.claude-sonnet-4-5-20250929-v1:0"),
  COHERE(WireFormat.COHERE, "command-a-plus"),
  OLLAMA(WireFormat.OLLAMA, "qwen3-vl"),
  /** One of the many that speak OpenAI's format in their own way. */
  MISTRAL(WireFormat.OPENAI, "mistral-large-latest");

  /** A Tuesday in November 2023. */
  private static final long SECONDS = 1_700_000_000L;

  private static final String ID = "0123456789abcdefghijklmn";

  final WireFormat format;
  private final String model;

  GoldenPeer(WireFormat format, String model) {
    this.format = format;
    this.model = model;
  }

  /** What the files call it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether apps speak its format. */
  boolean calls() {
    return this != MISTRAL && Pairs.CALLERS.contains(format);
  }

  /** How its streams are framed, for an app that asks Gemini for events. */
  AnswerForm streams() {
    return switch (format) {
      case BEDROCK -> AnswerForm.EVENT_STREAM;
      case OLLAMA -> AnswerForm.NDJSON;
      default -> AnswerForm.SSE;
    };
  }

  /** A call of an app that speaks this format, on its way to another. */
  Translation translation(String request, GoldenPeer target, boolean stream) {
    GatewayRequest sent =
        new GatewayRequest(
            "POST",
            URI.create("https://host/path?alt=sse"),
            Headers.EMPTY,
            RequestBody.of(request.getBytes(StandardCharsets.UTF_8)));
    return Translations.translator()
        .read(endpoint(stream), sent, null)
        .to(target.endpoint(stream), target.model, SECONDS, ID);
  }

  private Endpoint endpoint(boolean stream) {
    return this == MISTRAL
        ? new Endpoint("mistral", "mistral_ai", format, Operation.CHAT, null, false)
        : Pairs.endpoint(format, stream);
  }
}
