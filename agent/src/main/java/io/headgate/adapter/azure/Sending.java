// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.headgate.adapter.reactive.PublishedBody;
import io.headgate.client.Hold;
import io.headgate.client.NestedCalls;
import io.headgate.client.Received;
import io.headgate.client.StreamSource;
import io.headgate.client.Unsent;
import io.headgate.gateway.ContentSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.util.context.ContextView;

/** Sends requests of one call through the app's client. Threads that come here are marked. */
final class Sending {

  private final HttpClient client;
  private final Kind kind;
  private final Context context;

  Sending(HttpClient client, Context context) {
    this.client = client;
    this.kind = Kind.of(client);
    this.context = context;
  }

  Kind kind() {
    return kind;
  }

  /**
   * As an app that subscribes. Whoever fails the future gives the request up.
   *
   * @param view what the app's subscriber has in its Reactor context
   * @throws Unsent if the request was changed, and the client may take it elsewhere
   */
  CompletableFuture<Received<HttpResponse>> subscribe(
      Asked.Sent sent, Hold hold, ContextView view) {
    HttpClient sender = sender(sent);
    CompletableFuture<Received<HttpResponse>> head = new CompletableFuture<>();
    NestedCalls nested = new NestedCalls();
    Disposable.Swap subscription = Disposables.swap();
    hold.breaking(() -> head.completeExceptionally(givenUp()));
    var unused =
        head.whenComplete(
            (received, failure) -> {
              if (failure != null && !kind.dropsLateAnswers()) {
                subscription.dispose(); // Nobody waits any more.
              }
            });
    nested.begin();
    try {
      subscription.update(
          sender
              .send(sent.request(), context)
              .contextWrite(known -> known.putAll(view))
              .subscribe(
                  response -> {
                    boolean streamed = kind == Kind.OKHTTP && !Options.eager(context);
                    if (!head.complete(received(response, streamed, nested::cancel))) {
                      response.close();
                    }
                  },
                  head::completeExceptionally,
                  () -> head.completeExceptionally(new IOException("there is no answer"))));
    } finally {
      nested.end();
    }
    return head;
  }

  /**
   * As an app that blocks, with a client that has a way of its own for that: OkHttp is cancelled,
   * the JDK's client heeds an interrupt.
   *
   * @throws Unsent if the request was changed, and the client may take it elsewhere
   */
  Received<HttpResponse> block(Asked.Sent sent, Hold hold) {
    HttpClient sender = sender(sent);
    NestedCalls nested = new NestedCalls();
    Waiting waiting = new Waiting();
    hold.breaking(kind == Kind.OKHTTP ? nested::cancel : waiting::end);
    HttpResponse response;
    nested.begin();
    try {
      response = sender.sendSync(sent.request(), context);
    } finally {
      nested.end();
      waiting.over();
    }
    boolean streamed = !Options.eager(context);
    return received(
        response, streamed, kind == Kind.OKHTTP ? nested::cancel : () -> close(response));
  }

  private HttpClient sender(Asked.Sent sent) {
    return sent.changed() ? Guarded.of(client, kind, sent.foreign()) : client;
  }

  static IOException givenUp() {
    return new IOException("canceled");
  }

  private Received<HttpResponse> received(
      HttpResponse response, boolean streamed, Runnable interrupt) {
    return new Received<>(
        response,
        response.getStatusCode(),
        Asked.headers(response.getHeaders()),
        "",
        streamed
            ? stream(response, interrupt)
            : new Published(response, kind == Kind.VERTX && !Options.eager(context)));
  }

  /**
   * A flux made of a stream would read until a buffer is full, which keeps events back. Never
   * called for a whole answer.
   */
  private static ContentSource stream(HttpResponse response, Runnable interrupt) {
    // Not as a mono, which in older versions closes the stream once it has been handed over.
    InputStream stream = response.getBodyAsBinaryData().toStream();
    return new StreamSource(
        stream,
        new StreamSource.Release() {
          @Override
          public void release(boolean whole) {
            response.close();
          }

          @Override
          public void interrupt() {
            interrupt.run();
          }
        });
  }

  /** A connection that is gone may make the client stumble. */
  private static void close(HttpResponse response) {
    try {
      response.close();
    } catch (RuntimeException e) {
      // It is closed.
    }
  }

  /** The body as it is published. Not every client gives its connection up with a subscription. */
  private static final class Published implements ContentSource {
    private final HttpResponse response;
    private final ContentSource source;
    private @Nullable CompletableFuture<@Nullable ByteBuffer> first;
    private volatile boolean over;

    /**
     * @param atOnce whether to subscribe on the thread that brings the head, since an answer that
     *     has ended meanwhile takes no subscriber
     */
    Published(HttpResponse response, boolean atOnce) {
      this.response = response;
      this.source = PublishedBody.of(response.getBody(), Sending::own);
      this.first = atOnce ? source.next().toCompletableFuture() : null;
    }

    @Override
    public CompletableFuture<@Nullable ByteBuffer> next() {
      CompletableFuture<@Nullable ByteBuffer> next = first;
      first = null;
      if (next == null) {
        next = source.next().toCompletableFuture();
      }
      var unused = next.thenAccept(chunk -> over |= chunk == null);
      return next;
    }

    @Override
    public void close() {
      if (!over) {
        over = true;
        source.close();
        Sending.close(response);
      }
    }
  }

  /** What a chunk holds, and nobody else will write to: Netty's buffers may be used again. */
  private static ByteBuffer own(ByteBuffer chunk) {
    if (chunk.hasArray() && chunk.arrayOffset() == 0 && chunk.array().length == chunk.remaining()) {
      return chunk;
    }
    ByteBuffer copy = ByteBuffer.allocate(chunk.remaining());
    copy.put(chunk);
    copy.flip();
    return copy;
  }
}
