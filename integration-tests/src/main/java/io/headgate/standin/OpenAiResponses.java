// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OpenAI's Responses API: every event named and numbered, the last one with the whole response. */
final class OpenAiResponses implements Surface {

  @Override
  public boolean handles(String path) {
    return path.endsWith("/responses");
  }

  @Override
  public boolean authorized(Recorded request) {
    return Surface.bearer(request) || Surface.key(request, "api-key");
  }

  @Override
  public Reply answer(Call call) {
    String model = call.model();
    StrictResponses.check(call, model);
    Reply reply =
        call.stream() ? stream(call, model) : Reply.json(200, response(call, model, true));
    return reply.with("x-request-id", call.id("req_"), "openai-version", "2020-10-01");
  }

  private static Reply stream(Call call, String model) {
    List<String> events = new ArrayList<>();
    add(events, "response.created", Json.object("response", response(call, model, false)));
    add(events, "response.in_progress", Json.object("response", response(call, model, false)));
    ResponsesAnswer.events(call, (type, event) -> add(events, type, event));
    add(
        events,
        "response." + ResponsesAnswer.status(call),
        Json.object("response", response(call, model, true)));
    return Reply.sse(events);
  }

  private static void add(List<String> events, String type, Map<String, @Nullable Object> fields) {
    Map<String, @Nullable Object> event = Json.object("type", type);
    event.put("sequence_number", events.size());
    event.putAll(fields);
    events.add(Reply.event(type, event));
  }

  private static Map<String, @Nullable Object> response(Call call, String model, boolean ended) {
    String status = ended ? ResponsesAnswer.status(call) : "in_progress";
    return Json.object(
        "id",
        call.id("resp_"),
        "object",
        "response",
        "created_at",
        Call.now(),
        "status",
        status,
        "background",
        false,
        "error",
        null,
        "incomplete_details",
        ended ? ResponsesAnswer.incomplete(call) : null,
        "instructions",
        orNull(call.body().path("instructions")),
        "max_output_tokens",
        orNull(call.body().path("max_output_tokens")),
        "model",
        call.answered(model),
        "output",
        ended ? ResponsesAnswer.items(call) : List.of(),
        "parallel_tool_calls",
        true,
        "previous_response_id",
        null,
        "reasoning",
        Json.object("effort", null, "summary", null),
        "service_tier",
        "default",
        "store",
        call.body().path("store").asBoolean(true),
        "temperature",
        call.body().path("temperature").asDouble(1.0),
        "text",
        Json.object("format", Json.object("type", "text"), "verbosity", "medium"),
        "tool_choice",
        "auto",
        "tools",
        List.of(),
        "top_p",
        call.body().path("top_p").asDouble(1.0),
        "truncation",
        "disabled",
        "usage",
        ended && call.usage() ? usage(call, model) : null,
        "user",
        null,
        "metadata",
        Json.object());
  }

  private static @Nullable JsonNode orNull(JsonNode node) {
    return node.isMissingNode() ? null : node;
  }

  private static Map<String, @Nullable Object> usage(Call call, String model) {
    int input = call.promptTokens();
    int output = call.outputTokens();
    return Json.object(
        "input_tokens",
        input,
        "input_tokens_details",
        Json.object(
            "cached_tokens", OpenAiChat.cached(call, model),
            "cache_write_tokens", call.script().number("cache-write", 0)),
        "output_tokens",
        output,
        "output_tokens_details",
        Json.object("reasoning_tokens", call.reasoningTokens()),
        "total_tokens",
        input + output);
  }

  @Override
  public Reply refuse(Refusal refusal) {
    return OpenAiErrors.refuse(refusal);
  }

  @Override
  public byte[] streamError() {
    return Reply.bytes(
        Reply.event(
            "error",
            Json.object(
                "type",
                "error",
                "sequence_number",
                9,
                "code",
                "server_error",
                "message",
                Refusal.scripted(500).message(),
                "param",
                null)));
  }
}
