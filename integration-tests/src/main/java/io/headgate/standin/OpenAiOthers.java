// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OpenAI's embeddings, models and moderations. */
final class OpenAiOthers implements Surface {

  @Override
  public boolean handles(String path) {
    return path.endsWith("/embeddings")
        || path.endsWith("/moderations")
        || path.endsWith("/models")
        || (path.contains("/models/") && path.indexOf(':', path.indexOf("/models/")) < 0);
  }

  @Override
  public boolean authorized(Recorded request) {
    return Surface.bearer(request)
        || Surface.key(request, "api-key")
        || Surface.key(request, "x-api-key");
  }

  @Override
  public Reply answer(Call call) {
    String path = call.request().path();
    Object body;
    if (path.endsWith("/embeddings")) {
      body = embeddings(call);
    } else if (path.endsWith("/moderations")) {
      body = moderation(call);
    } else if (path.endsWith("/models")) {
      body =
          Json.object(
              "object",
              "list",
              "data",
              List.of(model("gpt-4o-mini"), model("gpt-4o"), model("o3")));
    } else {
      body = model(Call.known(path.substring(path.lastIndexOf('/') + 1)));
    }
    return Reply.json(200, body).with("x-request-id", call.id("req_"));
  }

  private static Object embeddings(Call call) {
    String model = call.model();
    List<String> inputs = inputs(call.body().path("input"));
    if (inputs.isEmpty()) {
      throw new Refusal(400, "'$.input' is invalid.");
    }
    boolean base64 = call.body().path("encoding_format").asText().equals("base64");
    int dimensions = call.body().path("dimensions").asInt(model.contains("large") ? 3072 : 1536);
    List<Object> data = new ArrayList<>();
    for (String input : inputs) {
      float[] vector = Vectors.of(input, dimensions);
      data.add(
          Json.object(
              "object",
              "embedding",
              "index",
              data.size(),
              "embedding",
              base64 ? Vectors.base64(vector) : vector));
    }
    Map<String, @Nullable Object> body =
        Json.object("object", "list", "data", data, "model", call.answered(model));
    if (call.usage()) {
      int tokens = Tokens.sum(inputs);
      body.put("usage", Json.object("prompt_tokens", tokens, "total_tokens", tokens));
    }
    return body;
  }

  /** A text, texts, or token ids (one text of four characters for each). */
  private static List<String> inputs(JsonNode input) {
    List<String> inputs = new ArrayList<>();
    if (input.isTextual()) {
      inputs.add(input.textValue());
    } else if (input.isArray() && input.path(0).isNumber()) {
      inputs.add("toke".repeat(input.size()));
    } else {
      for (JsonNode element : input) {
        inputs.addAll(inputs(element));
      }
    }
    return inputs;
  }

  private static Object moderation(Call call) {
    Map<String, @Nullable Object> no = Json.object();
    Map<String, @Nullable Object> scores = Json.object();
    Map<String, @Nullable Object> types = Json.object();
    for (String category :
        List.of(
            "harassment",
            "harassment/threatening",
            "hate",
            "hate/threatening",
            "illicit",
            "illicit/violent",
            "self-harm",
            "self-harm/instructions",
            "self-harm/intent",
            "sexual",
            "sexual/minors",
            "violence",
            "violence/graphic")) {
      no.put(category, false);
      scores.put(category, 0.0001);
      types.put(category, List.of("text"));
    }
    Object result =
        Json.object(
            "flagged",
            false,
            "categories",
            no,
            "category_scores",
            scores,
            "category_applied_input_types",
            types);
    return Json.object(
        "id",
        call.id("modr-"),
        "model",
        call.body().path("model").asText("omni-moderation-latest"),
        "results",
        List.of(result));
  }

  private static Object model(String id) {
    return Json.object("id", id, "object", "model", "created", 1721172741, "owned_by", "system");
  }

  @Override
  public Reply refuse(Refusal refusal) {
    return OpenAiErrors.refuse(refusal);
  }

  @Override
  public byte[] streamError() {
    return Reply.bytes(OpenAiErrors.streamError());
  }
}
