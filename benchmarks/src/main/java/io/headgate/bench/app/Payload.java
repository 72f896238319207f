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

  /** One of many prompts of the same length. */
  static String prompt(int number) {
    return PROMPT + "Ticket " + (100_000 + number) + ".";
  }

  /** The body of a chat request of 1 KB. */
  static String request(boolean stream) {
    return request(PROMPT, stream);
  }

  /**
   * One of many such bodies. That of a stream has a prompt of its own: a cache that takes the two
   * for the same question would make one answer of the other.
   */
  static String question(int number, boolean stream) {
    return request(prompt(stream ? 500_000 + number : number), stream);
  }

  private static String request(String prompt, boolean stream) {
    return "{\"model\":\"gpt-4o-mini\",\"temperature\":0.2,\"max_tokens\":300,"
        + (stream ? "\"stream\":true,\"stream_options\":{\"include_usage\":true}," : "")
        + "\"messages\":[{\"role\":\"system\",\"content\":\"You are terse.\"},"
        + "{\"role\":\"user\",\"content\":\""
        + prompt
        + "\"}]}";
  }
}
