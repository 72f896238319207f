// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gemini's API, and Vertex's paths of the same form: the model and the method stand in the path. A
 * stream without {@code alt=sse} is one JSON array sent bit by bit, as the real host does.
 */
final class Gemini implements Surface {

  private static final List<String> METHODS =
      List.of(
          ":generateContent",
          ":streamGenerateContent",
          ":embedContent",
          ":batchEmbedContents",
          ":countTokens");

  @Override
  public boolean handles(String path) {
    return METHODS.contains(method(path));
  }

  private static String method(String path) {
    String last = path.substring(path.lastIndexOf('/') + 1).replace("%3A", ":");
    int colon = last.lastIndexOf(':');
    return colon < 0 ? "" : last.substring(colon);
  }

  private static String model(String path) {
    String last = path.substring(path.lastIndexOf('/') + 1).replace("%3A", ":");
    String model = last.substring(0, last.lastIndexOf(':'));
    return Call.known(URLDecoder.decode(model, StandardCharsets.UTF_8));
  }

  @Override
  public boolean authorized(Recorded request) {
    return Surface.key(request, "x-goog-api-key")
        || Surface.bearer(request)
        || ("&" + request.query()).contains("&key=");
  }

  @Override
  public Reply answer(Call call) {
    String path = call.request().path();
    String model = model(path);
    return switch (method(path)) {
      case ":generateContent" -> Reply.json(200, whole(checked(call, model), model));
      case ":streamGenerateContent" -> stream(checked(call, model), model);
      case ":embedContent" ->
          Reply.json(200, Json.object("embedding", embedding(call.texts(), call.body())));
      case ":batchEmbedContents" -> Reply.json(200, Json.object("embeddings", batch(call)));
      default -> Reply.json(200, count(call));
    };
  }

  private static Call checked(Call call, String model) {
    StrictGemini.check(call, model);
    return call;
  }

  private static Object whole(Call call, String model) {
    List<Object> parts = GeminiAnswer.chunks(call, model, false).get(0);
    return chunk(call, model, parts, GeminiAnswer.finish(call));
  }

  private static Reply stream(Call call, String model) {
    boolean sse = ("&" + call.request().query()).contains("&alt=sse");
    List<List<Object>> pieces = GeminiAnswer.chunks(call, model, true);
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      String finish = i == pieces.size() - 1 ? GeminiAnswer.finish(call) : null;
      Object chunk = chunk(call, model, pieces.get(i), finish);
      parts.add(
          sse
              ? "data: " + Json.write(chunk) + "\r\n\r\n"
              : (i == 0 ? "[" : ",\r\n") + Json.write(chunk));
    }
    if (sse) {
      return Reply.sse(parts);
    }
    parts.add("]");
    return Reply.lines("application/json; charset=UTF-8", parts);
  }

  private static Map<String, @Nullable Object> chunk(
      Call call, String model, List<Object> parts, @Nullable String finish) {
    Map<String, @Nullable Object> candidate = Json.object();
    // A refusal comes without any content.
    if (!parts.isEmpty()) {
      candidate.put("content", Json.object("parts", parts, "role", "model"));
    }
    if (finish != null) {
      candidate.put("finishReason", finish);
    }
    candidate.put("index", 0);
    Map<String, @Nullable Object> body = Json.object("candidates", List.of(candidate));
    if (call.usage()) {
      body.put("usageMetadata", usage(call, finish != null));
    }
    body.put("modelVersion", call.answered(model));
    body.put("responseId", call.id(""));
    return body;
  }

  /** Cumulative: what the answer took is known with its last chunk. */
  private static Map<String, @Nullable Object> usage(Call call, boolean last) {
    int input = call.promptTokens();
    int output = last ? call.told().tokens() : 0;
    int thoughts = call.reasoningTokens();
    Map<String, @Nullable Object> usage = Json.object("promptTokenCount", input);
    if (last) {
      usage.put("candidatesTokenCount", output);
    }
    usage.put("totalTokenCount", input + output + thoughts);
    if (call.script().has("cached")) {
      usage.put("cachedContentTokenCount", call.script().number("cached", 0));
    }
    usage.put("promptTokensDetails", List.of(Json.object("modality", "TEXT", "tokenCount", input)));
    if (thoughts > 0) {
      usage.put("thoughtsTokenCount", thoughts);
    }
    return usage;
  }

  private static List<Object> batch(Call call) {
    List<Object> embeddings = new ArrayList<>();
    for (JsonNode request : call.body().path("requests")) {
      embeddings.add(embedding(Texts.of(request), request));
    }
    return embeddings;
  }

  private static Object embedding(List<String> texts, JsonNode request) {
    int dimensions = request.path("outputDimensionality").asInt(768);
    return Json.object("values", Vectors.of(String.join("\n", texts), dimensions));
  }

  private static Object count(Call call) {
    int tokens = call.promptTokens();
    return Json.object(
        "totalTokens",
        tokens,
        "promptTokensDetails",
        List.of(Json.object("modality", "TEXT", "tokenCount", tokens)));
  }

  @Override
  public Reply refuse(Refusal refusal) {
    return Reply.json(refusal.status(), error(refusal.status(), refusal.message()));
  }

  @Override
  public byte[] streamError() {
    return Reply.bytes(Reply.data(error(503, "The model is overloaded. Please try again later.")));
  }

  private static Object error(int status, String message) {
    String name =
        switch (status) {
          case 400 -> "INVALID_ARGUMENT";
          case 401 -> "UNAUTHENTICATED";
          case 403 -> "PERMISSION_DENIED";
          case 404 -> "NOT_FOUND";
          case 429 -> "RESOURCE_EXHAUSTED";
          case 503 -> "UNAVAILABLE";
          case 504 -> "DEADLINE_EXCEEDED";
          default -> "INTERNAL";
        };
    String text =
        status == 404 && message.indexOf(' ') < 0
            ? "models/" + message + " is not found for API version v1beta."
            : message;
    return Json.object("error", Json.object("code", status, "message", text, "status", name));
  }
}
