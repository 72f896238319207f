// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.FailureKind;
import java.util.List;

/**
 * Sorts the errors of all providers. Names come first, then the status, then the message, and only
 * where the providers have no name for it: of what is too long, of money, and of load. Facts are
 * from the providers' error documents and from what their SDKs recognise.
 */
final class JudgeKinds {

  private JudgeKinds() {}

  private static final List<String> CONTENT_NAMES =
      List.of(
          "content_filter",
          "contentfilter",
          "content_policy",
          "responsibleaipolicy",
          "moderation",
          "safety",
          "guardrail",
          "data_inspection_failed",
          "prohibited_content");

  private static final List<String> CONTENT_WORDS =
      List.of(
          "content management policy",
          "content filter",
          "content policy",
          "content exists risk",
          "safety system",
          "usage policies",
          "usage guidelines",
          "flagged by moderation",
          "requires moderation");

  private static final List<String> LENGTH_NAMES =
      List.of(
          "context_length_exceeded",
          "context_window_exceeded",
          "exceed_context_size",
          "string_above_max_length",
          "request_too_large");

  private static final List<String> LENGTH_WORDS =
      List.of(
          "maximum context length",
          "context length",
          "context window",
          "context limit",
          "context size",
          "prompt is too long",
          "prompt too long",
          "input is too long",
          "input length should be",
          "maximum prompt length",
          "maximum input length",
          "exceeds the maximum number of tokens",
          "maximum number of input tokens",
          "number of tokens in the prompt exceeds",
          "too many input tokens",
          "model token limit",
          "reduce the length of the messages",
          "request too large for model");

  private static final List<String> MONEY_NAMES =
      List.of(
          "insufficient_quota",
          "billing",
          "budget_exceeded",
          "insufficient_balance",
          "insufficient_funds",
          "insufficient_credits",
          "payment_required");

  private static final List<String> MONEY_WORDS =
      List.of(
          "credit balance",
          "insufficient balance",
          "insufficient credits",
          "insufficient funds",
          "available credits",
          "billing hard limit",
          "requires more credits");

  private static final List<String> RATE_NAMES =
      List.of(
          "rate_limit",
          "ratelimit",
          "too_many_requests",
          "toomanyrequests",
          "throttling",
          "resource_exhausted",
          "servicequotaexceeded",
          "modelnotready");

  private static final List<String> LOAD_WORDS = List.of("overloaded", "high demand");

  private static final List<String> KEY_NAMES =
      List.of(
          "authentication",
          "unauthenticated",
          "unauthorized",
          "permission",
          "invalid_api_key",
          "api_key_invalid",
          "accessdenied",
          "unrecognizedclient",
          "forbidden");

  private static final List<String> OWN_NAMES =
      List.of(
          "invalid_request",
          "invalid_argument",
          "invalid_prompt",
          "failed_precondition",
          "not_found",
          "notfound",
          "unsupported",
          "validation");

  /**
   * The kind of an error.
   *
   * @param status the HTTP status, or what the body says it is; 0 if only names tell
   * @param names all that the provider calls it, in lower case
   * @param message in lower case; empty if there is none
   */
  static FailureKind kind(int status, List<String> names, String message) {
    boolean refused = status == 0 || (status >= 400 && status < 500 && status != 429);
    if (refused && status != 401) {
      if (named(names, CONTENT_NAMES) || says(message, CONTENT_WORDS)) {
        return FailureKind.CONTENT_FILTER;
      }
      if (named(names, LENGTH_NAMES) || (mayBeTooLong(status) && tooLong(message))) {
        return FailureKind.CONTEXT_WINDOW;
      }
    }
    if (status == 402 || (status < 500 && money(names, message))) {
      return FailureKind.QUOTA;
    }
    if (status == 529
        || ((status == 0 || status == 429 || status >= 500) && overloaded(names, message))) {
      return FailureKind.OVERLOADED;
    }
    if (status == 429 || (status < 500 && named(names, RATE_NAMES))) {
      return FailureKind.RATE_LIMIT;
    }
    return status == 0 ? byName(names) : byStatus(status, names);
  }

  private static FailureKind byStatus(int status, List<String> names) {
    if (status >= 500 || named(names, List.of("modelerrorexception"))) {
      return FailureKind.SERVER_ERROR;
    }
    // Cohere's 498 is a token that is not valid, Google's bad keys are a 400.
    return status == 401
            || status == 403
            || status == 498
            || named(names, List.of("api_key_invalid", "invalid_api_key"))
        ? FailureKind.AUTH
        : FailureKind.CLIENT_ERROR;
  }

  /** An error within a success. */
  private static FailureKind byName(List<String> names) {
    if (named(names, KEY_NAMES)) {
      return FailureKind.AUTH;
    }
    return named(names, OWN_NAMES) ? FailureKind.CLIENT_ERROR : FailureKind.SERVER_ERROR;
  }

  private static boolean mayBeTooLong(int status) {
    return status == 0 || status == 400 || status == 413 || status == 422;
  }

  private static boolean tooLong(String message) {
    return says(message, LENGTH_WORDS)
        || (message.contains("input token count") && message.contains("exceeds"));
  }

  private static boolean money(List<String> names, String message) {
    return named(names, MONEY_NAMES) || says(message, MONEY_WORDS);
  }

  private static boolean overloaded(List<String> names, String message) {
    return named(names, List.of("overloaded", "slow_down")) || says(message, LOAD_WORDS);
  }

  private static boolean named(List<String> names, List<String> parts) {
    for (String name : names) {
      if (says(name, parts)) {
        return true;
      }
    }
    return false;
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
