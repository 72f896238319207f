// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

/**
 * OpenAI's answers, and those of everybody who copied them with additions of their own. Buffered
 * bodies and events of streams have one shape, since their names do not clash.
 */
final class OpenAiShapes {

  private OpenAiShapes() {}

  static final Shape<Field> USAGE = usage();

  /** The {@code error} of any OpenAI-like format: an object, or a string. */
  static final Shape<Field> ERROR =
      Shape.<Field>builder()
          .slot(Field.ERROR)
          .with(Field.ERROR_CODE, "code")
          .with(Field.ERROR_TYPE, "type")
          .with(Field.ERROR_STATUS, "status")
          .build();

  /** Chat, completions, embeddings, images, audio, moderation and reranking. */
  static final Shape<Field> COMMON = common();

  static final Shape<Field> RESPONSES = responses();

  private static Shape<Field> usage() {
    Shape<Field> inputDetails =
        Shape.<Field>builder()
            .with(Field.CACHE_READ, "cached_tokens")
            .with(Field.CACHE_WRITE, "cache_write_tokens", "cache_creation_tokens")
            .with(Field.AUDIO_INPUT, "audio_tokens")
            .with(Field.IMAGE_INPUT, "image_tokens")
            .build();
    Shape<Field> outputDetails =
        Shape.<Field>builder()
            .with(Field.REASONING, "reasoning_tokens")
            .with(Field.AUDIO_OUTPUT, "audio_tokens")
            .with(Field.IMAGE_OUTPUT, "image_tokens")
            .build();
    return Shape.<Field>builder()
        .with(Field.INPUT, "prompt_tokens", "input_tokens")
        .with(Field.OUTPUT, "completion_tokens", "output_tokens")
        .with(Field.TOTAL, "total_tokens")
        .with(inputDetails, "prompt_tokens_details", "input_tokens_details", "input_token_details")
        .with(
            outputDetails,
            "completion_tokens_details",
            "output_tokens_details",
            "output_token_details")
        // DeepSeek, Mistral, Moonshot.
        .with(Field.CACHE_READ, "prompt_cache_hit_tokens", "num_cached_tokens", "cached_tokens")
        // Perplexity.
        .with(Field.REASONING, "reasoning_tokens")
        .with(Field.WEB_SEARCHES, "num_search_queries")
        // A number at OpenRouter, an object at Perplexity, estimated_cost at DeepInfra.
        .with(
            Shape.<Field>builder().slot(Field.COST).with(Field.COST, "total_cost").build(), "cost")
        .with(Field.COST, "estimated_cost")
        .with(
            Shape.<Field>builder().with(Field.COST_BEHIND, "upstream_inference_cost").build(),
            "cost_details")
        .with(Field.OWN_KEY, "is_byok")
        .with(Field.COST_TICKS, "cost_in_usd_ticks")
        // Transcription by duration.
        .with(Field.SECONDS, "seconds", "prompt_audio_seconds")
        .build();
  }

  private static Shape<Field> common() {
    Shape<Field> part = message(Field.CONTENT);
    Shape<Field> choice =
        Shape.<Field>builder()
            .slot(Field.CHOICE)
            .with(Field.INDEX, "index")
            .with(Field.FINISH, "finish_reason")
            .with(Field.CONTENT, "text")
            .with(part, "delta")
            // Perplexity repeats the message so far beside each delta.
            .with(message(Field.WHOLE), "message")
            .with(ERROR, "error")
            .build();
    Shape<Field> groq = Shape.<Field>builder().with(USAGE, "usage").with(ERROR, "error").build();
    return Shape.<Field>builder()
        .slot(Field.ROOT)
        .with(Field.ID, "id")
        .with(Field.MODEL, "model")
        .with(Field.TIER, "service_tier")
        .with(Field.FINGERPRINT, "system_fingerprint")
        .with(Field.TYPE, "object")
        .with(Field.ROOT_CODE, "code")
        .with(Field.ROOT_ERROR_TYPE, "type")
        .with(choice, "choices")
        .with(USAGE, "usage")
        .with(groq, "x_groq")
        .with(Shape.value(Field.PIECE), "data")
        // Of events of Mistral's conversations.
        .with(Field.CONTENT, "content")
        // Older and verbose transcriptions.
        .with(Field.SECONDS, "duration")
        .with(ERROR, "error", "errors")
        .build();
  }

  private static Shape<Field> message(Field text) {
    Shape<Field> function = Shape.<Field>builder().with(text, "name", "arguments").build();
    Shape<Field> calls =
        Shape.<Field>builder().with(function, "function", "custom").with(text, "input").build();
    // A string, or the list of parts that Mistral sends.
    Shape<Field> content =
        Shape.<Field>builder()
            .slot(text)
            .with(text, "text")
            .with(Shape.<Field>builder().slot(text).with(text, "text").build(), "thinking")
            .build();
    return Shape.<Field>builder()
        .with(content, "content")
        .with(text, "refusal", "reasoning_content", "reasoning")
        .with(calls, "tool_calls")
        .with(function, "function_call")
        .build();
  }

  private static Shape<Field> responses() {
    Shape<Field> content = Shape.<Field>builder().with(Field.WHOLE, "text", "refusal").build();
    Shape<Field> item =
        Shape.<Field>builder()
            .with(Field.ITEM_TYPE, "type")
            .with(content, "content", "summary")
            .with(Field.WHOLE, "name", "arguments", "input")
            .build();
    Shape<Field> response =
        Shape.<Field>builder()
            .with(Field.ID, "id")
            .with(Field.MODEL, "model")
            .with(Field.TIER, "service_tier")
            .with(Field.STATUS, "status")
            .with(
                Shape.<Field>builder().with(Field.INCOMPLETE, "reason").build(),
                "incomplete_details")
            .with(item, "output")
            .with(USAGE, "usage")
            .with(ERROR, "error")
            .build();
    return Shape.<Field>builder()
        .slot(Field.ROOT)
        .like(response)
        .with(Field.TYPE, "type")
        .with(Field.ROOT_CODE, "code")
        .with(Field.CONTENT, "delta")
        .with(response, "response")
        .build();
  }
}
