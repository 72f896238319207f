// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.gateway.Chain;
import io.headgate.gateway.Content;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.state.EntryKey;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a newer answer in the place of a stale one, aside of the call that gets the stale one.
 */
final class Refresh {

  private Refresh() {}

  /** Starts it, unless one is under way for that key. Returns at once. */
  static void start(CachedCall call, EntryKey key) {
    CacheHome home = call.tools().home();
    if (!home.refreshes(key)) {
      return;
    }
    Chain chain = call.chain();
    GatewayRequest request =
        chain
            .request()
            .withHeaders(
                chain
                    .request()
                    .headers()
                    .without("cf-aig-skip-cache"::equals)
                    .with("x-headgate-cache", "refresh"));
    try {
      home.background()
          .execute(
              () -> {
                try {
                  var unused =
                      chain
                          .aside(request)
                          .whenComplete((answer, failure) -> drain(home, key, answer));
                } catch (Throwable t) {
                  home.fault(t);
                  home.refreshed(key, false);
                }
              });
    } catch (Throwable t) {
      home.refreshed(key, false);
      home.fault(t);
    }
  }

  /** Reads it to its end: what is not read is not kept. */
  private static void drain(CacheHome home, EntryKey key, @Nullable GatewayResponse answer) {
    Content content = answer == null ? null : answer.content();
    if (answer == null || content == null) {
      home.refreshed(key, false);
      return;
    }
    boolean well = answer.successful();
    home.background().execute(() -> pull(home, key, content, well));
  }

  private static void pull(CacheHome home, EntryKey key, Content content, boolean well) {
    while (true) {
      CompletableFuture<@Nullable ByteBuffer> next;
      try {
        next = content.next().toCompletableFuture();
      } catch (Throwable t) {
        next = CompletableFuture.failedFuture(t);
      }
      if (!next.isDone()) {
        var unused =
            next.whenComplete(
                (chunk, failure) -> {
                  if (chunk == null) {
                    over(home, key, content, well && failure == null);
                  } else {
                    home.background().execute(() -> pull(home, key, content, well));
                  }
                });
        return;
      }
      boolean failed = next.isCompletedExceptionally();
      if (failed || next.join() == null) {
        over(home, key, content, well && !failed);
        return;
      }
    }
  }

  private static void over(CacheHome home, EntryKey key, Content content, boolean well) {
    content.close();
    home.refreshed(key, well);
  }
}
