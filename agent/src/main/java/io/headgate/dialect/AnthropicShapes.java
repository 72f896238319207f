// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

/** Anthropic's Messages, at Anthropic itself and wherever else Claude is served. */
final class AnthropicShapes {

  private AnthropicShapes() {}

  static final Shape<Field> USAGE = usage();

  static final Shape<Field> MESSAGES = messages();

  private static Shape<Field> usage() {
    Shape<Field> creation =
        Shape.<Field>builder()
            .with(Field.CACHE_WRITE_SHORT, "ephemeral_5m_input_tokens")
            .with(Field.CACHE_WRITE_HOUR, "ephemeral_1h_input_tokens")
            .build();
    Shape<Field> pass =
        Shape.<Field>builder()
            .slot(Field.PASS)
            .with(Field.PASS_TYPE, "type")
            .with(Field.PASS_INPUT, "input_tokens")
            .with(Field.PASS_OUTPUT, "output_tokens")
            .with(Field.PASS_CACHE_READ, "cache_read_input_tokens")
            .with(Field.PASS_CACHE_WRITE, "cache_creation_input_tokens")
            .build();
    return Shape.<Field>builder()
        .slot(Field.USAGE)
        .with(Field.INPUT, "input_tokens")
        .with(Field.OUTPUT, "output_tokens")
        .with(Field.CACHE_READ, "cache_read_input_tokens")
        .with(Field.CACHE_WRITE, "cache_creation_input_tokens")
        .with(creation, "cache_creation")
        .with(
            Shape.<Field>builder().with(Field.REASONING, "thinking_tokens").build(),
            "output_tokens_details")
        .with(
            Shape.<Field>builder().with(Field.WEB_SEARCHES, "web_search_requests").build(),
            "server_tool_use")
        .with(Field.TIER, "service_tier")
        .with(Field.SPEED, "speed")
        .with(pass, "iterations")
        // OpenRouter's own addition on this surface too.
        .with(Field.COST, "cost")
        .build();
  }

  private static Shape<Field> messages() {
    Shape<Field> block =
        Shape.<Field>builder()
            .with(Field.CONTENT, "text", "thinking", "name")
            .with(
                Shape.<Field>builder().slot(Field.CONTENT).deep().countingNames().build(), "input")
            .build();
    Shape<Field> message =
        Shape.<Field>builder()
            .with(Field.ID, "id")
            .with(Field.MODEL, "model")
            .with(Field.FINISH, "stop_reason")
            .with(block, "content")
            .with(USAGE, "usage")
            .build();
    Shape<Field> delta =
        Shape.<Field>builder()
            .with(Field.FINISH, "stop_reason")
            .with(Field.CONTENT, "text", "thinking", "partial_json")
            .build();
    // What comes beside the last chunk of Bedrock's InvokeModel stream.
    Shape<Field> metrics =
        Shape.<Field>builder()
            .with(Field.INPUT, "inputTokenCount")
            .with(Field.OUTPUT, "outputTokenCount")
            .with(Field.CACHE_READ, "cacheReadInputTokenCount")
            .with(Field.CACHE_WRITE, "cacheWriteInputTokenCount")
            .build();
    return Shape.<Field>builder()
        .slot(Field.ROOT)
        .like(message)
        .with(Field.TYPE, "type")
        .with(message, "message")
        .with(block, "content_block")
        .with(delta, "delta")
        .with(metrics, "amazon-bedrock-invocationMetrics")
        .with(OpenAiShapes.ERROR, "error")
        .build();
  }
}
