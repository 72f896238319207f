// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.ChatRequest;
import io.headgate.json.Nodes;
import io.headgate.translate.AppRequest;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a request: all members but those that {@link ChatKnobs}, the turns and the tools take. */
final class ChatRequestReader {

  /** Members that are read, or say nothing that could be lost. */
  private static final Set<String> READ =
      Set.of(
          "model",
          "messages",
          "tools",
          "functions",
          "tool_choice",
          "function_call",
          "parallel_tool_calls",
          "stream",
          "stream_options",
          "response_format",
          "reasoning_effort",
          "reasoning",
          "thinking",
          "max_tokens",
          "max_completion_tokens",
          "temperature",
          "top_p",
          "top_k",
          "stop",
          "seed",
          "frequency_penalty",
          "presence_penalty",
          "logit_bias",
          "logprobs",
          "top_logprobs",
          "n",
          "user",
          "safety_identifier",
          "prompt_cache_key",
          "service_tier",
          "metadata",
          "modalities",
          "audio",
          "web_search_options");

  private final AppRequest request;
  private final Map<String, @Nullable Object> body;
  private final Notes notes;
  private final List<String> bound = new ArrayList<>();

  ChatRequestReader(AppRequest request, Notes notes) {
    this.request = request;
    this.body = request.body();
    this.notes = notes;
  }

  ChatRequest read() {
    if (!(body.get("messages") instanceof List<?>)) {
      throw new Ineligible("messages is no list");
    }
    ChatRequest.Builder chat = ChatRequest.builder();
    chat.model = model();
    new ChatTurnReader(notes, bound).into(chat, Nodes.list(body.get("messages")));
    new ChatToolReader(notes, bound).into(chat, body);
    ChatKnobs knobs = new ChatKnobs(body, notes, bound);
    chat.sampling = knobs.sampling();
    chat.format = knobs.format();
    chat.reasoning = knobs.reasoning();
    chat.stream = Boolean.TRUE.equals(body.get("stream"));
    chat.streamUsage = Boolean.TRUE.equals(Nodes.map(body, "stream_options").get("include_usage"));
    String person = Nodes.textOrNull(body.get("safety_identifier"));
    chat.user = person == null ? Nodes.textOrNull(body.get("user")) : person;
    chat.cacheKey = Nodes.textOrNull(body.get("prompt_cache_key"));
    chat.serviceTier = tier();
    chat.metadata = metadata();
    hosted();
    chat.bound = bound;
    rest();
    return chat.build();
  }

  private String model() {
    String named = Nodes.text(body.get("model"));
    String ofPath = request.endpoint().model();
    return named.isEmpty() && ofPath != null ? ofPath : named;
  }

  /** What a provider does by default is no wish. */
  private @Nullable String tier() {
    String tier = Nodes.textOrNull(body.get("service_tier"));
    return "auto".equals(tier) ? null : tier;
  }

  private Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    Nodes.map(body, "metadata")
        .forEach(
            (name, value) -> {
              if (value != null) {
                metadata.put(name, value.toString());
              }
            });
    return metadata;
  }

  private void hosted() {
    for (Object modality : Nodes.list(body.get("modalities"))) {
      if (!"text".equals(Nodes.text(modality))) {
        bound.add("modalities " + Nodes.text(modality));
      }
    }
    if (Nodes.map(body.get("audio")) != null) {
      bound.add("audio");
    }
    if (Nodes.map(body.get("web_search_options")) != null) {
      bound.add("web_search_options");
    }
  }

  /** Tells what is left out, unless it says nothing or what is the default anyway. */
  private void rest() {
    body.forEach(
        (name, value) -> {
          boolean silent =
              READ.contains(name)
                  || Nodes.empty(value)
                  || Boolean.FALSE.equals(value)
                  || (name.equals("verbosity") && "medium".equals(value));
          if (!silent) {
            notes.dropped(name);
          }
        });
  }
}
