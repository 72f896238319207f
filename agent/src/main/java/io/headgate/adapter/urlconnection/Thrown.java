// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Gives the app the very thing its connection threw. */
final class Thrown {

  private Thrown() {}

  /** Returns an {@link IOException} to throw; throws what is unchecked. */
  static IOException io(@Nullable Throwable thrown) {
    if (thrown instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof IOException io ? io : new IOException(thrown);
  }

  /**
   * What the JDK's connection throws when it is asked again: a copy with the first one as cause.
   * Throws what is unchecked.
   */
  static IOException again(Throwable first) {
    if (!(first instanceof IOException failure)) {
      throw new RuntimeException(first);
    }
    try {
      IOException again =
          failure.getClass().getConstructor(String.class).newInstance(failure.getMessage());
      again.initCause(failure);
      return again;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return failure;
    }
  }

  /** Takes off what futures put around a failure. */
  static Throwable cause(Throwable failure) {
    Throwable inner = failure;
    while (inner instanceof CompletionException || inner instanceof ExecutionException) {
      Throwable next = inner.getCause();
      if (next == null) {
        return inner;
      }
      inner = next;
    }
    return inner;
  }
}
