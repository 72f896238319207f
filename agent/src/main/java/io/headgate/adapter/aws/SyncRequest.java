// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import io.headgate.client.BlockingCall;
import io.headgate.client.ContentStream;
import io.headgate.client.Hold;
import io.headgate.client.Outcome;
import io.headgate.client.Received;
import io.headgate.client.StreamSource;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.RequestBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;

/** A request that the app has prepared at a blocking client; called on its thread. */
final class SyncRequest implements ExecutableHttpRequest {

  /** In bytes: more than parsers leave unread of an answer. */
  private static final int REST = 8192;

  private final SdkHttpClient client;
  private final HttpExecuteRequest app;

  // Guarded by this.
  private @Nullable Runnable breaking;
  private boolean aborted;

  SyncRequest(SdkHttpClient client, HttpExecuteRequest app) {
    this.client = client;
    this.app = app;
  }

  @Override
  public HttpExecuteResponse call() throws IOException {
    Outgoing outgoing;
    try {
      outgoing = Outgoing.of(app.httpRequest(), captured());
    } catch (RuntimeException | LinkageError e) {
      AwsAdapter.fault(e);
      return original();
    }
    BlockingCall<HttpExecuteResponse> call =
        new BlockingCall<>(outgoing.asked(), AwsAdapter.callSite(), new Sending(outgoing));
    breakBy(call::abandon);
    try {
      return delivered(call, call.run());
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e); // A client of the SDK throws nothing else.
    }
  }

  /** As if we were not there. */
  private HttpExecuteResponse original() throws IOException {
    boolean entered = Ingress.enter();
    try {
      ExecutableHttpRequest prepared = client.prepareRequest(app);
      breakBy(prepared::abort);
      return prepared.call();
    } finally {
      Ingress.leave(entered);
    }
  }

  @Override
  public void abort() {
    Runnable way;
    synchronized (this) {
      aborted = true;
      way = breaking;
    }
    if (way != null) {
      way.run();
    }
  }

  private void breakBy(Runnable way) {
    boolean late;
    synchronized (this) {
      breaking = way;
      late = aborted;
    }
    if (late) {
      way.run();
    }
  }

  private RequestBody captured() throws IOException {
    ContentStreamProvider content = app.contentStreamProvider().orElse(null);
    if (content == null) {
      return RequestBody.NONE;
    }
    long length = length(app.httpRequest());
    if (length < 0 || length > RequestBody.CAPTURE_LIMIT) {
      return RequestBody.OPAQUE;
    }
    try (InputStream stream = content.newStream()) {
      byte[] bytes = stream.readNBytes((int) length);
      // What is not as long as it says is for the client to refuse.
      return bytes.length == length && stream.read() < 0
          ? RequestBody.of(bytes)
          : RequestBody.OPAQUE;
    }
  }

  private static long length(SdkHttpRequest request) {
    String length = request.firstMatchingHeader("Content-Length").orElse(null);
    try {
      return length == null ? -1 : Long.parseLong(length.trim());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static HttpExecuteResponse delivered(
      BlockingCall<HttpExecuteResponse> call, Outcome<HttpExecuteResponse> outcome) {
    Received<HttpExecuteResponse> received = outcome.received();
    HttpExecuteResponse own = received == null ? null : received.own();
    HttpExecuteResponse.Builder answer =
        HttpExecuteResponse.builder()
            .response(Answers.head(outcome, own == null ? null : own.httpResponse()));
    int rest = Answers.isStream(outcome.answer()) ? 0 : REST;
    ContentStream body = new ContentStream(call, outcome.content(), Answers.length(outcome), rest);
    if (own != null && outcome.sameBody() && own.responseBody().isEmpty()) {
      try {
        body.transferTo(
            OutputStream.nullOutputStream()); // There is none, but its end is to be heard of.
      } catch (IOException e) {
        AwsAdapter.fault(e);
      }
      return answer.build();
    }
    return answer.responseBody(AbortableInputStream.create(body, body::close)).build();
  }

  /** The client, as it serves this call. */
  private final class Sending implements BlockingCall.Client<HttpExecuteResponse> {

    private final Outgoing outgoing;

    Sending(Outgoing outgoing) {
      this.outgoing = outgoing;
    }

    @Override
    public Received<HttpExecuteResponse> send(GatewayRequest wanted, Hold hold) throws IOException {
      HttpExecuteRequest.Builder builder =
          HttpExecuteRequest.builder().request(outgoing.request(wanted));
      app.metricCollector().ifPresent(builder::metricCollector);
      content(wanted, builder);
      ExecutableHttpRequest prepared = client.prepareRequest(builder.build());
      hold.breaking(prepared::abort);
      HttpExecuteResponse answer = prepared.call();
      AbortableInputStream body = answer.responseBody().orElse(null);
      return Answers.received(
          answer, answer.httpResponse(), new StreamSource(body, release(prepared, body)));
    }

    private void content(GatewayRequest wanted, HttpExecuteRequest.Builder builder) {
      if (wanted.body().opaque()) {
        app.contentStreamProvider().ifPresent(builder::contentStreamProvider);
        return;
      }
      byte[] bytes = wanted.body().bytes();
      if (bytes.length > 0 || app.contentStreamProvider().isPresent()) {
        builder.contentStreamProvider(() -> new ByteArrayInputStream(bytes));
      }
    }

    private StreamSource.Release release(
        ExecutableHttpRequest prepared, @Nullable AbortableInputStream body) {
      return new StreamSource.Release() {
        @Override
        public void release(boolean whole) throws IOException {
          if (!whole) {
            interrupt();
          }
          if (body != null) {
            body.close();
          }
        }

        @Override
        public void interrupt() {
          // Of one of the clients this does nothing, of another that.
          prepared.abort();
          if (body != null) {
            body.abort();
          }
        }
      };
    }

    @Override
    public Exception givenUp() {
      return new InterruptedIOException("Request aborted");
    }

    @Override
    public Exception interrupted() {
      Thread.currentThread().interrupt();
      return new InterruptedIOException("Request aborted");
    }
  }
}
