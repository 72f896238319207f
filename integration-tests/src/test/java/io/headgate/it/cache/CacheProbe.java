// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

import io.headgate.it.routing.AppClient;
import io.headgate.it.routing.Out;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An app that asks each host the same with one client: {@code CacheProbe CLIENT FORMAT…}. What it
 * prints is the app's own view: the cache's status, the content type, and the whole answer. Each
 * format is asked whole, whole and streamed, then, with another question, streamed, streamed and
 * whole.
 */
final class CacheProbe {

  private CacheProbe() {}

  public static void main(String[] args) {
    AppClient client = AppClient.valueOf(args[0]);
    for (String format : List.of(args).subList(1, args.length)) {
      Format host = Format.valueOf(format);
      for (String question : List.of("whole", "streamed")) {
        boolean streamed = question.equals("streamed");
        String text = question + " with " + client;
        ask(client, host, text, question + " 1", streamed);
        ask(client, host, text, question + " 2", streamed);
        ask(client, host, text, question + " 3", !streamed);
      }
    }
    System.exit(0);
  }

  private static void ask(
      AppClient client, Format host, String text, String name, boolean streamed) {
    Map<String, String> headers = new HashMap<>(host.headers());
    headers.put("authorization", "Bearer sk-app");
    Out.call(
        host + " " + name,
        () -> {
          AppClient.Answer answer =
              client.post(host.url(streamed), headers, host.body(text, streamed));
          return answer.status()
              + "|"
              + answer.headers().get("x-headgate-cache")
              + "|"
              + answer.headers().get("content-type")
              + "|"
              + answer.body();
        });
  }

  /** How the hosts are asked. */
  enum Format {
    OPENAI("https://api.openai.com/v1/chat/completions", Map.of()) {
      @Override
      String body(String text, boolean streamed) {
        return "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\""
            + text
            + "\"}]"
            + (streamed ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}" : "}");
      }
    },
    RESPONSES("https://api.openai.com/v1/responses", Map.of()) {
      @Override
      String body(String text, boolean streamed) {
        return "{\"model\":\"gpt-4o\",\"input\":\"" + text + "\",\"stream\":" + streamed + "}";
      }
    },
    ANTHROPIC(
        "https://api.anthropic.com/v1/messages",
        Map.of("x-api-key", "sk-app", "anthropic-version", "2023-06-01")) {
      @Override
      String body(String text, boolean streamed) {
        return "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":500,\"messages\":[{\"role\":\"user\",\"content\":\""
            + text
            + "\"}],\"stream\":"
            + streamed
            + "}";
      }
    },
    GEMINI(
        "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:",
        Map.of("x-goog-api-key", "sk-app")) {
      @Override
      String url(boolean streamed) {
        return super.url(streamed)
            + (streamed ? "streamGenerateContent?alt=sse" : "generateContent");
      }

      @Override
      String body(String text, boolean streamed) {
        return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"" + text + "\"}]}]}";
      }
    },
    COHERE("https://api.cohere.com/v2/chat", Map.of()) {
      @Override
      String body(String text, boolean streamed) {
        return "{\"model\":\"command-a-03-2025\",\"messages\":[{\"role\":\"user\",\"content\":\""
            + text
            + "\"}],\"stream\":"
            + streamed
            + "}";
      }
    },
    OLLAMA("http://localhost:11434/api/chat", Map.of()) {
      @Override
      String body(String text, boolean streamed) {
        return "{\"model\":\"llama3.2\",\"messages\":[{\"role\":\"user\",\"content\":\""
            + text
            + "\"}],\"stream\":"
            + streamed
            + "}";
      }
    };

    private final String url;
    private final Map<String, String> headers;

    Format(String url, Map<String, String> headers) {
      this.url = url;
      this.headers = headers;
    }

    String url(boolean streamed) {
      return url;
    }

    Map<String, String> headers() {
      return headers;
    }

    abstract String body(String text, boolean streamed);
  }
}
