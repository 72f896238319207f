// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** The answers, encoded once with their HTTP/1.1 heads: the host must cost as little as it can. */
final class Canned {

  /** Content chunks of a streamed answer. */
  private static final int CHUNKS = 200;

  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private static final int FEW_CHUNKS = 10;

  private static final String TEXT =
      "The refund for the second payment was started today and arrives within five working days. ";

  /** Nothing, as a collector confirms. */
  static final byte[] CONFIRMED = whole("application/x-protobuf", "");

  /** A chat completion of 1 KB. */
  static final byte[] COMPLETION = whole("application/json", completion(1024));

  /** JSON that has nothing to do with a model, of the same length. */
  static final byte[] OTHER = whole("application/json", other(1024));

  /** The head of a stream, then one piece per event. */
  static final List<byte[]> STREAM = stream(CHUNKS);

  static final List<byte[]> SHORT_STREAM = stream(FEW_CHUNKS);

  private Canned() {}

  static byte[] text(String text) {
    return whole("text/plain", text);
  }

  private static byte[] whole(String type, String body) {
    return (OK
            + "Content-Type: "
            + type
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(US_ASCII);
  }

  private static String completion(int length) {
    String head =
        "{\"id\":\"chatcmpl-bench0001\",\"object\":\"chat.completion\",\"created\":1793491200,"
            + "\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,\"message\":"
            + "{\"role\":\"assistant\",\"content\":\"";
    String tail =
        "\",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":211,\"completion_tokens\":96,\"total_tokens\":307,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},"
            + "\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0}},"
            + "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_bench\"}";
    return head + text(length - head.length() - tail.length()) + tail;
  }

  private static String other(int length) {
    String head = "{\"ticket\":4711,\"note\":\"";
    String tail = "\"}";
    return head + text(length - head.length() - tail.length()) + tail;
  }

  private static String text(int length) {
    return TEXT.repeat(length / TEXT.length() + 1).substring(0, length);
  }

  private static List<byte[]> stream(int chunks) {
    List<byte[]> pieces = new ArrayList<>(chunks + 5);
    pieces.add(
        (OK + "Content-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
            .getBytes(US_ASCII));
    pieces.add(event("{\"role\":\"assistant\",\"content\":\"\"}", "null", "null"));
    for (int i = 0; i < chunks; i++) {
      pieces.add(event("{\"content\":\" word" + (100 + i) + "\"}", "null", "null"));
    }
    pieces.add(event("{}", "\"stop\"", "null"));
    pieces.add(
        event(
            "",
            "",
            "{\"prompt_tokens\":211,\"completion_tokens\":"
                + chunks
                + ",\"total_tokens\":"
                + (211 + chunks)
                + "}"));
    ByteArrayOutputStream last = new ByteArrayOutputStream();
    last.writeBytes(chunk("data: [DONE]\n\n"));
    last.writeBytes("0\r\n\r\n".getBytes(US_ASCII));
    pieces.add(last.toByteArray());
    return List.copyOf(pieces);
  }

  private static byte[] event(String delta, String finish, String usage) {
    String choices =
        delta.isEmpty()
            ? "[]"
            : "[{\"index\":0,\"delta\":"
                + delta
                + ",\"logprobs\":null,\"finish_reason\":"
                + finish
                + "}]";
    return chunk(
        "data: {\"id\":\"chatcmpl-bench0001\",\"object\":\"chat.completion.chunk\","
            + "\"created\":1793491200,\"model\":\"gpt-4o-mini-2024-07-18\","
            + "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_bench\",\"choices\":"
            + choices
            + ",\"usage\":"
            + usage
            + "}\n\n");
  }

  private static byte[] chunk(String data) {
    return (Integer.toHexString(data.length()) + "\r\n" + data + "\r\n").getBytes(US_ASCII);
  }
}
