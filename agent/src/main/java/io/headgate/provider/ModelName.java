// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.chat.Operation;
import java.util.Locale;

/**
 * What a model is for, as its name tells: needed where one path runs every kind of model (Bedrock's
 * {@code invoke}, Vertex AI's {@code :predict}, Workers AI's {@code run}).
 */
final class ModelName {

  private static final String[] EMBEDDERS = {"embed", "gecko", "/bge-", "/e5-", "/gte-"};
  private static final String[] RERANKERS = {"rerank"};
  private static final String[] PAINTERS = {
    "imagen",
    "titan-image",
    "nova-canvas",
    "stability.",
    "stable-diffusion",
    "flux",
    "dreamshaper",
    "sdxl"
  };
  private static final String[] LISTENERS = {"whisper", "/nova-3"};
  private static final String[] SPEAKERS = {"melotts", "/aura-"};

  private ModelName() {}

  /** The operation a model's name implies, or the given one if it implies none. */
  static Operation operation(String model, Operation otherwise) {
    String name = model.toLowerCase(Locale.ROOT);
    if (containsAny(name, RERANKERS)) {
      return Operation.RERANK;
    }
    if (containsAny(name, EMBEDDERS)) {
      return Operation.EMBEDDINGS;
    }
    if (containsAny(name, PAINTERS)) {
      return Operation.IMAGE;
    }
    if (containsAny(name, LISTENERS)) {
      return Operation.TRANSCRIPTION;
    }
    return containsAny(name, SPEAKERS) ? Operation.SPEECH : otherwise;
  }

  private static boolean containsAny(String name, String[] parts) {
    for (String part : parts) {
      if (name.contains(part)) {
        return true;
      }
    }
    return false;
  }
}
