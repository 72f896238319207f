// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Values of {@code error.type}: the provider's error code, else the HTTP status, else the class of
 * the exception. Never a message: messages quote URLs and credentials.
 */
final class ErrorTypes {

  private static final int LONGEST = 64;

  private ErrorTypes() {}

  static String of(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getClass().getName();
  }

  /** The provider's own code if it looks like one; otherwise the HTTP status. */
  static String of(@Nullable String providerCode, int status) {
    return providerCode != null && isCode(providerCode)
        ? providerCode
        : status >= 400 ? Integer.toString(status) : GenAiAttributes.OTHER;
  }

  /** A word, not a sentence. Keys look like words too, so what resembles one is none. */
  private static boolean isCode(String text) {
    int length = text.length();
    if (length == 0 || length > LONGEST || text.startsWith("sk-")) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean fits = letter || (c >= '0' && c <= '9') || "_-.:".indexOf(c) >= 0;
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}
