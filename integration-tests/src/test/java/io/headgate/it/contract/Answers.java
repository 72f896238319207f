// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** What the scripted server says. */
final class Answers {

  static final String REQUEST =
      "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Grüß Gott\"}]}";

  static final String STREAM_REQUEST =
      "{\"model\":\"gpt-4o-mini\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  static final String CHAT =
      """
      {"id":"chatcmpl-1","object":"chat.completion","model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,\
      "message":{"role":"assistant","content":"Servus, Welt"},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,\
      "completion_tokens":3,"total_tokens":12,"prompt_tokens_details":{"cached_tokens":4}},"x_unknown":[1,2.50,null]}""";

  static final String ERROR =
      "{\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_error\",\"code\":\"rate_limit_exceeded\"}}";

  /** What the agent says, in OpenAI's words, to a call that a route denies with "no tea". */
  static final String DENIED =
      "{\"error\":{\"message\":\"no tea\",\"type\":\"permission_error\",\"param\":null,\"code\":\"denied\"}}";

  static final byte[] GZIPPED = gzip(CHAT);

  /** Much larger than any buffer on the way. */
  static final byte[] LARGE =
      ("{\"id\":\"big\",\"model\":\"gpt-4o-mini\",\"choices\":[{\"message\":{\"content\":\""
              + "abcdefgh".repeat(1 << 17)
              + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}")
          .getBytes(StandardCharsets.UTF_8);

  static final List<byte[]> EVENTS =
      Stream.of(
              chunk(
                  "\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null", ""),
              chunk("\"delta\":{\"content\":\"Ser\"},\"finish_reason\":null", ""),
              chunk("\"delta\":{\"content\":\"vus ✓\"},\"finish_reason\":null", ""),
              chunk("\"delta\":{},\"finish_reason\":\"stop\"", ""),
              "data: {\"id\":\"chatcmpl-2\",\"object\":\"chat.completion.chunk\",\"model\":"
                  + "\"gpt-4o-mini-2024-07-18\",\"choices\":[],\"usage\":{\"prompt_tokens\":8,"
                  + "\"completion_tokens\":2,\"total_tokens\":10}}\n\n",
              "data: [DONE]\n\n")
          .map(text -> text.getBytes(StandardCharsets.UTF_8))
          .toList();

  private Answers() {}

  private static String chunk(String choice, String more) {
    return "data: {\"id\":\"chatcmpl-2\",\"object\":\"chat.completion.chunk\",\"model\":"
        + "\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,"
        + choice
        + "}]"
        + more
        + "}\n\n";
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
