// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.chat.ResponseFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.GatewayResponse;
import java.util.Locale;

/** Which answers are streams, and which of these have not come to their end. */
final class Streams {

  private Streams() {}

  /** Whether an answer is a stream of events; what it says of itself goes over what was asked. */
  static boolean is(GatewayResponse response, Attempt attempt) {
    if (!response.successful()) {
      return false;
    }
    String type = response.headers().first("content-type");
    String lower = type == null ? "" : type.toLowerCase(Locale.ROOT);
    if (lower.startsWith("text/event-stream")
        || lower.startsWith("application/x-ndjson")
        || lower.startsWith("application/vnd.amazon.eventstream")) {
      return true;
    }
    boolean asked = attempt.requestFacts().stream() || attempt.endpoint().streaming();
    return asked && !lower.startsWith("application/json");
  }

  /**
   * Whether a stream that ended had not come to its own end. One of which nothing could be read is
   * given the benefit of the doubt.
   */
  static boolean cutOff(Attempt attempt) {
    ResponseFacts facts = attempt.responseFacts();
    return attempt.endpoint().format() != WireFormat.OTHER && !facts.ended() && facts.begun();
  }
}
