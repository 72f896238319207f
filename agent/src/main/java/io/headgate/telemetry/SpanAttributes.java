// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.chat.Cost;
import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.Usage;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is known of a call onto its logical span. An allow-list: parameters and counts, never
 * text of prompts or answers, never a header.
 */
final class SpanAttributes {

  private static final List<String> ERROR_REASON = List.of("error");

  private SpanAttributes() {}

  /** What the request says, beyond what samplers saw when the span began. */
  static void request(Span span, Endpoint endpoint, RequestFacts facts) {
    if (facts.stream() || endpoint.streaming()) {
      span.setAttribute(GenAiAttributes.REQUEST_STREAM, true);
    }
    put(span, GenAiAttributes.REQUEST_TEMPERATURE, facts.temperature());
    put(span, GenAiAttributes.REQUEST_TOP_P, facts.topP());
    put(span, GenAiAttributes.REQUEST_TOP_K, facts.topK());
    put(span, GenAiAttributes.REQUEST_FREQUENCY_PENALTY, facts.frequencyPenalty());
    put(span, GenAiAttributes.REQUEST_PRESENCE_PENALTY, facts.presencePenalty());
    put(span, GenAiAttributes.REQUEST_MAX_TOKENS, facts.maxTokens());
    put(span, GenAiAttributes.REQUEST_SEED, facts.seed());
    Long choices = facts.choiceCount();
    if (choices != null && choices != 1) {
      span.setAttribute(GenAiAttributes.REQUEST_CHOICE_COUNT, choices);
    }
    put(span, GenAiAttributes.REQUEST_STOP_SEQUENCES, facts.stopSequences());
    put(span, GenAiAttributes.OUTPUT_TYPE, facts.outputType());
    put(span, GenAiAttributes.REQUEST_REASONING_LEVEL, facts.reasoningLevel());
    put(span, GenAiAttributes.REQUEST_PREVIOUS_RESPONSE_ID, facts.previousResponseId());
    put(span, GenAiAttributes.CONVERSATION_ID, facts.conversationId());
    put(span, GenAiAttributes.EMBEDDINGS_DIMENSION_COUNT, facts.dimensions());
    put(span, GenAiAttributes.REQUEST_ENCODING_FORMATS, facts.encodingFormats());
    if (openAi(endpoint)) {
      put(span, GenAiAttributes.OPENAI_API_TYPE, apiType(endpoint));
      String tier = facts.serviceTier();
      if (tier != null && !tier.equals("auto")) {
        span.setAttribute(GenAiAttributes.OPENAI_REQUEST_SERVICE_TIER, tier);
      }
    }
  }

  /**
   * What the answer said.
   *
   * @param endpoint where it came from
   * @param usage what all attempts used together
   * @param cutOff whether the answer broke off before it was complete
   */
  static void response(
      Span span, Endpoint endpoint, ResponseFacts facts, Usage usage, boolean cutOff) {
    put(span, GenAiAttributes.RESPONSE_ID, facts.id());
    put(span, GenAiAttributes.RESPONSE_MODEL, facts.model());
    List<String> reasons = facts.finishReasons();
    put(
        span,
        GenAiAttributes.RESPONSE_FINISH_REASONS,
        reasons.isEmpty() && cutOff ? ERROR_REASON : reasons);
    if (openAi(endpoint)) {
      put(span, GenAiAttributes.OPENAI_RESPONSE_SERVICE_TIER, facts.serviceTier());
      put(span, GenAiAttributes.OPENAI_SYSTEM_FINGERPRINT, facts.systemFingerprint());
    }
    usage(span, usage);
  }

  private static void usage(Span span, Usage usage) {
    count(span, GenAiAttributes.USAGE_INPUT_TOKENS, usage.input());
    count(span, GenAiAttributes.USAGE_OUTPUT_TOKENS, usage.output());
    count(span, GenAiAttributes.USAGE_CACHE_READ, usage.cacheRead());
    if (usage.cacheWrite() >= 0 || usage.cacheWriteHour() >= 0) {
      long written = Math.max(0, usage.cacheWrite()) + Math.max(0, usage.cacheWriteHour());
      span.setAttribute(GenAiAttributes.USAGE_CACHE_CREATION, written);
    }
    if (usage.reasoning() > 0) {
      span.setAttribute(GenAiAttributes.USAGE_REASONING, usage.reasoning());
    }
    if (usage.estimated()) {
      span.setAttribute(GenAiAttributes.USAGE_ESTIMATED, true);
    }
  }

  static void cost(Span span, Cost cost) {
    span.setAttribute(GenAiAttributes.USAGE_COST, Cost.usd(cost.total()));
    span.setAttribute(GenAiAttributes.COST_CURRENCY, "USD");
    span.setAttribute(GenAiAttributes.COST_SOURCE, MetricAttributes.source(cost.source()));
    if (!cost.priceDate().isEmpty()) {
      span.setAttribute(GenAiAttributes.COST_PRICE_DATE, cost.priceDate());
    }
    money(span, GenAiAttributes.COST_INPUT, cost.input());
    money(span, GenAiAttributes.COST_OUTPUT, cost.output());
    money(span, GenAiAttributes.COST_CACHE_READ, cost.cacheRead());
    money(span, GenAiAttributes.COST_CACHE_WRITE, cost.cacheWrite());
    money(span, GenAiAttributes.COST_OTHER, cost.other());
  }

  private static void money(Span span, AttributeKey<Double> key, long nano) {
    if (nano > 0) {
      span.setAttribute(key, Cost.usd(nano));
    }
  }

  private static void count(Span span, AttributeKey<Long> key, long tokens) {
    if (tokens >= 0) {
      span.setAttribute(key, tokens);
    }
  }

  private static <T> void put(Span span, AttributeKey<T> key, @Nullable T value) {
    if (value != null) {
      span.setAttribute(key, value);
    }
  }

  private static void put(Span span, AttributeKey<List<String>> key, List<String> values) {
    if (!values.isEmpty()) {
      span.setAttribute(key, values);
    }
  }

  private static boolean openAi(Endpoint endpoint) {
    String name = endpoint.telemetryName();
    return name.equals("openai") || name.equals("azure.ai.openai");
  }

  private static @Nullable String apiType(Endpoint endpoint) {
    if (endpoint.format() == WireFormat.OPENAI_RESPONSES) {
      return "responses";
    }
    return endpoint.operation() == Operation.CHAT ? "chat_completions" : null;
  }
}
