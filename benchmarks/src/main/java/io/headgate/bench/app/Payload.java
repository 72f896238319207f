// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench.app;

/** What the applications ask. */
final class Payload {

  static final String CHAT_PATH = "/v1/chat/completions";

  static final String PROMPT =
      "A customer writes: I was charged twice for invoice 4711 in March, please refund one of the "
          + "two payments. Sort the ticket, check it against our refund policy and draft a reply. "
              .repeat(9);

  private Payload() {}

  /** The body of a chat request of 1 KB. */
  static String request(boolean stream) {
    return "{\"model\":\"gpt-4o-mini\",\"temperature\":0.2,\"max_tokens\":300,"
        + (stream ? "\"stream\":true,\"stream_options\":{\"include_usage\":true}," : "")
        + "\"messages\":[{\"role\":\"system\",\"content\":\"You are terse.\"},"
        + "{\"role\":\"user\",\"content\":\""
        + PROMPT
        + "\"}]}";
  }
}
