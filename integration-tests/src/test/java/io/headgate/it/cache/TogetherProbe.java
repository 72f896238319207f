// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

import io.headgate.it.routing.Out;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * An app whose threads ask the same at once: {@code TogetherProbe CLIENT HOST [cancel]}. The host
 * holds its answer back until all have begun to get one. With {@code cancel} one asks before the
 * others, and gives up when all have begun.
 */
final class TogetherProbe {

  static final int THREADS = 20;

  private static final String URL = "https://api.openai.com/v1/chat/completions";
  private static final String BODY =
      """
      {"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"Count to four"}]}
      """;
  private static final Pattern CONTENT = Pattern.compile("\"content\":\"([^\"]*)\"");

  private final CountDownLatch begun = new CountDownLatch(THREADS);
  private final String host;
  private final Client client;

  private TogetherProbe(String client, String host) {
    this.client = client.equals("okhttp") ? new Ok() : new Jdk();
    this.host = host;
  }

  public static void main(String[] args) throws Exception {
    TogetherProbe app = new TogetherProbe(args[0], args[1]);
    if (args.length == 2) {
      app.ask(THREADS);
    } else {
      app.askAndGiveUp();
    }
    System.exit(0);
  }

  private void askAndGiveUp() throws Exception {
    Streamed first = client.ask();
    begun.countDown();
    Thread opener = new Thread(() -> giveUp(first));
    opener.start();
    ask(THREADS - 1);
    opener.join();
    Out.call("given up", first::text);
  }

  /** Closes it from another thread than the one that reads, as apps do. */
  private void giveUp(Streamed first) {
    awaitBegun();
    first.giveUp();
    open();
  }

  private void ask(int threads) throws Exception {
    List<Thread> asking = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      Thread thread = new Thread(() -> Out.call("" + number, this::one));
      thread.start();
      asking.add(thread);
    }
    if (threads == THREADS) {
      awaitBegun();
      open();
    }
    for (Thread thread : asking) {
      thread.join();
    }
  }

  private String one() throws Exception {
    Streamed answer = client.ask();
    begun.countDown();
    return answer.cache() + "|" + answer.text();
  }

  private void awaitBegun() {
    try {
      if (!begun.await(60, TimeUnit.SECONDS)) {
        System.out.println("CALL begun\tnot all: " + begun.getCount() + " are missing");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void open() {
    try {
      HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(host + "/open"))
                  .timeout(Duration.ofSeconds(30))
                  .build(),
              HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes the call, and returns when its answer begins. */
  private interface Client {
    Streamed ask() throws Exception;
  }

  /** A streamed answer under way. */
  private record Streamed(String cache, Reader body, Runnable end) {

    /** What is said in the rest of it. */
    String text() throws IOException {
      StringBuilder text = new StringBuilder();
      BufferedReader lines = new BufferedReader(body);
      boolean done = false;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        done |= line.equals("data: [DONE]");
        Matcher content = CONTENT.matcher(line);
        if (content.find()) {
          text.append(content.group(1));
        }
      }
      return text + (done ? "" : " (without an end)");
    }

    void giveUp() {
      end.run();
    }
  }

  private static final class Ok implements Client {
    private final OkHttpClient http = new OkHttpClient();

    @Override
    public Streamed ask() throws IOException {
      Call call =
          http.newCall(
              new Request.Builder()
                  .url(URL)
                  .header("authorization", "Bearer sk-app")
                  .post(RequestBody.create(BODY, MediaType.get("application/json")))
                  .build());
      Response response = call.execute();
      return new Streamed(
          response.header("x-headgate-cache"), response.body().charStream(), call::cancel);
    }
  }

  private static final class Jdk implements Client {
    private final HttpClient http = HttpClient.newHttpClient();

    @Override
    public Streamed ask() throws Exception {
      HttpResponse<java.io.InputStream> response =
          http.send(
              HttpRequest.newBuilder(URI.create(URL))
                  .header("authorization", "Bearer sk-app")
                  .header("content-type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(BODY))
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      return new Streamed(
          response.headers().firstValue("x-headgate-cache").orElse(null),
          new InputStreamReader(response.body(), StandardCharsets.UTF_8),
          () -> close(response.body()));
    }

    private static void close(java.io.InputStream body) {
      try {
        body.close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
