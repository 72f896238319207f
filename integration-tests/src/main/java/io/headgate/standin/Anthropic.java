// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's Messages API, on its own host and in Vertex's envelope. System blocks up to the last
 * one with {@code cache_control} are written to the prompt cache, and read from it the next time.
 */
final class Anthropic implements Surface {

  @Override
  public boolean handles(String path) {
    return path.endsWith("/messages")
        || path.endsWith("/messages/count_tokens")
        || path.endsWith(":rawPredict")
        || path.endsWith(":streamRawPredict");
  }

  @Override
  public boolean authorized(Recorded request) {
    return Surface.key(request, "x-api-key") || Surface.bearer(request);
  }

  @Override
  public Reply answer(Call call) {
    String path = call.request().path();
    boolean vertex = path.endsWith("awPredict");
    if (!vertex && call.request().header("anthropic-version") == null) {
      throw new Refusal(400, "anthropic-version: header is required");
    }
    String model =
        vertex
            ? Call.known(path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf(':')))
            : call.model();
    boolean counting = path.endsWith("/count_tokens");
    StrictAnthropic.Envelope envelope =
        vertex
            ? StrictAnthropic.Envelope.VERTEX
            : counting ? StrictAnthropic.Envelope.COUNT : StrictAnthropic.Envelope.DIRECT;
    StrictAnthropic.check(call, model, envelope);
    Reply reply;
    if (counting) {
      reply = Reply.json(200, Json.object("input_tokens", call.promptTokens()));
    } else {
      boolean stream = call.stream() || path.endsWith(":streamRawPredict");
      reply = stream ? stream(call, model) : Reply.json(200, whole(call, model));
    }
    return reply.with(
        "request-id", call.id("req_"),
        "anthropic-organization-id", "00000000-0000-0000-0000-000000000000",
        "anthropic-ratelimit-requests-limit", "4000",
        "anthropic-ratelimit-requests-remaining", "3999");
  }

  private static Map<String, @Nullable Object> whole(Call call, String model) {
    return AnthropicAnswer.whole(
        call, head(call, model), call.usage() ? usage(call, model, call.outputTokens()) : null);
  }

  private static Reply stream(Call call, String model) {
    List<String> events = new ArrayList<>();
    Map<String, @Nullable Object> last = Json.object("output_tokens", call.outputTokens());
    for (Map<String, @Nullable Object> event :
        AnthropicAnswer.events(
            call,
            head(call, model),
            call.usage() ? usage(call, model, 1) : null,
            call.usage() ? last : null)) {
      events.add(Reply.event(String.valueOf(event.get("type")), event));
    }
    return Reply.sse(events);
  }

  private static Map<String, @Nullable Object> head(Call call, String model) {
    return Json.object(
        "id",
        call.id("msg_"),
        "type",
        "message",
        "role",
        "assistant",
        "model",
        call.answered(model));
  }

  /** {@code input_tokens} leaves out what the cache gave or took, as at the real host. */
  private static Map<String, @Nullable Object> usage(Call call, String model, int output) {
    int read = call.script().number("cached", 0);
    int written = call.script().number("cache-write", 0);
    String prefix = cacheable(call.body().path("system"));
    int tokens = Tokens.of(prefix);
    if (tokens >= PromptCache.LEAST_TOKENS) {
      if (call.cache().seen(model, prefix)) {
        read = tokens;
      } else {
        written = tokens;
      }
    }
    Map<String, @Nullable Object> usage =
        Json.object(
            "input_tokens",
            Math.max(0, call.promptTokens() - read - written),
            "cache_creation_input_tokens",
            written,
            "cache_read_input_tokens",
            read,
            "cache_creation",
            Json.object("ephemeral_5m_input_tokens", written, "ephemeral_1h_input_tokens", 0),
            "output_tokens",
            output,
            "service_tier",
            "standard");
    if (call.reasoningTokens() > 0) {
      usage.put("output_tokens_details", Json.object("thinking_tokens", call.reasoningTokens()));
    }
    return usage;
  }

  private static String cacheable(JsonNode system) {
    StringBuilder text = new StringBuilder();
    int end = 0;
    for (JsonNode block : system) {
      text.append(block.path("text").asText());
      if (block.hasNonNull("cache_control")) {
        end = text.length();
      }
    }
    return text.substring(0, end);
  }

  @Override
  public Reply refuse(Refusal refusal) {
    return Reply.json(refusal.status(), error(refusal.status(), refusal.message()))
        .with("request-id", "req_" + Integer.toHexString(refusal.message().hashCode()));
  }

  @Override
  public byte[] streamError() {
    return Reply.bytes(Reply.event("error", error(529, "Overloaded")));
  }

  private static Object error(int status, String message) {
    String type =
        switch (status) {
          case 400, 422 -> "invalid_request_error";
          case 401 -> "authentication_error";
          case 403 -> "permission_error";
          case 404 -> "not_found_error";
          case 413 -> "request_too_large";
          case 429 -> "rate_limit_error";
          case 529 -> "overloaded_error";
          default -> "api_error";
        };
    String text = status == 404 && message.indexOf(' ') < 0 ? "model: " + message : message;
    return Json.object(
        "type",
        "error",
        "error",
        Json.object("type", type, "message", text),
        "request_id",
        "req_" + Integer.toHexString(message.hashCode()));
  }
}
