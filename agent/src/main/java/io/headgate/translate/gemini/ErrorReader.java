// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ApiFailure.Kind;
import io.headgate.json.JsonTree;
import io.headgate.json.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads errors of providers: the status decides, then Google's word for it, then the text. */
final class ErrorReader {

  /** A page of HTML says nothing that its first lines do not. */
  private static final int LONGEST = 2_000;

  private ErrorReader() {}

  /**
   * What went wrong.
   *
   * @param status of HTTP; 0 within a stream
   * @param body null if it is no JSON object: streams without {@code alt=sse} fail with an array
   */
  static ApiFailure read(int status, @Nullable Map<String, @Nullable Object> body, String text) {
    Object document = body;
    if (document == null) {
      List<@Nullable Object> array =
          Spelling.list(JsonTree.exact(text.getBytes(StandardCharsets.UTF_8)));
      document = array.isEmpty() ? null : array.get(0);
    }
    Map<String, @Nullable Object> outer = Spelling.camel(document);
    Map<String, @Nullable Object> error = Spelling.camel(outer.get("error"));
    String message = message(outer, error, text);
    String word = Spelling.word(error.get("status"));
    String reason = detail(error, "reason");
    String field = detail(error, "field");
    long told = Nodes.number(error.get("code"), 0);
    int code = status > 0 ? status : told > 0 && told < 1_000 ? (int) told : 0;
    String own = !reason.isEmpty() ? reason : word;
    return new ApiFailure(
        kind(code, word, reason, message, error),
        status,
        message,
        own.isEmpty() ? null : own,
        field.isEmpty() ? null : field);
  }

  private static String message(
      Map<String, @Nullable Object> outer, Map<String, @Nullable Object> error, String text) {
    for (Object said :
        new @Nullable Object[] {
          error.get("message"),
          outer.get("errorDescription"),
          outer.get("error"),
          outer.get("message")
        }) {
      if (!Nodes.text(said).isEmpty()) {
        return Nodes.text(said);
      }
    }
    String plain = text.strip();
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
  }

  private static Kind kind(
      int code, String word, String reason, String message, Map<String, @Nullable Object> error) {
    String lower = message.toLowerCase(Locale.ROOT);
    return switch (code) {
      case 400 -> badRequest(reason, lower);
      case 401 -> Kind.AUTHENTICATION;
      case 402 -> Kind.QUOTA;
      case 403 -> Kind.PERMISSION;
      case 404 -> Kind.NOT_FOUND;
      case 408, 504 -> Kind.TIMEOUT;
      case 409 -> Kind.CONFLICT;
      case 413 -> Kind.TOO_LARGE;
      case 422 -> Kind.UNPROCESSABLE;
      case 429 -> exhausted(lower, error);
      case 503, 529 -> Kind.OVERLOADED;
      default -> {
        if (code >= 500) {
          yield Kind.SERVER;
        }
        yield byWord(word, reason, lower, code >= 400 ? Kind.BAD_REQUEST : Kind.SERVER, error);
      }
    };
  }

  private static Kind byWord(
      String word, String reason, String lower, Kind other, Map<String, @Nullable Object> error) {
    return switch (word) {
      case "INVALID_ARGUMENT", "FAILED_PRECONDITION", "OUT_OF_RANGE" -> badRequest(reason, lower);
      case "UNAUTHENTICATED" -> Kind.AUTHENTICATION;
      case "PERMISSION_DENIED" -> Kind.PERMISSION;
      case "NOT_FOUND" -> Kind.NOT_FOUND;
      case "ABORTED", "ALREADY_EXISTS" -> Kind.CONFLICT;
      case "RESOURCE_EXHAUSTED" -> exhausted(lower, error);
      case "DEADLINE_EXCEEDED" -> Kind.TIMEOUT;
      case "UNAVAILABLE" -> Kind.OVERLOADED;
      case "INTERNAL", "UNKNOWN", "DATA_LOSS" -> Kind.SERVER;
      default -> other;
    };
  }

  private static Kind badRequest(String reason, String lower) {
    if (reason.startsWith("API_KEY_")
        || lower.contains("api key not valid")
        || lower.contains("api key expired")) {
      return Kind.AUTHENTICATION;
    }
    if (lower.contains("user location is not supported")) {
      return Kind.PERMISSION;
    }
    if (lower.contains("exceeds the maximum number of tokens")
        || (lower.contains("input token count") && lower.contains("exceeds"))) {
      return Kind.CONTEXT_LENGTH;
    }
    return lower.contains("payload size exceeds") ? Kind.TOO_LARGE : Kind.BAD_REQUEST;
  }

  /** Limits by the minute pass; those by the day, and those of zero, do not. */
  private static Kind exhausted(String lower, Map<String, @Nullable Object> error) {
    String quota = detail(error, "quotaId").toLowerCase(Locale.ROOT);
    boolean lasting =
        quota.contains("perday")
            || lower.contains("limit: 0,")
            || lower.contains("credits are depleted");
    return lasting ? Kind.QUOTA : Kind.RATE_LIMIT;
  }

  /** A text that one of the details, or of the violations in one, has by that name. */
  private static String detail(Map<String, @Nullable Object> error, String name) {
    for (Object item : Nodes.list(error.get("details"))) {
      Map<String, @Nullable Object> detail = Spelling.camel(item);
      String text = Nodes.text(detail.get(name));
      for (String list : new String[] {"violations", "fieldViolations"}) {
        for (Object violation : Nodes.list(detail.get(list))) {
          text = text.isEmpty() ? Nodes.text(Spelling.camel(violation).get(name)) : text;
        }
      }
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }
}
