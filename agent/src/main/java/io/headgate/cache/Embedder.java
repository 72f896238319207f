// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Turns a text into a vector that is near those of similar texts. Thread-safe. */
public interface Embedder {

  /** What tells its vectors from those of others, which are never compared with them. */
  String id();

  /**
   * The vector of a text, of any length but zero; always as long as all others of this embedder.
   *
   * @return completes with null if the text is one it cannot tell from others, or the vector cannot
   *     be had; may be complete already; does not fail
   */
  CompletionStage<float @Nullable []> embed(String text);
}
