// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.WireFormat;
import io.headgate.gateway.Headers;
import io.headgate.gateway.WireError;
import java.nio.charset.StandardCharsets;

/**
 * Writes errors of our own as each format's SDKs read them. Names are those that the providers give
 * to the same thing, so that code that looks at them goes on working.
 */
final class WireErrors {

  private WireErrors() {}

  /** The HTTP status of an answer that tells of such an error. */
  static int status(WireError.Kind kind) {
    return switch (kind) {
      case RATE_LIMIT, QUOTA -> 429;
      case DENIED -> 403;
      case CONTENT -> 400;
      case UPSTREAM -> 502;
      case TIMEOUT, CACHE_MISS -> 504;
    };
  }

  /**
   * The header fields that belong to {@link #body}. {@code x-should-retry} is what the SDKs of
   * OpenAI and Anthropic obey; how long to wait is for the caller to add.
   */
  static Headers headers(WireFormat format, WireError error) {
    String again = error.kind() == WireError.Kind.RATE_LIMIT ? "true" : "false";
    Headers headers = Headers.ofFlat("content-type", "application/json", "x-should-retry", again);
    // Its SDK takes the class of the exception from here.
    return format == WireFormat.BEDROCK
        ? headers.with("x-amzn-errortype", WireErrorsBedrock.type(error.kind()))
        : headers;
  }

  static byte[] body(WireFormat format, WireError error) {
    String body =
        switch (format) {
          case OPENAI, OPENAI_RESPONSES, OTHER -> "{\"error\":" + openAi(error) + "}";
          case ANTHROPIC -> anthropic(error);
          case GEMINI -> gemini(error);
          case BEDROCK, COHERE -> "{\"message\":" + quote(error.message()) + "}";
          case OLLAMA -> ollama(error);
        };
    return bytes(body);
  }

  /**
   * What ends a stream that has begun. An event starts with two line ends, which do nothing between
   * events: the first ends a line that was cut off, the second the event that it belongs to, which
   * would take the error for more of its own data.
   */
  static byte[] event(WireFormat format, WireError error) {
    return switch (format) {
      case OPENAI, OTHER -> bytes("\n\ndata: {\"error\":" + openAi(error) + "}\n\n");
      case OPENAI_RESPONSES -> bytes("\n\nevent: error\ndata: " + responses(error) + "\n\n");
      case ANTHROPIC -> bytes("\n\nevent: error\ndata: " + anthropic(error) + "\n\n");
      case GEMINI -> bytes("\r\n\r\ndata: " + gemini(error) + "\r\n\r\n");
      case COHERE ->
          bytes(
              "\n\nevent: message-end\ndata: {\"type\":\"message-end\",\"delta\":{"
                  + "\"finish_reason\":\"ERROR\",\"error\":"
                  + quote(error.message())
                  + "}}\n\n");
      // Lines rather than events, and some readers take no blank ones.
      case OLLAMA -> bytes(ollama(error) + "\n");
      case BEDROCK -> WireErrorsBedrock.frame(error);
    };
  }

  private static String openAi(WireError error) {
    return "{\"message\":"
        + quote(error.message())
        + ",\"type\":\""
        + openAiType(error.kind())
        + "\",\"param\":null,\"code\":\""
        + openAiCode(error.kind())
        + "\"}";
  }

  /**
   * The event that OpenAI documents, with the error once more in a member of its own: that is what
   * its Java SDK throws for, where it would hand the bare event to the app like any other.
   */
  private static String responses(WireError error) {
    return "{\"type\":\"error\",\"code\":\""
        + openAiCode(error.kind())
        + "\",\"message\":"
        + quote(error.message())
        + ",\"param\":null,\"error\":"
        + openAi(error)
        + "}";
  }

  private static String openAiType(WireError.Kind kind) {
    return switch (kind) {
      case RATE_LIMIT -> "rate_limit_error";
      case QUOTA -> "insufficient_quota";
      case DENIED -> "permission_error";
      case CONTENT, CACHE_MISS -> "invalid_request_error";
      case UPSTREAM, TIMEOUT -> "server_error";
    };
  }

  private static String openAiCode(WireError.Kind kind) {
    return switch (kind) {
      case RATE_LIMIT -> "rate_limit_exceeded";
      case QUOTA -> "budget_exceeded";
      case DENIED -> "denied";
      case CONTENT -> "content_filter";
      case UPSTREAM -> "upstream_error";
      case TIMEOUT -> "timeout";
      case CACHE_MISS -> "cache_miss";
    };
  }

  private static String anthropic(WireError error) {
    String type =
        switch (error.kind()) {
          case RATE_LIMIT, QUOTA -> "rate_limit_error";
          case DENIED -> "permission_error";
          case CONTENT -> "invalid_request_error";
          case UPSTREAM, CACHE_MISS -> "api_error";
          case TIMEOUT -> "timeout_error";
        };
    return "{\"type\":\"error\",\"error\":{\"type\":\""
        + type
        + "\",\"message\":"
        + quote(error.message())
        + "}}";
  }

  private static String gemini(WireError error) {
    String status =
        switch (error.kind()) {
          case RATE_LIMIT, QUOTA -> "RESOURCE_EXHAUSTED";
          case DENIED -> "PERMISSION_DENIED";
          case CONTENT -> "INVALID_ARGUMENT";
          case UPSTREAM -> "UNAVAILABLE";
          case TIMEOUT -> "DEADLINE_EXCEEDED";
          case CACHE_MISS -> "NOT_FOUND";
        };
    return "{\"error\":{\"code\":"
        + status(error.kind())
        + ",\"message\":"
        + quote(error.message())
        + ",\"status\":\""
        + status
        + "\"}}";
  }

  private static String ollama(WireError error) {
    return "{\"error\":" + quote(error.message()) + "}";
  }

  /** A text as a JSON string, on one line. */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 8).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
