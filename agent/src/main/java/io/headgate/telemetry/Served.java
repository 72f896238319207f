// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.chat.ResponseFacts;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.WireError;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where the answer comes from that the app gets. */
final class Served {

  /** The reasons of answers that are of our own making. */
  private static final Set<String> OWN_REASONS =
      Arrays.stream(WireError.Kind.values())
          .map(Served::words)
          .collect(Collectors.toUnmodifiableSet());

  private Served() {}

  /** A constant as people write it in the configuration. */
  static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The attempt whose answer the app gets, or whose failure; null if none was sent, or if what the
   * app gets has nothing to do with any.
   */
  static @Nullable Attempt by(Exchange exchange) {
    return OWN_REASONS.contains(exchange.routing().reason()) ? null : exchange.served();
  }

  /** What the answer said of itself. */
  static ResponseFacts facts(Exchange exchange) {
    Attempt served = by(exchange);
    return served == null ? ResponseFacts.NONE : served.responseFacts();
  }

  /** The endpoint in whose words the answer speaks. */
  static Endpoint endpoint(Exchange exchange) {
    Attempt served = by(exchange);
    return served == null ? exchange.endpoint() : served.endpoint();
  }
}
