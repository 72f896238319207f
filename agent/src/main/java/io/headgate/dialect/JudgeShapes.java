// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where each wire format has what a judge looks for. Wherever content may be, all strings count but
 * those that are known to be none, so that content of kinds yet to come is content too.
 */
final class JudgeShapes {

  private JudgeShapes() {}

  /** The {@code error} of any format: an object, or a string. */
  private static final Shape<JudgeField> ERROR =
      Shape.<JudgeField>builder()
          .slot(JudgeField.ERROR)
          .with(JudgeField.ERROR_CODE, "code")
          .with(JudgeField.ERROR_STATUS, "status")
          .with(JudgeField.ERROR_TYPE, "type")
          .with(JudgeField.ERROR_MESSAGE, "message")
          .with(names("code"), "innererror", "inner_error")
          .with(names("reason"), "details")
          .build();

  /** The body that comes with a status of 400 or more, at whatever provider. */
  static final Shape<JudgeField> ERRORS =
      Shape.<JudgeField>builder()
          .slot(JudgeField.ROOT)
          .with(ERROR, "error", "errors")
          .with(JudgeField.ROOT_CODE, "__type", "code")
          .with(JudgeField.ROOT_TYPE, "type", "error_type")
          .with(JudgeField.ROOT_MESSAGE, "message", "Message")
          // Of servers written in Python: a text, or a list of them.
          .with(
              Shape.<JudgeField>builder()
                  .slot(JudgeField.ROOT_MESSAGE)
                  .with(JudgeField.ROOT_MESSAGE, "msg")
                  .build(),
              "detail")
          .build();

  private static final Shape<JudgeField> OPENAI = openAi();
  private static final Shape<JudgeField> RESPONSES = responses();
  private static final Shape<JudgeField> ANTHROPIC = anthropic();
  private static final Shape<JudgeField> GEMINI = gemini();
  private static final Shape<JudgeField> BEDROCK = bedrock();
  private static final Shape<JudgeField> COHERE = cohere();
  private static final Shape<JudgeField> OLLAMA = ollama();

  /** Null for a format of which nothing is read. */
  static @Nullable Shape<JudgeField> of(WireFormat format) {
    return switch (format) {
      case OPENAI -> OPENAI;
      case OPENAI_RESPONSES -> RESPONSES;
      case ANTHROPIC -> ANTHROPIC;
      case GEMINI -> GEMINI;
      case BEDROCK -> BEDROCK;
      case COHERE -> COHERE;
      case OLLAMA -> OLLAMA;
      case OTHER -> null;
    };
  }

  private static Shape<JudgeField> names(String... members) {
    return Shape.<JudgeField>builder().with(JudgeField.ERROR_DETAIL, members).build();
  }

  private static Shape<JudgeField> life() {
    return Shape.value(JudgeField.LIFE);
  }

  /** All strings within, except those of members so named. */
  private static Shape<JudgeField> content(String... others) {
    return Shape.<JudgeField>builder().slot(JudgeField.CONTENT).deep().without(others).build();
  }

  private static Shape<JudgeField> openAi() {
    Shape<JudgeField> choice =
        Shape.<JudgeField>builder()
            .slot(JudgeField.CHOICE)
            .with(JudgeField.FINISH, "finish_reason")
            .with(message(), "delta", "message", "messages")
            .with(JudgeField.CONTENT, "text")
            .with(ERROR, "error")
            .build();
    return Shape.<JudgeField>builder()
        .slot(JudgeField.ROOT)
        .with(JudgeField.OBJECT, "object")
        .with(JudgeField.TYPE, "type")
        .with(choice, "choices")
        .with(life(), "usage", "prompt_filter_results")
        .with(
            Shape.<JudgeField>builder().slot(JudgeField.LIFE).with(ERROR, "error").build(),
            "x_groq")
        // Of Mistral's conversations, whole and in pieces, and of models served as they are.
        .with(
            content("id", "type", "object", "role", "model", "status"),
            "outputs",
            "content",
            "predictions",
            "generated_text")
        .with(JudgeField.ROOT_CODE, "code")
        .with(JudgeField.ROOT_MESSAGE, "message")
        .with(ERROR, "error", "errors")
        .build();
  }

  /** What a model says in a message: its role is none of it, but a tool's name is. */
  private static Shape<JudgeField> message() {
    Shape<JudgeField> all = Shape.<JudgeField>builder().slot(JudgeField.CONTENT).deep().build();
    return Shape.<JudgeField>builder()
        .slot(JudgeField.CONTENT)
        .deep()
        .without("role", "type", "name")
        .with(all, "tool_calls", "function_call")
        .build();
  }

  private static Shape<JudgeField> responses() {
    String[] shell = {"id", "type", "status", "role", "phase"};
    Shape<JudgeField> response =
        Shape.<JudgeField>builder()
            .with(JudgeField.STATUS, "status")
            .with(
                Shape.<JudgeField>builder().with(JudgeField.INCOMPLETE, "reason").build(),
                "incomplete_details")
            .with(content(shell), "output")
            .with(ERROR, "error")
            .build();
    return Shape.<JudgeField>builder()
        .slot(JudgeField.ROOT)
        .like(response)
        .with(JudgeField.TYPE, "type")
        .with(response, "response")
        // An item of reasoning may come with its cipher before anything was said.
        .with(content("id", "type", "status", "role", "phase", "encrypted_content"), "item")
        .with(content(shell), "part")
        .with(JudgeField.ROOT_CODE, "code")
        .with(JudgeField.ROOT_MESSAGE, "message")
        .build();
  }

