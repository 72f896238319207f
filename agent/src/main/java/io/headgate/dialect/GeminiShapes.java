// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

/** Gemini on the Gemini API and on Vertex AI, with Vertex's {@code :predict} for older models. */
final class GeminiShapes {

  private GeminiShapes() {}

  static final Shape<Field> GENERATE = generate();

  private static Shape<Field> generate() {
    Shape<Field> call =
        Shape.<Field>builder()
            .with(Field.CONTENT, "name")
            .with(Shape.<Field>builder().slot(Field.CONTENT).deep().countingNames().build(), "args")
            .build();
    Shape<Field> part =
        Shape.<Field>builder()
            .with(Field.CONTENT, "text")
            .with(call, "functionCall")
            .with(Shape.<Field>builder().with(Field.CONTENT, "code").build(), "executableCode")
            .build();
    Shape<Field> candidate =
        Shape.<Field>builder()
            .slot(Field.CHOICE)
            .with(Field.INDEX, "index")
            .with(Field.FINISH, "finishReason")
            .with(Shape.<Field>builder().with(part, "parts").build(), "content")
            .build();
    Shape<Field> usage =
        Shape.<Field>builder()
            .with(Field.INPUT, "promptTokenCount")
            .with(Field.TOOL_INPUT, "toolUsePromptTokenCount")
            .with(Field.CACHE_READ, "cachedContentTokenCount")
            .with(Field.OUTPUT, "candidatesTokenCount", "responseTokenCount")
            .with(Field.REASONING, "thoughtsTokenCount")
            .with(Field.TOTAL, "totalTokenCount")
            .with(detail(Field.INPUT_DETAIL), "promptTokensDetails")
            .with(detail(Field.OUTPUT_DETAIL), "candidatesTokensDetails", "responseTokensDetails")
            // Vertex AI calls it by how the capacity was bought.
            .with(Field.TIER, "serviceTier", "trafficType")
            .build();
    Shape<Field> statistics =
        Shape.<Field>builder().with(Field.INPUT_PART, "token_count", "tokenCount").build();
    Shape<Field> embeddings = Shape.<Field>builder().with(statistics, "statistics").build();
    Shape<Field> prediction =
        Shape.<Field>builder().slot(Field.PIECE).with(embeddings, "embeddings").build();
    return Shape.<Field>builder()
        .slot(Field.ROOT)
        .with(Field.ID, "responseId")
        .with(Field.MODEL, "modelVersion")
        .with(candidate, "candidates")
        .with(Shape.<Field>builder().with(Field.BLOCKED, "blockReason").build(), "promptFeedback")
        .with(usage, "usageMetadata")
        .with(prediction, "predictions")
        .with(OpenAiShapes.ERROR, "error")
        .build();
  }

  private static Shape<Field> detail(Field group) {
    return Shape.<Field>builder()
        .slot(group)
        .with(Field.MODALITY, "modality")
        .with(Field.DETAIL_TOKENS, "tokenCount")
        .build();
  }
}
