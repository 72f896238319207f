// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bodies of InvokeModel, which are each model family's own, at once and as a stream. */
enum BedrockModels {
  CLAUDE {
    @Override
    Map<String, @Nullable Object> whole(Call call, String model) {
      return AnthropicAnswer.whole(call, claude(call, model), claudeUsage(call, output(call)));
    }

    @Override
    List<Map<String, @Nullable Object>> stream(Call call, String model) {
      return AnthropicAnswer.events(
          call,
          claude(call, model),
          claudeUsage(call, 1),
          Json.object("output_tokens", output(call)));
    }
  },

  NOVA {
    @Override
    Map<String, @Nullable Object> whole(Call call, String model) {
      Map<String, @Nullable Object> body = ConverseAnswer.message(call);
      body.put("usage", Bedrock.usage(call));
      return body;
    }

    @Override
    List<Map<String, @Nullable Object>> stream(Call call, String model) {
      List<Map<String, @Nullable Object>> events = new ArrayList<>();
      ConverseAnswer.events(call, (type, event) -> events.add(Json.object(type, event)));
      return events;
    }
  },

  TITAN {
    @Override
    Map<String, @Nullable Object> whole(Call call, String model) {
      return Json.object(
          "inputTextTokenCount",
          call.promptTokens(),
          "results",
          List.of(
              Json.object(
                  "tokenCount",
                  output(call),
                  "outputText",
                  call.answer(),
                  "completionReason",
                  stop(call, "LENGTH", "FINISH"))));
    }

    @Override
    Map<String, @Nullable Object> piece(Call call, String text, boolean first, boolean last) {
      return Json.object(
          "outputText",
          text,
          "index",
          0,
          "totalOutputTextTokenCount",
          last ? (Integer) output(call) : null,
          "completionReason",
          last ? stop(call, "LENGTH", "FINISH") : null,
          "inputTextTokenCount",
          first ? (Integer) call.promptTokens() : null);
    }
  },

  LLAMA {
    @Override
    Map<String, @Nullable Object> whole(Call call, String model) {
      return piece(call, call.answer(), true, true);
    }

    @Override
    Map<String, @Nullable Object> piece(Call call, String text, boolean first, boolean last) {
      return Json.object(
          "generation",
          text,
          "prompt_token_count",
          first ? (Integer) call.promptTokens() : null,
          "generation_token_count",
          last ? output(call) : Tokens.of(text),
          "stop_reason",
          last ? stop(call, "length", "stop") : null);
    }
  },

  /** Tells no tokens but in the header and beside the last event. */
  MISTRAL {
    @Override
    Map<String, @Nullable Object> whole(Call call, String model) {
      return piece(call, call.answer(), true, true);
    }

    @Override
    Map<String, @Nullable Object> piece(Call call, String text, boolean first, boolean last) {
      String stop = last ? stop(call, "length", "stop") : null;
      return Json.object("outputs", List.of(Json.object("text", text, "stop_reason", stop)));
    }
  },

  /** As Mistral's. */
  COHERE {
    @Override
    Map<String, @Nullable Object> whole(Call call, String model) {
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
          stop(call, "MAX_TOKENS", "COMPLETE"));
    }

    @Override
    List<Map<String, @Nullable Object>> stream(Call call, String model) {
      List<Map<String, @Nullable Object>> events = new ArrayList<>();
      events.add(Json.object("is_finished", false, "event_type", "stream-start"));
      for (String piece : Answers.pieces(call.answer())) {
        events.add(
            Json.object("is_finished", false, "event_type", "text-generation", "text", piece));
      }
      events.add(
          Json.object(
              "is_finished",
              true,
              "event_type",
              "stream-end",
              "response",
              whole(call, model),
              "finish_reason",
              stop(call, "MAX_TOKENS", "COMPLETE")));
      return events;
    }
  };

  /** The family of a model, cross-region or not; null if it is of none of these. */
  static @Nullable BedrockModels of(String model) {
    if (model.contains("anthropic.")) {
      return CLAUDE;
    }
    if (model.contains("amazon.nova")) {
      return NOVA;
    }
    if (model.contains("amazon.titan")) {
      return TITAN;
    }
    if (model.contains("meta.llama")) {
      return LLAMA;
    }
    if (model.contains("mistral.")) {
      return MISTRAL;
    }
    return model.contains("cohere.") ? COHERE : null;
  }

  /** The field without which the real host refuses a request. */
  boolean complete(JsonNode body) {
    return switch (this) {
      case CLAUDE ->
          body.has("anthropic_version") && body.has("max_tokens") && body.has("messages");
      case NOVA -> body.path("messages").isArray();
      case TITAN -> body.has("inputText");
      case LLAMA, MISTRAL -> body.has("prompt");
      case COHERE -> body.has("message") || body.has("prompt");
    };
  }

  /** The answer at once. */
  abstract Map<String, @Nullable Object> whole(Call call, String model);

  /** The answer's events; Bedrock puts its own figures into the last one. */
  List<Map<String, @Nullable Object>> stream(Call call, String model) {
    List<Map<String, @Nullable Object>> events = new ArrayList<>();
    // These models know no tools: the stream is never without a word.
    List<String> pieces = call.answer().isEmpty() ? List.of("") : Answers.pieces(call.answer());
    for (int i = 0; i < pieces.size(); i++) {
      events.add(piece(call, pieces.get(i), i == 0, i == pieces.size() - 1));
    }
    return events;
  }

  /** One event of a stream that has but one kind of them. */
  Map<String, @Nullable Object> piece(Call call, String text, boolean first, boolean last) {
    throw new UnsupportedOperationException(name());
  }

  static int output(Call call) {
    return call.outputTokens();
  }

  static String stop(Call call, String cut, String complete) {
    return call.cut() ? cut : complete;
  }

  private static Map<String, @Nullable Object> claude(Call call, String model) {
    String name = model.substring(model.indexOf("anthropic.") + "anthropic.".length());
    int revision = name.lastIndexOf("-v");
    return Json.object(
        "id",
        call.id("msg_bdrk_"),
        "type",
        "message",
        "role",
        "assistant",
        "model",
        call.answered(revision < 0 ? name : name.substring(0, revision)));
  }

  private static Map<String, @Nullable Object> claudeUsage(Call call, int output) {
    int read = call.script().number("cached", 0);
    int written = call.script().number("cache-write", 0);
    return Json.object(
        "input_tokens",
        Math.max(0, call.promptTokens() - read - written),
        "cache_creation_input_tokens",
        written,
        "cache_read_input_tokens",
        read,
        "output_tokens",
        output);
  }
}
