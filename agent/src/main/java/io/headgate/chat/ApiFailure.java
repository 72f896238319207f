// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

import org.jspecify.annotations.Nullable;

/**
 * What a provider says when it does not answer, in no particular format.
 *
 * @param status its HTTP status; 0 if it came within a stream
 * @param message for a person, as the provider wrote it; may be empty
 * @param code the provider's own word for it, such as {@code context_length_exceeded}; null if it
 *     gave none
 * @param parameter the part of the request that it is about; null if it names none
 */
public record ApiFailure(
    Kind kind, int status, String message, @Nullable String code, @Nullable String parameter) {

  /** What it is about. */
  public enum Kind {
    BAD_REQUEST,
    /** More input than fits. */
    CONTEXT_LENGTH,
    /** The provider's filters say no. */
    CONTENT_FILTER,
    AUTHENTICATION,
    PERMISSION,
    NOT_FOUND,
    CONFLICT,
    TOO_LARGE,
    UNPROCESSABLE,
    RATE_LIMIT,
    /** No money, no quota: waiting does not help. */
    QUOTA,
    TIMEOUT,
    OVERLOADED,
    SERVER
  }
}
