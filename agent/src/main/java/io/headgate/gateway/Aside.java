// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way out for a call of our own, through the client of the app's call that gave rise to it. All
 * it sends is shared, so that the app's giving up does not end it. Runs on threads of ours, which
 * may be kept waiting.
 */
final class Aside implements Upstream, Attempts {

  private final Attempts attempts;

  Aside(Attempts attempts) {
    this.attempts = attempts;
  }

  @Override
  public Attempts attempts() {
    return this;
  }

  @Override
  public CompletionStage<GatewayResponse> send(GatewayRequest request) {
    return send(request, new Control(0));
  }

  @Override
  public CompletionStage<GatewayResponse> send(GatewayRequest request, Control control) {
    control.share();
    return attempts.send(request, control);
  }

  @Override
  public CompletionStage<@Nullable Void> pause(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
      return CompletableFuture.completedFuture(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public <T extends @Nullable Object> CompletionStage<T> await(CompletionStage<T> stage) {
    return stage;
  }

  @Override
  public boolean abandoned() {
    return false;
  }

  @Override
  public long deadlineNanos() {
    return NO_DEADLINE;
  }
}
