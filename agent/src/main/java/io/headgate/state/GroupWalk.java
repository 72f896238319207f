// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Shows the entries of groups, a few at a time, when the I/O thread has nothing else to do. Used by
 * that thread only.
 */
final class GroupWalk {

  private static final int STEP = 32;

  private final EntryStore.Visitor visitor;
  private final CompletableFuture<@Nullable Void> done;
  private final Executor helpers;
  private @Nullable Iterator<EntryKey> keys;
  private @Nullable GroupWalk next;

  GroupWalk(EntryStore.Visitor visitor, CompletableFuture<@Nullable Void> done, Executor helpers) {
    this.visitor = visitor;
    this.done = done;
    this.helpers = helpers;
  }

  /** This one and then another. */
  GroupWalk then(GroupWalk other) {
    GroupWalk last = this;
    while (last.next != null) {
      last = last.next;
    }
    last.next = other;
    return this;
  }

  @Nullable GroupWalk next() {
    return next;
  }

  /** Shows some; false if that was all there is to show, now that the log is closed or not. */
  boolean step(@Nullable DiskLog log) {
    try {
      if (log != null && show(log)) {
        return true;
      }
      helpers.execute(() -> done.complete(null));
    } catch (Throwable t) {
      helpers.execute(() -> done.completeExceptionally(t));
    }
    return false;
  }

  private boolean show(DiskLog log) {
    Iterator<EntryKey> left = keys;
    if (left == null) {
      left = log.grouped().iterator();
      keys = left;
    }
    for (int i = 0; i < STEP && left.hasNext(); i++) {
      try {
        log.show(
            left.next(),
            (key, entry) ->
                visitor.entry(key, entry.group(), entry.index(), entry.expiresMillis()));
      } catch (IOException e) {
        // Not this one, then.
      }
    }
    return left.hasNext();
  }
}
