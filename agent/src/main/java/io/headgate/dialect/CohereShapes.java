// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

/** Cohere's native API, v1 and v2: chat, embed and rerank. */
final class CohereShapes {

  private CohereShapes() {}

  static final Shape<Field> ANSWERS = answers();

  private static Shape<Field> answers() {
    Shape<Field> tokens =
        Shape.<Field>builder()
            .with(Field.INPUT, "input_tokens")
            .with(Field.OUTPUT, "output_tokens")
            .build();
    Shape<Field> billed =
        Shape.<Field>builder()
            .with(Field.BILLED_INPUT, "input_tokens")
            .with(Field.BILLED_OUTPUT, "output_tokens")
            .with(Field.SEARCH_UNITS, "search_units")
            .with(Field.IMAGES, "images")
            .build();
    Shape<Field> usage =
        Shape.<Field>builder()
            .with(tokens, "tokens")
            .with(billed, "billed_units")
            .with(Field.CACHE_READ, "cached_tokens")
            .build();
    Shape<Field> function = Shape.<Field>builder().with(Field.CONTENT, "name", "arguments").build();
    // A list in whole answers, one object in deltas.
    Shape<Field> message =
        Shape.<Field>builder()
            .with(Shape.<Field>builder().with(Field.CONTENT, "text", "thinking").build(), "content")
            .with(Field.CONTENT, "tool_plan")
            .with(Shape.<Field>builder().with(function, "function").build(), "tool_calls")
            .build();
    Shape<Field> delta =
        Shape.<Field>builder()
            .with(message, "message")
            .with(Field.FINISH, "finish_reason")
            .with(usage, "usage")
            .with(OpenAiShapes.ERROR, "error")
            .build();
    Shape<Field> last =
        Shape.<Field>builder()
            .with(Field.ID, "response_id")
            .with(Field.FINISH, "finish_reason")
            .with(Field.WHOLE, "text")
            .with(usage, "meta")
            .build();
    return Shape.<Field>builder()
        .slot(Field.ROOT)
        .with(Field.ID, "id", "response_id")
        .with(Field.TYPE, "type", "event_type")
        .with(Field.LAST, "is_finished")
        .with(Field.FINISH, "finish_reason")
        .with(Field.CONTENT, "text")
        .with(message, "message")
        .with(usage, "usage", "meta")
        .with(delta, "delta")
        .with(last, "response")
        .with(OpenAiShapes.ERROR, "error")
        .build();
  }
}
