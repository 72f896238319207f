// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.gateway.Headers;

/** Which header fields of an answer make sense in an answer to another call. */
final class KeptFields {

  private KeptFields() {}

  static Headers of(Headers answer) {
    return answer.without(KeptFields::dropped);
  }

  /**
   * Framing and connection ({@code RFC 9110 section 7.6.1}), what we undo or say ourselves, what is
   * only true of the moment, and what is for one client or names its account.
   */
  private static boolean dropped(String lowerCaseName) {
    return switch (lowerCaseName) {
      case "connection",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "content-length",
          "content-encoding",
          "content-md5",
          "digest",
          "etag",
          "age",
          "date",
          "expires",
          "alt-svc",
          "nel",
          "report-to",
          "server-timing",
          "set-cookie",
          "set-cookie2",
          "www-authenticate",
          "proxy-authenticate",
          "retry-after",
          "retry-after-ms",
          "x-should-retry",
          "openai-organization",
          "openai-project",
          "anthropic-organization-id",
          "cf-ray" ->
          true;
      default ->
          lowerCaseName.startsWith(":")
              || lowerCaseName.startsWith("x-headgate-")
              || lowerCaseName.startsWith("cf-aig-")
              || lowerCaseName.contains("ratelimit");
    };
  }
}
