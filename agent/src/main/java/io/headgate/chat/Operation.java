// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

/**
 * What an endpoint does. The text is the value of {@code gen_ai.operation.name}: the names of the
 * OpenTelemetry GenAI conventions where they have one, our own where they do not.
 */
public enum Operation {
  CHAT("chat", true),
  TEXT_COMPLETION("text_completion", true),
  EMBEDDINGS("embeddings", true),
  IMAGE("image_generation", true),
  SPEECH("speech", true),
  TRANSCRIPTION("transcription", true),
  RERANK("rerank", true),
  MODERATION("moderation", true),
  COUNT_TOKENS("count_tokens", false),
  MODELS("models", false),
  FILES("files", false),
  BATCH("batch", false),
  /** A GET or DELETE of something stored earlier: never billed as a new answer. */
  RETRIEVE("retrieve", false),
  /** A path we do not know on a host we know: passes, is counted, and no tokens are guessed. */
  UNKNOWN("unknown", false);

  private final String text;
  private final boolean usesModel;

  Operation(String text, boolean usesModel) {
    this.text = text;
    this.usesModel = usesModel;
  }

  public String text() {
    return text;
  }

  /** Whether a model runs, so that tokens and cost are worth looking for. */
  public boolean usesModel() {
    return usesModel;
  }
}
