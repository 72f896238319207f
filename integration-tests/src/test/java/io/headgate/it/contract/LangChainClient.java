// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.DefaultServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * A {@code dev.langchain4j.http.client.HttpClient}, which its models call by: whole answers on the
 * caller's thread, events on another. Its bodies are texts, so that their length is always known.
 */
abstract class LangChainClient implements Client {

  private HttpClient direct;

  /** A client for calls like this one. */
  abstract HttpClient build(Call call);

  private HttpClient client(Call call) {
    if (call.timeout() != null || call.proxy() != 0) {
      return build(call);
    }
    synchronized (this) {
      if (direct == null) {
        direct = build(call);
      }
      return direct;
    }
  }

  @Override
  public Reply call(Call call) throws Exception {
    try {
      SuccessfulHttpResponse response = client(call).execute(request(call));
      String body = response.body();
      return reply(response, body == null ? "" : body);
    } catch (HttpException e) {
      return refused(e);
    }
  }

  @Override
  public Reply stream(Call call, Consumer<byte[]> onChunk) throws Exception {
    Events events = new Events(onChunk);
    client(call).execute(request(call), new DefaultServerSentEventParser(), events);
    try {
      return events.reply.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HttpException refusal) {
        return refused(refusal);
      }
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** An app has the stream only in a parser of its own. */
  @Override
  public void abandon(Call call) throws Exception {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    client(call)
        .execute(
            request(call),
            (in, listener) -> {
              try (in) {
                in.read();
              } catch (IOException e) {
                closed.completeExceptionally(e);
              }
              closed.complete(null);
            },
            new Events(chunk -> {}));
    closed.get();
  }

  /**
   * A blocking call is given up by interrupting its thread. {@code HttpURLConnection}, which the
   * oldest of Spring's modules is on, does not hear of that: there the call lasts until its
   * time-out.
   */
  @Override
  public String cancel(Call endless, Sent sent) throws Exception {
    Call call = endless.within(Duration.ofSeconds(2));
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              try {
                return "status " + call(call).status();
              } catch (Exception e) {
                return e.getClass().getName()
                    + " for "
                    + e.getCause().getClass().getName()
                    + " interrupted="
                    + Thread.currentThread().isInterrupted();
              }
            });
    Thread thread = new Thread(task);
    thread.start();
    sent.await();
    thread.interrupt();
    return task.get();
  }

  private static HttpRequest request(Call call) {
    if (call.framing() != Framing.FIXED) {
      throw new UnsupportedOperationException(call.framing().name());
    }
    HttpRequest.Builder builder =
        HttpRequest.builder()
            .method(call.body() == null ? HttpMethod.GET : HttpMethod.POST)
            .url(call.url())
            .addHeader("Authorization", "Bearer sk-app");
    if (call.body() != null) {
      builder
          .addHeader("Content-Type", "application/json")
          .body(new String(call.body(), StandardCharsets.UTF_8));
    }
    return builder.build();
  }

  private static Reply reply(SuccessfulHttpResponse response, String body) {
    return new Reply(
        response.statusCode(), response.headers(), body.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * All that the app is told of an answer that is no success, but for the reason phrase that Spring
   * begins with: an answer that was never on a wire has another one.
   */
  private static Reply refused(HttpException e) {
    String message = String.valueOf(e.getMessage()).replaceFirst("^\\d{3} [^:\"]*: ", "");
    return new Reply(e.statusCode(), Map.of(), message.getBytes(StandardCharsets.UTF_8));
  }

  /** What the app gets are events, not bytes. */
  private static final class Events implements ServerSentEventListener {
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final Consumer<byte[]> onEvent;
    private SuccessfulHttpResponse opened;

    Events(Consumer<byte[]> onEvent) {
      this.onEvent = onEvent;
    }

    @Override
    public void onOpen(SuccessfulHttpResponse response) {
      opened = response;
    }

    @Override
    public void onEvent(ServerSentEvent event) {
      text.append(event.event()).append('|').append(event.data()).append('\n');
      onEvent.accept(event.data().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void onError(Throwable failure) {
      reply.completeExceptionally(failure);
    }

    @Override
    public void onClose() {
      reply.complete(LangChainClient.reply(opened, text.toString()));
    }
  }
}
