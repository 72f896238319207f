// SPDX-License-Identifier: Apache-2.0
package io.headgate.client;

import io.headgate.gateway.Apart;
import io.headgate.gateway.Content;
import io.headgate.gateway.ContentSource;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Ingress;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An answer that the client got, of which nobody knows yet whether it is the app's. */
final class Tried<A> implements ContentSource {

  private final Received<A> received;
  private final Hold hold;
  private final boolean apart;
  private final Consumer<Throwable> failures;
  private final Content content;
  private final GatewayResponse head;
  private volatile boolean ended;
  private volatile boolean closed;

  /**
   * @param apart whether reading blocks and is not to be done on the app's thread
   * @param failures told of what reading fails with
   */
  Tried(Received<A> received, Hold hold, boolean apart, Consumer<Throwable> failures) {
    this.received = received;
    this.hold = hold;
    this.apart = apart;
    this.failures = failures;
    this.content = new Content(this, Ingress.newBody());
    this.head =
        GatewayResponse.of(received.status(), received.headers(), received.protocol(), content);
    hold.breaking(received.body()::close);
  }

  GatewayResponse head() {
    return head;
  }

  Content content() {
    return content;
  }

  Received<A> received() {
    return received;
  }

  /** Whether others than the app wait for it, one of whom closes it. */
  boolean shared() {
    return hold.shared();
  }

  /** Whether nobody has given it up: it may be the one that the app gets. */
  boolean open() {
    return !closed;
  }

  @Override
  public CompletionStage<@Nullable ByteBuffer> next() {
    CompletionStage<@Nullable ByteBuffer> next =
        apart && !ended ? Apart.run(received.body()::next) : received.body().next();
    CompletableFuture<@Nullable ByteBuffer> chunk = next.toCompletableFuture();
    if (chunk.isDone() && !chunk.isCompletedExceptionally()) {
      note(chunk.join(), null);
      return next;
    }
    return next.whenComplete(this::note);
  }

  private void note(@Nullable ByteBuffer chunk, @Nullable Throwable failure) {
    if (failure != null) {
      failures.accept(failure);
      hold.over();
    } else if (chunk == null) {
      ended = true;
      hold.over();
    }
  }

  @Override
  public void close() {
    closed = true;
    hold.over();
    received.body().close();
  }
}
