// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;

/**
 * Sends request bodies that are not there when the call is made, with the JDK's client, and prints
 * what came of it. Knows nothing of the agent.
 */
public final class JdkBodiesProbe {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScriptedServer server;

  private JdkBodiesProbe(ScriptedServer server) {
    this.server = server;
  }

  public static void main(String[] arguments) throws Exception {
    try (ScriptedServer server = new ScriptedServer(0)) {
      JdkBodiesProbe probe = new JdkBodiesProbe(server);
      probe.writtenAfterTheCall();
      probe.neverWritten();
      probe.interrupted();
      probe.failing();
    }
    System.exit(0);
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.port() + "/v1/chat/completions?do=json"))
        .header("Content-Type", "application/json");
  }

  /** What is written into the pipe is written by the thread that made the call, afterwards. */
  private void writtenAfterTheCall() throws Exception {
    PipedOutputStream out = new PipedOutputStream();
    PipedInputStream in = new PipedInputStream(out);
    CompletableFuture<HttpResponse<String>> future =
        client.sendAsync(
            request().POST(BodyPublishers.ofInputStream(() -> in)).build(),
            BodyHandlers.ofString());
    try (out) {
      out.write(Answers.REQUEST.getBytes(StandardCharsets.UTF_8));
    }
    print("written after the call", future.get().statusCode());
    print("seen", new String(server.seen.take().body(), StandardCharsets.UTF_8));
  }

  private void neverWritten() throws Exception {
    HttpRequest request = request().timeout(Duration.ofSeconds(1)).POST(new Silence()).build();
    try {
      client.send(request, BodyHandlers.ofString());
      print("send of nothing", "answered");
    } catch (Exception e) {
      print("send of nothing", e.getClass().getName());
    }
    try {
      client.sendAsync(request, BodyHandlers.ofString()).get();
      print("sendAsync of nothing", "answered");
    } catch (ExecutionException e) {
      print("sendAsync of nothing", e.getCause().getClass().getName());
    }
  }

  private void interrupted() throws Exception {
    HttpRequest request = request().POST(new Silence()).build();
    CompletableFuture<String> outcome = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                outcome.complete("status " + client.send(request, BodyHandlers.ofString()));
              } catch (Exception e) {
                outcome.complete(e.getClass().getName());
              }
            });
    thread.setDaemon(true);
    thread.start();
    while (thread.getState() == Thread.State.NEW || thread.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    print("interrupted", outcome.get());
  }

  private void failing() throws Exception {
    HttpRequest request =
        request()
            .POST(
                BodyPublishers.ofInputStream(
                    () ->
                        new InputStream() {
                          @Override
                          public int read() throws java.io.IOException {
                            throw new java.io.IOException("no more");
                          }
                        }))
            .build();
    try {
      client.send(request, BodyHandlers.ofString());
      print("failing", "answered");
    } catch (java.io.IOException e) {
      print("failing", e.getMessage());
    }
  }

  /** Never gives a byte, never ends. */
  private static final class Silence implements HttpRequest.BodyPublisher {
    @Override
    public long contentLength() {
      return -1;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
      subscriber.onSubscribe(
          new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
          });
    }
  }

  private static void print(String name, Object outcome) {
    System.out.println("CASE " + name + "\t" + outcome);
  }
}
