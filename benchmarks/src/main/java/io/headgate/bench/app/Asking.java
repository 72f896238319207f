// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Asks many questions, one after the other and then again from the first: so many that what is kept
 * of them is more than the smallest memory in front of a disk or a Redis.
 */
final class Asking {

  /** Whole answers of 1 KB. */
  static final int QUESTIONS = 6_000;

  /** Fewer by openai-java, which takes its time while its caller is new. */
  private static final int OPENAI_QUESTIONS = 1_500;

  /** Streams of 200 chunks. */
  static final int STREAMS = 300;

  /** With this system property every answer is fetched and kept anew, if there is a cache. */
  private static final boolean REFRESH = Boolean.getBoolean("bench.refresh");

  private Asking() {}

  /**
   * One of the works; null if none is called so.
   *
   * @param llm the address of the LLM host, without a path
   */
  static @Nullable Work work(String name, String llm) {
    String url = llm + Payload.CHAT_PATH;
    return switch (name) {
      case "jdk-asked" -> inTurn(all(QUESTIONS, i -> jdk(url, i, false)), JdkWork::whole);
      case "jdk-asked-stream" -> inTurn(all(STREAMS, i -> jdk(url, i, true)), JdkWork::stream);
      case "ok-asked" -> inTurn(all(QUESTIONS, i -> okHttp(url, i, false)), OkHttpWork::whole);
      case "ok-asked-stream" -> inTurn(all(STREAMS, i -> okHttp(url, i, true)), OkHttpWork::stream);
      case "openai-asked" -> openAi(llm + "/v1");
      case "jedis-get" -> JedisWork.get(QUESTIONS);
      default -> null;
    };
  }

  /** How many different questions a work has. */
  static int questions(String name) {
    return switch (name) {
      case "jdk-asked-stream", "ok-asked-stream" -> STREAMS;
      case "openai-asked" -> OPENAI_QUESTIONS;
      default -> QUESTIONS;
    };
  }

  /** Sends a request and takes in all of the answer; as {@link Work#call} otherwise. */
  private interface Send<R> {
    long send(R request) throws IOException, InterruptedException;
  }

  private static <R> Work inTurn(List<R> requests, Send<R> client) {
    AtomicInteger next = new AtomicInteger();
    return () ->
        client.send(
            requests.get(Integer.remainderUnsigned(next.getAndIncrement(), requests.size())));
  }

  private static <R> List<R> all(int count, IntFunction<R> made) {
    List<R> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(made.apply(i));
    }
    return all;
  }

  private static HttpRequest jdk(String url, int number, boolean stream) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer sk-bench")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(Payload.question(number, stream).getBytes(UTF_8)));
    return (REFRESH ? request.header("x-headgate-cache", "refresh") : request).build();
  }

  private static Request okHttp(String url, int number, boolean stream) {
    Request.Builder request = OkHttpWork.request(url, Payload.question(number, stream));
    return (REFRESH ? request.header("x-headgate-cache", "refresh") : request).build();
  }

  private static Work openAi(String baseUrl) {
    OpenAIClient client = OpenAiWork.client(baseUrl);
    List<ChatCompletionCreateParams> questions =
        all(
            OPENAI_QUESTIONS,
            i -> {
              ChatCompletionCreateParams.Builder question = OpenAiWork.builder(Payload.prompt(i));
              return (REFRESH
                      ? question.putAdditionalHeader("x-headgate-cache", "refresh")
                      : question)
                  .build();
            });
    return inTurn(questions, params -> OpenAiWork.whole(client, params));
  }
}
