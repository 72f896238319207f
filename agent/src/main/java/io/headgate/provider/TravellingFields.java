// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.chat.WireFormat;
import io.headgate.gateway.Headers;

/**
 * Which header fields of the app's go along to another provider. Those that describe the body, the
 * SDK or the trace do; whatever else the app set was meant for the provider it called, and may be a
 * credential, an account or a cookie.
 */
final class TravellingFields {

  /** What Anthropic's API refuses to go without; the only version there is since 2023. */
  private static final String ANTHROPIC_VERSION = "2023-06-01";

  private TravellingFields() {}

  static Headers of(Headers headers, WireFormat format) {
    boolean anthropic = format == WireFormat.ANTHROPIC;
    Headers kept = headers.without(name -> !travels(name, anthropic));
    return anthropic && !kept.contains("anthropic-version")
        ? kept.with("anthropic-version", ANTHROPIC_VERSION)
        : kept;
  }

  private static boolean travels(String lowerCaseName, boolean anthropic) {
    return switch (lowerCaseName) {
      case "content-type",
          "content-encoding",
          "accept",
          "user-agent",
          "traceparent",
          "tracestate",
          "baggage",
          "x-request-id",
          "x-client-request-id",
          "x-correlation-id" ->
          true;
      case "anthropic-version", "anthropic-beta" -> anthropic;
      default -> lowerCaseName.startsWith("x-stainless-");
    };
  }
}
