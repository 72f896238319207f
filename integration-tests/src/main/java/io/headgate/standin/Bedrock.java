// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Amazon Bedrock: Converse and InvokeModel, at once and as event streams, and embeddings by
 * InvokeModel. A signature is only looked for, never checked. {@code inputTokens} leave out what
 * the cache gave or took, as at the real host.
 */
final class Bedrock implements Surface {

  private static final String MODEL = "/model/";

  /** Takes the events of Converse's stream, in order. */
  interface Events {
    void add(String type, Map<String, @Nullable Object> event);
  }

  @Override
  public boolean handles(String path) {
    return path.contains(MODEL)
        && (path.endsWith("/converse")
            || path.endsWith("/converse-stream")
            || path.endsWith("/invoke")
            || path.endsWith("/invoke-with-response-stream"));
  }

  @Override
  public boolean authorized(Recorded request) {
    String authorization = request.header("authorization");
    return Surface.bearer(request)
        || (authorization != null && authorization.startsWith("AWS4-HMAC-SHA256 "));
  }

  @Override
  public Reply answer(Call call) {
    String path = call.request().path();
    String raw = path.substring(path.indexOf(MODEL) + MODEL.length(), path.lastIndexOf('/'));
    String model = URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    Call.known(model);
    Reply reply =
        switch (path.substring(path.lastIndexOf('/') + 1)) {
          case "converse" -> Reply.json(200, converse(asked(call, model)));
          case "converse-stream" -> converseStream(asked(call, model));
          case "invoke" -> invoke(call, model);
          default -> invokeStream(call, model);
        };
    return reply.with("x-amzn-requestid", call.id("5a1b-"));
  }

  private static Call asked(Call call, String model) {
    StrictBedrock.check(call.body(), model);
    return call;
  }

  private static Map<String, @Nullable Object> converse(Call call) {
    Map<String, @Nullable Object> body = ConverseAnswer.message(call);
    body.put("metrics", Json.object("latencyMs", 42));
    if (call.usage()) {
      body.put("usage", usage(call));
    }
    return body;
  }

  private static Reply converseStream(Call call) {
    List<byte[]> parts = new ArrayList<>();
    ConverseAnswer.events(
        call,
        (type, event) -> {
          // Padding, so that nobody can tell the words by their lengths.
          event.put("p", "abcdefghijklmnopqrstuvwxyz".substring(0, 1 + parts.size() % 26));
          parts.add(EventFrames.event(type, event));
        });
    return new Reply(200, EventFrames.TYPE, Map.of(), parts, true);
  }

  static Map<String, @Nullable Object> usage(Call call) {
    int read = call.script().number("cached", 0);
    int written = call.script().number("cache-write", 0);
    int output = BedrockModels.output(call);
    Map<String, @Nullable Object> usage =
        Json.object(
            "inputTokens",
            Math.max(0, call.promptTokens() - read - written),
            "outputTokens",
            output,
            "totalTokens",
            call.promptTokens() + output);
    if (read + written > 0) {
      usage.put("cacheReadInputTokens", read);
      usage.put("cacheWriteInputTokens", written);
    }
    return usage;
  }

  private static Reply invoke(Call call, String model) {
    Reply embedded = embed(call, model);
    if (embedded != null) {
      return embedded;
    }
    Reply reply = Reply.json(200, family(call, model).whole(call, model));
    return call.usage()
        ? reply.with(
            "x-amzn-bedrock-input-token-count",
            String.valueOf(call.promptTokens()),
            "x-amzn-bedrock-output-token-count",
            String.valueOf(BedrockModels.output(call)),
            "x-amzn-bedrock-invocation-latency",
            "42")
        : reply;
  }

  private static Reply invokeStream(Call call, String model) {
    List<Map<String, @Nullable Object>> events = family(call, model).stream(call, model);
    if (call.usage()) {
      events
          .get(events.size() - 1)
          .put(
              "amazon-bedrock-invocationMetrics",
              Json.object(
                  "inputTokenCount",
                  call.promptTokens(),
                  "outputTokenCount",
                  BedrockModels.output(call),
                  "invocationLatency",
                  42,
                  "firstByteLatency",
                  7));
    }
    List<byte[]> parts = new ArrayList<>();
    for (Map<String, @Nullable Object> event : events) {
      parts.add(EventFrames.chunk(event));
    }
    return new Reply(200, EventFrames.TYPE, Map.of(), parts, true)
        .with("x-amzn-bedrock-content-type", "application/json");
  }

  private static BedrockModels family(Call call, String model) {
    BedrockModels family = BedrockModels.of(model);
    if (family == null) {
      throw new Refusal(400, "The provided model identifier is invalid.");
    }
    if (!family.complete(call.body())) {
      throw new Refusal(400, "Malformed input request: #: required key not found.");
    }
    if (family == BedrockModels.CLAUDE) {
      StrictAnthropic.check(call, model, StrictAnthropic.Envelope.BEDROCK);
    }
    return family;
  }

  /** Titan's embeddings tell their tokens, Cohere's only in the header; null for other models. */
  private static @Nullable Reply embed(Call call, String model) {
    if (!model.contains("embed")) {
      return null;
    }
    boolean titan = model.contains("titan");
    if (!call.body().has(titan ? "inputText" : "texts")) {
      throw new Refusal(400, "Malformed input request: #: required key not found.");
    }
    int tokens = Tokens.sum(call.texts());
    List<float[]> vectors = new ArrayList<>();
    for (String text : call.texts()) {
      vectors.add(Vectors.of(text, call.body().path("dimensions").asInt(1024)));
    }
    Object body =
        titan
            ? Json.object("embedding", vectors.get(0), "inputTextTokenCount", tokens)
            : Json.object(
                "embeddings",
                vectors,
                "id",
                call.id(""),
                "response_type",
                "embeddings_floats",
                "texts",
                call.texts());
    return Reply.json(200, body).with("x-amzn-bedrock-input-token-count", String.valueOf(tokens));
  }

  @Override
  public Reply refuse(Refusal refusal) {
    String type =
        switch (refusal.status()) {
          case 401, 403 -> "AccessDeniedException";
          case 404 -> "ResourceNotFoundException";
          case 408 -> "ModelTimeoutException";
          case 424 -> "ModelErrorException";
          case 429 -> "ThrottlingException";
          case 503 -> "ServiceUnavailableException";
          default -> refusal.status() < 500 ? "ValidationException" : "InternalServerException";
        };
    // Bedrock knows no 401: a credential that is none is refused as one that may not.
    int status = refusal.status() == 401 ? 403 : refusal.status();
    return Reply.json(status, Json.object("message", refusal.message()))
        .with("x-amzn-errortype", type, "x-amzn-requestid", "5a1b");
  }

  @Override
  public byte[] streamError() {
    return EventFrames.exception("throttlingException", "Too many requests, please wait.");
  }
}
