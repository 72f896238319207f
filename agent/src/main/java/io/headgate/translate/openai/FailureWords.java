// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.ApiFailure.Kind;
import java.util.List;
import java.util.Locale;

/**
 * Sorts failures: by what several statuses may mean, told by name or in words; then by status; by
 * name alone if there is no status. Facts are from the providers' lists of errors.
 */
final class FailureWords {

  private static final List<String> TOO_LONG =
      List.of(
          "context_length_exceeded",
          "context_window_exceeded",
          "exceed_context_size",
          "maximum context length",
          "context length",
          "context window",
          "context limit",
          "prompt is too long",
          "prompt too long",
          "input is too long",
          "maximum prompt length",
          "maximum input length",
          "exceeds the maximum number of tokens",
          "too many input tokens",
          "reduce the length of the messages");

  private static final List<String> FILTERED =
      List.of(
          "content_filter",
          "content_policy",
          "responsibleaipolicy",
          "data_inspection_failed",
          "content management policy",
          "content exists risk",
          "safety system",
          "flagged by moderation",
          "requires moderation");

  private static final List<String> NO_MONEY =
      List.of(
          "insufficient_quota",
          "billing_hard_limit",
          "billing_not_active",
          "insufficient_balance",
          "insufficient balance",
          "insufficient credits",
          "requires more credits",
          "exceeded your current quota, please check your plan");

  private static final List<String> BUSY = List.of("overloaded", "high demand", "slow_down");

  private FailureWords() {}

  static Kind kind(int status, List<String> names, String message) {
    String said = (String.join(" ", names) + " " + message).toLowerCase(Locale.ROOT);
    boolean mine = status == 0 || status == 400 || status == 403 || status == 413 || status == 422;
    if (mine && says(said, TOO_LONG)) {
      return Kind.CONTEXT_LENGTH;
    }
    if (mine && says(said, FILTERED)) {
      return Kind.CONTENT_FILTER;
    }
    if (status < 500 && says(said, NO_MONEY)) {
      return Kind.QUOTA;
    }
    if ((status == 0 || status == 429 || status >= 500) && says(said, BUSY)) {
      return Kind.OVERLOADED;
    }
    return status == 0 ? byName(said) : byStatus(status, said);
  }

  private static Kind byStatus(int status, String said) {
    return switch (status) {
      case 400 -> ofBadRequest(said);
      case 401 -> Kind.AUTHENTICATION;
      case 402 -> Kind.QUOTA;
      case 403 -> Kind.PERMISSION;
      case 404 -> Kind.NOT_FOUND;
      case 408, 504, 524 -> Kind.TIMEOUT;
      case 409 -> Kind.CONFLICT;
      // Groq's for more tokens than a minute has.
      case 413 -> said.contains("rate_limit") ? Kind.RATE_LIMIT : Kind.TOO_LARGE;
      case 422 -> Kind.UNPROCESSABLE;
      case 429 -> Kind.RATE_LIMIT;
      // 498: Groq's for a tier without capacity.
      case 498, 503, 529 -> Kind.OVERLOADED;
      default -> status < 500 && status != 424 && status != 499 ? Kind.BAD_REQUEST : Kind.SERVER;
    };
  }

  /** Google says so of a key that is not valid. */
  private static Kind ofBadRequest(String said) {
    if (says(said, List.of("api_key_invalid", "api key not valid", "invalid_api_key"))) {
      return Kind.AUTHENTICATION;
    }
    return says(said, List.of("model_not_found", "invalid_model"))
        ? Kind.NOT_FOUND
        : Kind.BAD_REQUEST;
  }

  private static Kind byName(String said) {
    if (says(said, List.of("rate_limit", "too_many_requests", "resource_exhausted"))) {
      return Kind.RATE_LIMIT;
    }
    if (says(said, List.of("authentication", "unauthenticated", "invalid_api_key"))) {
      return Kind.AUTHENTICATION;
    }
    if (says(said, List.of("permission", "forbidden"))) {
      return Kind.PERMISSION;
    }
    if (says(said, List.of("not_found", "notfounderror"))) {
      return Kind.NOT_FOUND;
    }
    if (says(said, List.of("timeout", "timed out"))) {
      return Kind.TIMEOUT;
    }
    return says(said, List.of("invalid_request", "invalid_argument", "badrequest", "bad_request"))
        ? Kind.BAD_REQUEST
        : Kind.SERVER;
  }

  private static boolean says(String text, List<String> parts) {
    for (String part : parts) {
      if (text.contains(part)) {
        return true;
      }
    }
    return false;
  }
}
