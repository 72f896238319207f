// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cohere's v2 chat (named events), v1 chat (NDJSON), embed and rerank. Billed units differ from
 * tokens as they do there: the billed input is the texts' own tokens, without the 3 and the 4 each.
 */
final class Cohere implements Surface {

  @Override
  public boolean handles(String path) {
    return path.endsWith("/v2/chat")
        || path.endsWith("/v1/chat")
        || path.endsWith("/v2/embed")
        || path.endsWith("/v1/embed")
        || path.endsWith("/v2/rerank")
        || path.endsWith("/v1/rerank");
  }

  @Override
  public boolean authorized(Recorded request) {
    return Surface.bearer(request);
  }

  @Override
  public Reply answer(Call call) {
    String path = call.request().path();
    if (path.endsWith("/embed")) {
      return Reply.json(200, embed(call));
    }
    if (path.endsWith("/rerank")) {
      return Reply.json(200, rerank(call));
    }
    if (path.endsWith("/v1/chat")) {
      return call.stream() ? streamOne(call) : Reply.json(200, wholeOne(call));
    }
    StrictCohere.check(call.body(), call.model());
    return call.stream() ? CohereChat.stream(call) : Reply.json(200, CohereChat.whole(call));
  }

  private static Map<String, @Nullable Object> wholeOne(Call call) {
    return Json.object(
        "response_id",
        call.id(""),
        "text",
        call.answer(),
        "generation_id",
        call.id(""),
        "chat_history",
        List.of(),
        "finish_reason",
        finish(call),
        "meta",
        meta("1", usage(call)));
  }

  private static Reply streamOne(Call call) {
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            Json.object(
                "is_finished", false, "event_type", "stream-start", "generation_id", call.id(""))));
    for (String piece : Answers.pieces(call.answer())) {
      lines.add(
          line(Json.object("is_finished", false, "event_type", "text-generation", "text", piece)));
    }
    lines.add(
        line(
            Json.object(
                "is_finished",
                true,
                "event_type",
                "stream-end",
                "response",
                wholeOne(call),
                "finish_reason",
                finish(call))));
    return Reply.lines("application/stream+json", lines);
  }

  private static String line(Object object) {
    return Json.write(object) + "\n";
  }

  private static Object embed(Call call) {
    call.model();
    List<String> texts = new ArrayList<>();
    for (JsonNode text : call.body().path("texts")) {
      texts.add(text.asText());
    }
    List<float[]> vectors = new ArrayList<>();
    for (String text : texts) {
      vectors.add(Vectors.of(text, 1024));
    }
    boolean two = call.request().path().endsWith("/v2/embed");
    return Json.object(
        "id",
        call.id(""),
        "embeddings",
        two ? Json.object("float", vectors) : vectors,
        "texts",
        texts,
        "meta",
        meta(
            two ? "2" : "1",
            Json.object("billed_units", Json.object("input_tokens", Tokens.sum(texts)))),
        "response_type",
        two ? "embeddings_by_type" : "embeddings_floats");
  }

  private static Object rerank(Call call) {
    call.model();
    int documents = call.body().path("documents").size();
    int most = call.body().path("top_n").asInt(documents);
    List<Object> results = new ArrayList<>();
    for (int i = 0; i < Math.min(documents, most); i++) {
      results.add(Json.object("index", i, "relevance_score", 0.9 / (i + 1)));
    }
    return Json.object(
        "id",
        call.id(""),
        "results",
        results,
        "meta",
        meta("2", Json.object("billed_units", Json.object("search_units", 1))));
  }

  private static Object meta(String version, Map<String, @Nullable Object> units) {
    Map<String, @Nullable Object> meta =
        Json.object("api_version", Json.object("version", version));
    meta.putAll(units);
    return meta;
  }

  static Map<String, @Nullable Object> usage(Call call) {
    int output = call.outputTokens();
    Map<String, @Nullable Object> usage =
        Json.object(
            "billed_units",
            Json.object("input_tokens", Tokens.sum(call.texts()), "output_tokens", output),
            "tokens",
            Json.object("input_tokens", call.promptTokens(), "output_tokens", output));
    if (call.script().has("cached")) {
      usage.put("cached_tokens", call.script().number("cached", 0));
    }
    return usage;
  }

  private static String finish(Call call) {
    return call.cut() ? "MAX_TOKENS" : "COMPLETE";
  }

  @Override
  public Reply refuse(Refusal refusal) {
    String message =
        refusal.status() == 404 && refusal.message().indexOf(' ') < 0
            ? "model '" + refusal.message() + "' not found"
            : refusal.message();
    return Reply.json(
        refusal.status(),
        Json.object("id", Integer.toHexString(message.hashCode()), "message", message));
  }

  @Override
  public byte[] streamError() {
    Object delta = Json.object("finish_reason", "ERROR", "error", "internal server error");
    return Reply.bytes(
        Reply.event("message-end", Json.object("type", "message-end", "delta", delta)));
  }
}
