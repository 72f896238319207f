// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import io.headgate.client.Outcome;
import io.headgate.client.Received;
import io.headgate.gateway.ContentSource;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Heads of answers, as the SDK has them and as we have them. */
final class Answers {

  private Answers() {}

  /** What the client got. It does not tell by which protocol. */
  static <A> Received<A> received(A own, SdkHttpResponse head, ContentSource body) {
    return new Received<>(own, head.statusCode(), Headers.of(head.headers()), "", body);
  }

  /**
   * The head that the app gets.
   *
   * @param own what the client got, if this is that, however changed
   */
  static SdkHttpResponse head(Outcome<?> outcome, @Nullable SdkHttpResponse own) {
    if (own != null && outcome.sameHead()) {
      return own;
    }
    GatewayResponse answer = outcome.answer();
    SdkHttpResponse.Builder builder =
        SdkHttpResponse.builder().statusCode(answer.status()).headers(answer.headers().toMap());
    if (own != null && own.statusCode() == answer.status()) {
      own.statusText().ifPresent(builder::statusText);
    } else {
      builder.statusText(phrase(answer.status()));
    }
    return builder.build();
  }

  /** Whether an answer is a stream of events, which may go on for long. */
  static boolean isStream(GatewayResponse answer) {
    String type = answer.headers().first("content-type");
    return type != null
        && (type.startsWith("application/vnd.amazon.eventstream")
            || type.startsWith("text/event-stream"));
  }

  /** How long the body is, in bytes, if the client's answer says so and its body is delivered. */
  static long length(Outcome<?> outcome) {
    Received<?> received = outcome.received();
    String length =
        received == null || !outcome.sameBody() ? null : received.headers().first("content-length");
    try {
      return length == null ? -1 : Long.parseLong(length.trim());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** What HTTP calls a status that answers of ours have (RFC 9110, sec. 15; RFC 6585). */
  private static @Nullable String phrase(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 408 -> "Request Timeout";
      case 413 -> "Content Too Large";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      default -> null;
    };
  }
}
