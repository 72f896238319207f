// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.ResponseExtractor;
import org.springframework.web.client.RestClient;

/** Spring's {@code RestClient}; uses only what versions 6.1 to 7.0 have in common. */
abstract class RestClientClient implements Client {

  /** For clients that neither an interrupt nor closing wakes up. */
  private static final Duration SHORT = Duration.ofSeconds(3);

  private final ClientHttpRequestFactory factory = factory(Duration.ofSeconds(60));

  /** One that waits so long for an answer. */
  abstract ClientHttpRequestFactory factory(Duration readTimeout);

  /** One that goes through an HTTP proxy on this port of 127.0.0.1. */
  ClientHttpRequestFactory proxied(int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Reply call(Call call) throws Exception {
    return exchange(
        call,
        response ->
            new Reply(
                response.getStatusCode().value(),
                WebClientClient.map(response.getHeaders()),
                response.getBody().readAllBytes()));
  }

  @Override
  public Reply stream(Call call, Consumer<byte[]> onChunk) throws Exception {
    return exchange(
        call,
        response ->
            new Reply(
                response.getStatusCode().value(),
                WebClientClient.map(response.getHeaders()),
                read(response.getBody(), onChunk)));
  }

  /** Byte by byte where a client does not tell what is there: Reactor Netty's fills any array. */
  static byte[] read(InputStream in, Consumer<byte[]> onChunk) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int first = in.read(); first >= 0; first = in.read()) {
      byte[] more = in.readNBytes(Math.min(in.available(), 8191));
      byte[] chunk = new byte[1 + more.length];
      chunk[0] = (byte) first;
      System.arraycopy(more, 0, chunk, 1, more.length);
      all.writeBytes(chunk);
      onChunk.accept(chunk);
    }
    return all.toByteArray();
  }

  @Override
  public boolean readsOnCallersThread() {
    return true;
  }

  /** By closing the body, since closing the response reads on to the end first. */
  @Override
  public void abandon(Call call) throws Exception {
    var unused =
        exchange(
            call.within(SHORT),
            response -> {
              InputStream body = response.getBody();
              int first = body.read();
              try {
                body.close();
              } catch (IOException e) {
                // Apache's reads on even so, until its time is over.
              }
              return first;
            });
  }

  /** There is no other way than to interrupt. */
  @Override
  public String cancel(Call call, Sent sent) throws Exception {
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              try {
                return "status " + call(call.within(SHORT)).status();
              } catch (InterruptedIOException e) {
                // Jetty's, if it was not yet told that the body is written: that is chance.
                return (e instanceof SocketTimeoutException ? e : new IOException())
                    .getClass()
                    .getName();
              } catch (Exception e) {
                return e.getClass().getName();
              }
            });
    Thread thread = new Thread(task);
    thread.start();
    sent.await();
    thread.interrupt();
    return task.get();
  }

  /** What is in Spring's exception names the URL as well, which is another one for a redirect. */
  private <T> T exchange(Call call, ResponseExtractor<T> read) throws Exception {
    ClientHttpRequestFactory used = factory;
    if (call.timeout() != null) {
      used = factory(call.timeout());
    } else if (call.proxy() != 0) {
      used = proxied(call.proxy());
    }
    try {
      return send(used, call, read);
    } catch (ResourceAccessException e) {
      Throwable root = e.getMostSpecificCause();
      if (root instanceof EOFException) {
        throw new EOFException(); // Jetty's message names its objects, which are others each time.
      }
      if (root instanceof TimeoutException || root instanceof HttpTimeoutException) {
        // Two timers run for the same time, and say it in other words; which is first is chance.
        throw new TimeoutException();
      }
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (IllegalArgumentException e) {
      // Writing the body failed and closing it, too, with the very same exception: that is chance.
      throw e.getCause() instanceof IOException cause ? cause : e;
    }
  }

  /** Makes the call. */
  <T> T send(ClientHttpRequestFactory through, Call call, ResponseExtractor<T> read) {
    return request(RestClient.builder().requestFactory(through).build(), call)
        .exchange((request, response) -> read.extractData(response));
  }

  private static RestClient.RequestHeadersSpec<?> request(RestClient client, Call call) {
    if (call.body() == null) {
      return client.get().uri(call.url()).header("Authorization", "Bearer sk-app");
    }
    RestClient.RequestBodySpec request =
        client
            .post()
            .uri(call.url())
            .header("Authorization", "Bearer sk-app")
            .contentType(MediaType.APPLICATION_JSON);
    return switch (call.framing()) {
      case FIXED -> request.body(call.body());
      case CHUNKED -> request.body(out -> out.write(call.body()));
      case ONE_SHOT -> request.body(new InputStreamResource(new ByteArrayInputStream(call.body())));
    };
  }
}