  private static Shape<JudgeField> anthropic() {
    Shape<JudgeField> block = content("type", "id", "stop_reason", "stop_sequence");
    Shape<JudgeField> message =
        Shape.<JudgeField>builder()
            .with(JudgeField.FINISH, "stop_reason")
            .with(block, "content")
            .build();
    return Shape.<JudgeField>builder()
        .slot(JudgeField.ROOT)
        .like(message)
        .with(JudgeField.TYPE, "type")
        .with(message, "message")
        .with(block, "content_block")
        .with(
            Shape.<JudgeField>builder()
                .slot(JudgeField.CONTENT)
                .deep()
                .without("type", "stop_sequence", "stop_details", "container")
                .with(JudgeField.FINISH, "stop_reason")
                .build(),
            "delta")
        .with(ERROR, "error")
        .build();
  }

  private static Shape<JudgeField> gemini() {
    Shape<JudgeField> candidate =
        Shape.<JudgeField>builder()
            .slot(JudgeField.CHOICE)
            .with(JudgeField.FINISH, "finishReason")
            .with(content("role"), "content")
            .build();
    return Shape.<JudgeField>builder()
        .slot(JudgeField.ROOT)
        .with(candidate, "candidates")
        .with(
            Shape.<JudgeField>builder()
                .slot(JudgeField.LIFE)
                .with(JudgeField.BLOCKED, "blockReason")
                .build(),
            "promptFeedback")
        .with(life(), "usageMetadata", "modelVersion", "responseId")
        // Of models that are asked by :predict.
        .with(content(), "predictions")
        .with(ERROR, "error")
        .build();
  }

  /** Converse, and InvokeModel, whose bodies are each model's own, at once and as a stream. */
  private static Shape<JudgeField> bedrock() {
    Shape<JudgeField> said = bedrockContent();
    // A message of Claude's that begins names its model and its tier.
    Shape<JudgeField> message =
        Shape.<JudgeField>builder()
            .with(JudgeField.FINISH, "stop_reason")
            .with(said, "content")
            .build();
    // Nova's events are Converse's, one level deeper.
    Shape<JudgeField> nested =
        Shape.<JudgeField>builder()
            .with(JudgeField.FINISH, "stopReason")
            .with(said, "delta", "start")
            .build();
    // Cohere's last event repeats the conversation.
    Shape<JudgeField> last =
        Shape.<JudgeField>builder()
            .with(JudgeField.FINISH, "finish_reason")
            .with(said, "text", "tool_calls")
            .build();
    return Shape.<JudgeField>builder()
        .slot(JudgeField.ROOT)
        .like(nested)
        .with(JudgeField.TYPE, "type", "event_type")
        .with(JudgeField.FINISH, "stop_reason", "completionReason", "finish_reason")
        .with(JudgeField.LAST, "is_finished")
        .with(message, "message")
        .with(nested, "contentBlockStart", "contentBlockDelta", "messageStop")
        .with(last, "response")
        .with(said, "output", "outputs", "outputText", "content", "content_block", "results")
        .with(said, "choices", "generation", "generations", "completion", "completions", "text")
        .with(said, "tool_calls")
        .with(ERROR, "error")
        .build();
  }

  /** All strings within but those that name things, and the reason to end. */
  private static Shape<JudgeField> bedrockContent() {
    Shape<JudgeField> all = Shape.<JudgeField>builder().slot(JudgeField.CONTENT).deep().build();
    return Shape.<JudgeField>builder()
        .slot(JudgeField.CONTENT)
        .deep()
        .without("role", "type", "id", "toolUseId", "stop_sequence", "stop_details", "container")
        // What a tool is called with may use these names, too.
        .with(all, "input", "arguments", "parameters")
        .with(JudgeField.FINISH, "finish_reason", "stop_reason", "stopReason", "completionReason")
        .with(Shape.<JudgeField>builder().with(JudgeField.FINISH, "reason").build(), "finishReason")
        .build();
  }

  private static Shape<JudgeField> cohere() {
    Shape<JudgeField> message = content("role", "type");
    Shape<JudgeField> delta =
        Shape.<JudgeField>builder()
            .with(message, "message")
            .with(JudgeField.FINISH, "finish_reason")
            .with(ERROR, "error")
            .build();
    Shape<JudgeField> last =
        Shape.<JudgeField>builder()
            .with(JudgeField.FINISH, "finish_reason")
            .with(JudgeField.CONTENT, "text")
            .with(message, "tool_calls")
            .build();
    return Shape.<JudgeField>builder()
        .slot(JudgeField.ROOT)
        .like(last)
        .with(JudgeField.TYPE, "type", "event_type")
        .with(JudgeField.LAST, "is_finished")
        .with(message, "message", "generations")
        .with(delta, "delta")
        .with(last, "response")
        .with(ERROR, "error")
        .build();
  }

  private static Shape<JudgeField> ollama() {
    return Shape.<JudgeField>builder()
        .slot(JudgeField.ROOT)
        .with(life(), "model", "created_at")
        .with(JudgeField.LAST, "done")
        .with(JudgeField.FINISH, "done_reason")
        .with(content("role"), "message")
        .with(JudgeField.CONTENT, "response", "thinking")
        .with(ERROR, "error")
        .build();
  }
}
