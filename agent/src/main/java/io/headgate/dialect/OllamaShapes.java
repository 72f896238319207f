// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

/** Ollama's native API: one document, or one per line. */
final class OllamaShapes {

  private OllamaShapes() {}

  static final Shape<Field> ANSWERS = answers();

  private static Shape<Field> answers() {
    Shape<Field> function =
        Shape.<Field>builder()
            .with(Field.CONTENT, "name")
            .with(
                Shape.<Field>builder().slot(Field.CONTENT).deep().countingNames().build(),
                "arguments")
            .build();
    Shape<Field> message =
        Shape.<Field>builder()
            .with(Field.CONTENT, "content", "thinking")
            .with(Shape.<Field>builder().with(function, "function").build(), "tool_calls")
            .build();
    return Shape.<Field>builder()
        .slot(Field.ROOT)
        .with(Field.MODEL, "model")
        .with(Field.LAST, "done")
        .with(Field.FINISH, "done_reason")
        .with(message, "message")
        .with(Field.CONTENT, "response", "thinking")
        .with(Field.INPUT, "prompt_eval_count")
        .with(Field.OUTPUT, "eval_count")
        .with(OpenAiShapes.ERROR, "error")
        .build();
  }
}
