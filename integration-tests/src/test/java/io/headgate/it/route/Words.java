// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.route;

import java.util.List;

/** How a provider says things, by its wire format. Texts come in three pieces. */
enum Words {
  OPENAI {
    @Override
    String answer(List<String> pieces) {
      return """
      {"id":"chatcmpl-1","object":"chat.completion","created":1760000000,"model":"gpt-4o",\
      "choices":[{"index":0,"message":{"role":"assistant","content":"%s","refusal":null},\
      "logprobs":null,"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}"""
          .formatted(String.join("", pieces));
    }

    @Override
    List<String> beginning() {
      return List.of(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
    }

    @Override
    String content(String piece) {
      return chunk("{\"content\":\"" + piece + "\"}", "null");
    }

    @Override
    List<String> end() {
      return List.of(chunk("{}", "\"stop\""), "data: [DONE]\n\n");
    }

    private String chunk(String delta, String finish) {
      return """
      data: {"id":"chatcmpl-2","object":"chat.completion.chunk","created":1760000000,"model":"gpt-4o",\
      "choices":[{"index":0,"delta":%s,"logprobs":null,"finish_reason":%s}]}

      """
          .formatted(delta, finish);
    }

    @Override
    String error(String type, String message) {
      return "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":null}}"
          .formatted(message, type);
    }

    @Override
    String errorEvent(String type) {
      return "data: " + error(type, "It went wrong") + "\n\n";
    }
  },

  ANTHROPIC {
    @Override
    String answer(List<String> pieces) {
      return """
      {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5",\
      "content":[{"type":"text","text":"%s"}],"stop_reason":"end_turn","stop_sequence":null,\
      "usage":{"input_tokens":9,"output_tokens":3}}"""
          .formatted(String.join("", pieces));
    }

    @Override
    List<String> beginning() {
      return List.of(
          event(
              "message_start",
              "\"message\":{\"id\":\"msg_2\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[],"
                  + "\"model\":\"claude-sonnet-4-5\",\"stop_reason\":null,\"stop_sequence\":null,"
                  + "\"usage\":{\"input_tokens\":9,\"output_tokens\":1}}"),
          event(
              "content_block_start",
              "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"),
          "event: ping\ndata: {\"type\":\"ping\"}\n\n");
    }

    @Override
    String content(String piece) {
      return event(
          "content_block_delta",
          "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + piece + "\"}");
    }

    @Override
    List<String> end() {
      return List.of(
          event("content_block_stop", "\"index\":0"),
          event(
              "message_delta",
              "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                  + "\"usage\":{\"output_tokens\":3}"),
          "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }

    private String event(String type, String more) {
      return "event: %s\ndata: {\"type\":\"%s\",%s}\n\n".formatted(type, type, more);
    }

    @Override
    String error(String type, String message) {
      return "{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"message\":\"%s\"}}"
          .formatted(type, message);
    }

    @Override
    String errorEvent(String type) {
      return "event: error\ndata: " + error(type, "It went wrong") + "\n\n";
    }
  };

  /** A whole answer. */
  abstract String answer(List<String> pieces);

  /** The events of a stream before its first content. */
  abstract List<String> beginning();

  /** An event with content. */
  abstract String content(String piece);

  /** The events after the last content. */
  abstract List<String> end();

  abstract String error(String type, String message);

  /** An error within a stream. */
  abstract String errorEvent(String type);
}
