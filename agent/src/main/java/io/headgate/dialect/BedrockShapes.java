// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

/**
 * Bedrock's Converse, its stream's events, and what can be had of InvokeModel, whose bodies are
 * each model's own: those of Claude and of Titan's embeddings.
 */
final class BedrockShapes {

  private BedrockShapes() {}

  static final Shape<Field> ANSWERS = answers();

  private static Shape<Field> answers() {
    Shape<Field> input = Shape.<Field>builder().slot(Field.CONTENT).deep().countingNames().build();
    Shape<Field> reasoning =
        Shape.<Field>builder()
            .with(Field.CONTENT, "text")
            .with(Shape.<Field>builder().with(Field.CONTENT, "text").build(), "reasoningText")
            .build();
    Shape<Field> block =
        Shape.<Field>builder()
            .with(Field.CONTENT, "text")
            .with(
                Shape.<Field>builder().with(Field.CONTENT, "name").with(input, "input").build(),
                "toolUse")
            .with(reasoning, "reasoningContent")
            .build();
    Shape<Field> message = Shape.<Field>builder().with(block, "content").build();
    // Converse's names, and those of Claude by InvokeModel.
    Shape<Field> usage =
        Shape.<Field>builder()
            .slot(Field.USAGE)
            .like(AnthropicShapes.USAGE)
            .with(Field.INPUT, "inputTokens")
            .with(Field.OUTPUT, "outputTokens")
            .with(Field.CACHE_READ, "cacheReadInputTokens")
            .with(Field.CACHE_WRITE, "cacheWriteInputTokens")
            .build();
    return Shape.<Field>builder()
        .slot(Field.ROOT)
        .like(message)
        .with(Field.ID, "id")
        .with(Field.MODEL, "model")
        .with(Shape.<Field>builder().with(message, "message").build(), "output")
        .with(block, "delta")
        .with(Field.FINISH, "stopReason", "stop_reason")
        .with(usage, "usage")
        .with(Shape.<Field>builder().with(Field.TIER, "type").build(), "serviceTier")
        .with(Field.INPUT, "inputTextTokenCount")
        .with(Field.ROOT_CODE, "__type", "code")
        .build();
  }
}
