// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The bytes that go over the wire in the benchmarks. */
public final class Wire {

  public static final int CHUNKS = 200;

  private static final String TEXT =
      "The refund for the second payment was started today and arrives within five working days. ";

  private Wire() {}

  /** A chat request of 1 KB. */
  public static byte[] request(boolean stream) {
    return ("{\"model\":\"gpt-4o-mini\",\"temperature\":0.2,\"max_tokens\":300,"
            + (stream ? "\"stream\":true,\"stream_options\":{\"include_usage\":true}," : "")
            + "\"messages\":[{\"role\":\"system\",\"content\":\"You are terse.\"},"
            + "{\"role\":\"user\",\"content\":\""
            + TEXT.repeat(9)
            + "\"}]}")
        .getBytes(UTF_8);
  }

  /** A chat completion of 1 KB. */
  public static byte[] answer() {
    return ("{\"id\":\"chatcmpl-bench0001\",\"object\":\"chat.completion\",\"created\":1793491200,"
            + "\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,\"message\":"
            + "{\"role\":\"assistant\",\"content\":\""
            + TEXT.repeat(5)
            + "\",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,"
            + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":211,"
            + "\"completion_tokens\":96,\"total_tokens\":307,\"prompt_tokens_details\":"
            + "{\"cached_tokens\":0,\"audio_tokens\":0},\"completion_tokens_details\":"
            + "{\"reasoning_tokens\":0,\"audio_tokens\":0}},\"service_tier\":\"default\","
            + "\"system_fingerprint\":\"fp_bench\"}")
        .getBytes(UTF_8);
  }

  /** The JSON of each content chunk. */
  static String chunk(int i) {
    return head()
        + "[{\"index\":0,\"delta\":{\"content\":\" word"
        + (100 + i)
        + "\"},\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}";
  }

  /** A stream as it arrives, one event after the other. */
  public static byte[][] stream() {
    byte[][] events = new byte[CHUNKS + 3][];
    for (int i = 0; i < CHUNKS; i++) {
      events[i] = event(chunk(i));
    }
    events[CHUNKS] =
        event(
            head()
                + "[{\"index\":0,\"delta\":{},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                + "\"usage\":null}");
    events[CHUNKS + 1] =
        event(
            head()
                + "[],\"usage\":{\"prompt_tokens\":211,\"completion_tokens\":200,"
                + "\"total_tokens\":411}}");
    events[CHUNKS + 2] = event("[DONE]");
    return events;
  }

  private static String head() {
    return "{\"id\":\"chatcmpl-bench0001\",\"object\":\"chat.completion.chunk\","
        + "\"created\":1793491200,\"model\":\"gpt-4o-mini-2024-07-18\","
        + "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_bench\",\"choices\":";
  }

  private static byte[] event(String data) {
    return ("data: " + data + "\n\n").getBytes(UTF_8);
  }
}
