// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's chat completions and legacy completions. The usage chunk of a stream comes only when
 * {@code stream_options.include_usage} asks for it, alone, right before {@code [DONE]}.
 */
final class OpenAiChat implements Surface {

  private static final String DONE = "data: [DONE]\n\n";

  @Override
  public boolean handles(String path) {
    return path.endsWith("/completions");
  }

  @Override
  public boolean authorized(Recorded request) {
    return Surface.bearer(request) || Surface.key(request, "api-key");
  }

  @Override
  public Reply answer(Call call) {
    boolean chat = call.request().path().endsWith("/chat/completions");
    String model = model(call);
    if (chat && Hosts.mistral(call)) {
      StrictMistral.check(call);
    } else if (chat) {
      StrictOpenAiChat.check(call, model);
    }
    Reply reply =
        call.stream() ? stream(call, model, chat) : Reply.json(200, whole(call, model, chat));
    return reply.with(
        "x-request-id", call.id("req_"),
        "openai-version", "2020-10-01",
        "openai-processing-ms", "42",
        "x-ratelimit-limit-requests", "10000",
        "x-ratelimit-remaining-requests", "9999",
        "x-ratelimit-reset-requests", "6ms");
  }

  /** Azure names the deployment in the path and may leave the model out. */
  private static String model(Call call) {
    String path = call.request().path();
    int deployments = path.indexOf("/deployments/");
    if (deployments < 0 || call.body().hasNonNull("model")) {
      return call.model();
    }
    int start = deployments + "/deployments/".length();
    return Call.known(path.substring(start, path.indexOf('/', start)));
  }

  private static Map<String, @Nullable Object> whole(Call call, String model, boolean chat) {
    String finish = OpenAiChatAnswer.finish(call);
    Object choice =
        chat
            ? Json.object(
                "index",
                0,
                "message",
                OpenAiChatAnswer.message(call),
                "logprobs",
                null,
                "finish_reason",
                finish)
            : Json.object(
                "text", call.answer(), "index", 0, "logprobs", null, "finish_reason", finish);
    Map<String, @Nullable Object> body = head(call, model, chat, "chat.completion");
    body.put("choices", List.of(choice));
    if (call.usage()) {
      body.put("usage", usage(call, model));
    }
    if (chat) {
      body.put("service_tier", "default");
      body.put("system_fingerprint", "fp_standin");
    }
    return body;
  }

  private static Reply stream(Call call, String model, boolean chat) {
    boolean usage = call.body().at("/stream_options/include_usage").asBoolean(false);
    List<String> events = new ArrayList<>();
    if (chat) {
      OpenAiChatAnswer.deltas(call)
          .forEach(delta -> events.add(chunk(call, model, usage, delta, null)));
    } else {
      for (String piece : Answers.pieces(call.answer())) {
        events.add(textChunk(call, model, usage, piece, null));
      }
    }
    String finish = OpenAiChatAnswer.finish(call);
    events.add(
        chat ? finish(call, model, usage, finish) : textChunk(call, model, usage, "", finish));
    if (usage && call.usage()) {
      Map<String, @Nullable Object> last = head(call, model, chat, "chat.completion.chunk");
      last.put("choices", List.of());
      last.put("usage", usage(call, model));
      events.add(Reply.data(last));
    }
    events.add(DONE);
    return Reply.sse(events);
  }

  /** Mistral counts in its last chunk, without being asked. */
  private static String finish(Call call, String model, boolean usage, String finish) {
    Map<String, @Nullable Object> chunk = delta(call, model, usage, Json.object(), finish);
    if (Hosts.mistral(call) && call.usage()) {
      chunk.put("usage", usage(call, model));
    }
    return Reply.data(chunk);
  }

  private static String chunk(
      Call call,
      String model,
      boolean usage,
      Map<String, @Nullable Object> delta,
      @Nullable String finish) {
    return Reply.data(delta(call, model, usage, delta, finish));
  }

  private static Map<String, @Nullable Object> delta(
      Call call,
      String model,
      boolean usage,
      Map<String, @Nullable Object> delta,
      @Nullable String finish) {
    Map<String, @Nullable Object> chunk = head(call, model, true, "chat.completion.chunk");
    chunk.put("service_tier", "default");
    chunk.put("system_fingerprint", "fp_standin");
    chunk.put(
        "choices",
        List.of(
            Json.object("index", 0, "delta", delta, "logprobs", null, "finish_reason", finish)));
    if (usage) {
      chunk.put("usage", null);
    }
    return chunk;
  }

  private static String textChunk(
      Call call, String model, boolean usage, String text, @Nullable String finish) {
    Map<String, @Nullable Object> chunk = head(call, model, false, "");
    chunk.put(
        "choices",
        List.of(Json.object("text", text, "index", 0, "logprobs", null, "finish_reason", finish)));
    if (usage) {
      chunk.put("usage", null);
    }
    return Reply.data(chunk);
  }

  private static Map<String, @Nullable Object> head(
      Call call, String model, boolean chat, String object) {
    return Json.object(
        "id", call.id(chat ? "chatcmpl-" : "cmpl-"),
        "object", chat ? object : "text_completion",
        "created", Call.now(),
        "model", call.answered(model));
  }

  private static Map<String, @Nullable Object> usage(Call call, String model) {
    int input = call.promptTokens();
    int output = call.outputTokens();
    return Json.object(
        "prompt_tokens",
        input,
        "completion_tokens",
        output,
        "total_tokens",
        input + output,
        "prompt_tokens_details",
        Json.object("cached_tokens", cached(call, model), "audio_tokens", 0),
        "completion_tokens_details",
        Json.object(
            "reasoning_tokens", call.reasoningTokens(),
            "audio_tokens", 0,
            "accepted_prediction_tokens", 0,
            "rejected_prediction_tokens", 0));
  }

  /** A first text of 1024 tokens or more is cached in steps of 128 once it was sent. */
  static int cached(Call call, String model) {
    if (call.script().has("cached")) {
      return call.script().number("cached", 0);
    }
    String first = call.texts().isEmpty() ? "" : call.texts().get(0);
    int tokens = Tokens.of(first);
    boolean cacheable = tokens >= PromptCache.LEAST_TOKENS;
    return cacheable && call.cache().seen(model, first) ? tokens / 128 * 128 : 0;
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
