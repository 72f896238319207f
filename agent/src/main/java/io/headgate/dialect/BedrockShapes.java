// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

/**
 * Bedrock's Converse, its stream's events, and the bodies of InvokeModel, which are each model's
 * own: those of Claude, Nova, Titan, Llama, Mistral, Cohere, Jamba, Jurassic, Stability and of
 * models with OpenAI's chat, at once and as a stream. Their names do not clash. Facts are from the
 * Bedrock API reference and its pages of inference parameters.
 */
final class BedrockShapes {

  private BedrockShapes() {}

  static final Shape<Field> ANSWERS = answers();

  private static Shape<Field> answers() {
    Shape<Field> nested =
        Shape.<Field>builder()
            .with(delta(), "delta", "start")
            .with(Field.FINISH, "stopReason")
            .with(usage(), "usage")
            .with(trace(), "trace")
            .build();
    return Shape.<Field>builder()
        .slot(Field.ROOT)
        .like(AnthropicShapes.MESSAGES)
        .like(nested)
        .like(titanAndLlama())
        .like(cohere())
        .with(block(), "content")
        .with(output(), "output")
        // Claude's completions.
        .with(Field.CONTENT, "completion")
        // The events of Nova's stream, which are Converse's, one level deeper.
        .with(nested, "contentBlockStart", "contentBlockDelta", "messageStop", "metadata")
        .with(choice(), "outputs", "choices", "completions")
        // Of those that paint: Titan, Nova and Stability, and Stability's older ones.
        .with(Field.PICTURE, "images")
        .with(Shape.value(Field.PIECE), "artifacts")
        .with(metrics(), "amazon-bedrock-invocationMetrics")
        .with(Shape.<Field>builder().with(Field.TIER, "type").build(), "serviceTier")
        .with(Field.ROOT_CODE, "__type", "code")
        .build();
  }

  /** A block of a message: Converse's have no type, Claude's do. */
  private static Shape<Field> block() {
    return Shape.<Field>builder()
        .with(Field.CONTENT, "text", "thinking", "name")
        .with(data(), "input")
        .with(
            Shape.<Field>builder().with(Field.CONTENT, "name").with(data(), "input").build(),
            "toolUse")
        .with(reasoning(), "reasoningContent")
        .build();
  }

  private static Shape<Field> delta() {
    return Shape.<Field>builder()
        .like(block())
        .with(Field.FINISH, "stop_reason")
        .with(Field.CONTENT, "partial_json")
        .build();
  }

  private static Shape<Field> data() {
    return Shape.<Field>builder().slot(Field.CONTENT).deep().countingNames().build();
  }

  private static Shape<Field> reasoning() {
    return Shape.<Field>builder()
        .with(Field.CONTENT, "text")
        .with(Shape.<Field>builder().with(Field.CONTENT, "text").build(), "reasoningText")
        .build();
  }

  private static Shape<Field> output() {
    Shape<Field> message = Shape.<Field>builder().with(block(), "content").build();
    return Shape.<Field>builder().with(message, "message").build();
  }

  /** Converse's names, those of Claude and Nova by InvokeModel, and OpenAI's. */
  private static Shape<Field> usage() {
    Shape<Field> written =
        Shape.<Field>builder()
            .slot(Field.WRITE_DETAIL)
            .with(Field.MODALITY, "ttl")
            .with(Field.DETAIL_TOKENS, "inputTokens")
            .build();
    return Shape.<Field>builder()
        .slot(Field.USAGE)
        .like(AnthropicShapes.USAGE)
        .with(Field.INPUT, "inputTokens", "prompt_tokens")
        .with(Field.OUTPUT, "outputTokens", "completion_tokens")
        .with(Field.CACHE_READ, "cacheReadInputTokens", "cacheReadInputTokenCount")
        .with(Field.CACHE_WRITE, "cacheWriteInputTokens", "cacheWriteInputTokenCount")
        .with(written, "cacheDetails")
        .with(
            Shape.<Field>builder().with(Field.REASONING, "reasoning_tokens").build(),
            "completion_tokens_details")
        .build();
  }

  /** A prompt router tells which model it chose. */
  private static Shape<Field> trace() {
    Shape<Field> router = Shape.<Field>builder().with(Field.MODEL, "invokedModelId").build();
    return Shape.<Field>builder().with(router, "promptRouter").build();
  }

  private static Shape<Field> metrics() {
    return Shape.<Field>builder()
        .slot(Field.METRICS)
        .with(Field.INPUT, "inputTokenCount")
        .with(Field.OUTPUT, "outputTokenCount")
        .with(Field.CACHE_READ, "cacheReadInputTokenCount")
        .with(Field.CACHE_WRITE, "cacheWriteInputTokenCount")
        .build();
  }

  private static Shape<Field> titanAndLlama() {
    Shape<Field> result =
        Shape.<Field>builder()
            .slot(Field.CHOICE)
            .with(Field.CONTENT, "outputText")
            .with(Field.OUTPUT, "tokenCount")
            .with(Field.FINISH, "completionReason")
            .build();
    return Shape.<Field>builder()
        .with(result, "results")
        .with(Field.CONTENT, "outputText", "generation")
        .with(Field.FINISH, "completionReason", "stop_reason")
        .with(Field.INPUT, "inputTextTokenCount", "prompt_token_count")
        .with(Field.OUTPUT, "totalOutputTextTokenCount", "generation_token_count")
        .build();
  }

  private static Shape<Field> cohere() {
    Shape<Field> generation =
        Shape.<Field>builder()
            .slot(Field.CHOICE)
            .with(Field.INDEX, "index")
            .with(Field.CONTENT, "text")
            .with(Field.FINISH, "finish_reason")
            .build();
    Shape<Field> last =
        Shape.<Field>builder()
            .with(Field.ID, "response_id")
            .with(Field.WHOLE, "text")
            .with(Field.FINISH, "finish_reason")
            .build();
    return Shape.<Field>builder()
        .with(Field.ID, "id", "response_id")
        .with(Field.TYPE, "type", "event_type")
        .with(Field.LAST, "is_finished")
        .with(Field.CONTENT, "text")
        .with(Field.FINISH, "finish_reason")
        .with(generation, "generations")
        .with(last, "response")
        .with(
            Shape.<Field>builder().with(Field.CONTENT, "name").with(data(), "parameters").build(),
            "tool_calls")
        .build();
  }

  /** Of Mistral, Jamba and those with OpenAI's chat; Jurassic has its text one level deeper. */
  private static Shape<Field> choice() {
    Shape<Field> function = Shape.<Field>builder().with(Field.CONTENT, "name", "arguments").build();
    Shape<Field> message =
        Shape.<Field>builder()
            .with(
                Shape.<Field>builder().slot(Field.CONTENT).with(Field.CONTENT, "text").build(),
                "content")
            .with(Field.CONTENT, "refusal", "reasoning_content", "reasoning")
            .with(Shape.<Field>builder().with(function, "function").build(), "tool_calls")
            .build();
    return Shape.<Field>builder()
        .slot(Field.CHOICE)
        .with(Field.INDEX, "index")
        .with(Field.CONTENT, "text")
        .with(message, "message", "delta")
        .with(Shape.<Field>builder().with(Field.CONTENT, "text").build(), "data")
        .with(Field.FINISH, "finish_reason", "stop_reason")
        .with(Shape.<Field>builder().with(Field.FINISH, "reason").build(), "finishReason")
        .build();
  }
}
