// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Takes off what stages wrap an exception in. */
public final class Causes {

  private Causes() {}

  /** The exception that was thrown. */
  public static Throwable of(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
