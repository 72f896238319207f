// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.gateway.Caller;
import io.headgate.gateway.Causes;
import io.headgate.gateway.Content;
import io.headgate.gateway.ContentSource;
import io.headgate.gateway.Control;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One answer, read by any number of calls, from its beginning each, and recorded. As long as there
 * is one reader it pulls the answer itself, on its own thread. With the second one a thread of ours
 * takes over, so that nobody depends on how fast another app reads, or whether it gives up. When
 * nobody reads any more the answer is given up, too.
 */
final class SharedContent {

  private static final CompletionStage<@Nullable ByteBuffer> END =
      CompletableFuture.completedFuture(null);

  private final Content source;
  private final @Nullable Control control;
  private final long mostRecorded;
  private final Executor background;
  private final Ending listener;
  private final ReentrantLock lock = new ReentrantLock();

  // All guarded by the lock.
  private final long firstNanos = System.nanoTime();
  private Node last = new Node();

  /** Holds on to all that came; null if it is too much. Else only readers do, to what is ahead. */
  private @Nullable Node recorded = last;

  private long size;
  private volatile long progressNanos = System.nanoTime();
  private int readers;
  private final List<CompletableFuture<@Nullable Void>> waiting = new ArrayList<>();
  private boolean pulling;
  private boolean handedOver;
  private boolean ending;
  private boolean over;
  private @Nullable Throwable failure;

  /** A chunk, and the one after it as soon as there is one. */
  private static final class Node {
    private final @Nullable ByteBuffer chunk;
    private final long nanos;
    private @Nullable Node next;

    Node() {
      this.chunk = null;
      this.nanos = System.nanoTime();
    }

    Node(ByteBuffer chunk) {
      this.chunk = chunk;
      this.nanos = System.nanoTime();
    }
  }

  /** Told once how the answer ended, before its readers are. */
  interface Ending {
    /**
     * No more will come.
     *
     * @param recording all of it up to here; null if it was too large
     * @param whole whether it came to its end
     */
    void ended(@Nullable Recording recording, boolean whole);

    /** It is too large to be recorded: nobody can follow any more. */
    default void outgrown() {}
  }

  /**
   * What came, chunk by chunk.
   *
   * @param nanos when each came, counted from the first reader's first look
   */
  record Recording(List<ByteBuffer> chunks, List<Long> nanos, long size) {}

  /**
   * @param control of the attempt whose answer it is; null if it has none
   * @param mostRecorded larger answers are not recorded, in bytes; they flow all the same
   * @param background runs what may block
   */
  SharedContent(
      Content source,
      @Nullable Control control,
      long mostRecorded,
      Executor background,
      Ending listener) {
    this.source = source;
    this.control = control;
    this.mostRecorded = mostRecorded;
    this.background = background;
    this.listener = listener;
  }

  /** The first reader's view, for the call that sent the request. To be called once. */
  ContentSource leader(Caller caller) {
    lock.lock();
    try {
      readers++;
      return new Reader(caller, last, true);
    } finally {
      lock.unlock();
    }
  }

  /** One more reader's view; null if it is too late, since the beginning is not kept any more. */
  @Nullable ContentSource follower(Caller caller) {
    lock.lock();
    try {
      Node beginning = recorded;
      if (beginning == null || failure != null || (over && readers == 0)) {
        return null;
      }
      takeOver();
      readers++;
      return new Reader(caller, beginning, false);
    } finally {
      lock.unlock();
    }
  }

  /** When the latest of it came, by {@link System#nanoTime}. */
  long progressNanos() {
    return progressNanos;
  }

  /** From here on a thread of ours pulls. Under the lock. */
  private void takeOver() {
    if (handedOver) {
      return;
    }
    handedOver = true;
    if (control != null) {
      control.share();
    }
    drainSoon();
  }

  /** Under the lock. */
  private void drainSoon() {
    if (!pulling && !over && handedOver && (recorded != null || !waiting.isEmpty())) {
      pulling = true;
      try {
        background.execute(this::drain);
      } catch (Throwable t) {
        pulling = false;
        throw t;
      }
    }
  }

  /** Pulls until the end; once nothing is recorded, only what somebody waits for. */
  private void drain() {
    while (true) {
      CompletableFuture<@Nullable ByteBuffer> next = pull();
      if (!next.isDone()) {
        var unused =
            next.whenComplete(
                (chunk, thrown) -> {
                  if (came(chunk, thrown, true)) {
                    background.execute(this::drain);
                  }
                });
        return;
      }
      if (!came(next, true)) {
        return;
      }
    }
  }

  private CompletableFuture<@Nullable ByteBuffer> pull() {
    try {
      return source.next().toCompletableFuture();
    } catch (Throwable t) {
      return CompletableFuture.failedFuture(t);
    }
  }

  /** As below, of something that is done. */
  private boolean came(CompletableFuture<@Nullable ByteBuffer> done, boolean ours) {
    Throwable thrown = null;
    ByteBuffer chunk = null;
    try {
      chunk = done.join();
    } catch (Throwable t) {
      thrown = t;
    }
    return came(chunk, thrown, ours);
  }

  /**
   * Takes down what was pulled. Returns whether to go on pulling, which only the thread of ours
   * does.
   */
  private boolean came(@Nullable ByteBuffer chunk, @Nullable Throwable thrown, boolean ours) {
    Recording recording = null;
    boolean more;
    boolean outgrown = false;
    lock.lock();
    try {
      if (ending) {
        pulling = false;
        return false;
      }
      if (chunk != null) {
        boolean before = recorded != null;
        append(chunk);
        outgrown = before && recorded == null;
      } else {
        ending = true;
        recording = thrown == null ? recording() : null;
      }
    } finally {
      lock.unlock();
    }
    if (chunk == null) {
      // Whoever asks the cache as soon as a reader has the end is to find the answer there.
      listener.ended(recording, thrown == null);
    }
    List<CompletableFuture<@Nullable Void>> told;
    lock.lock();
    try {
      if (chunk == null) {
        over = true;
        recorded = null;
        failure = thrown == null ? null : Causes.of(thrown);
      }
      more = ours && !over && (recorded != null || !waiting.isEmpty());
      pulling = more;
      told = List.copyOf(waiting);
      waiting.clear();
      if (!ours) {
        drainSoon();
      }
    } finally {
      lock.unlock();
    }
    if (outgrown) {
      listener.outgrown();
    }
    for (CompletableFuture<@Nullable Void> waiter : told) {
      // What depends on it is another call's business: not for this thread, nor before the others.
      background.execute(() -> waiter.complete(null));
    }
    return more;
  }

  /** Under the lock. */
  private void append(ByteBuffer chunk) {
    if (!chunk.hasRemaining()) {
      return;
    }
    Node node = new Node(chunk.asReadOnlyBuffer());
    last.next = node;
    last = node;
    progressNanos = node.nanos;
    size += chunk.remaining();
    if (size > mostRecorded) {
      recorded = null;
    }
  }

  /** Under the lock. */
  private @Nullable Recording recording() {
    Node start = recorded;
    if (start == null) {
      return null;
    }
    List<ByteBuffer> chunks = new ArrayList<>();
    List<Long> nanos = new ArrayList<>();
    for (Node node = start.next; node != null; node = node.next) {
      ByteBuffer chunk = node.chunk;
      if (chunk != null) {
        chunks.add(chunk.duplicate());
        nanos.add(node.nanos - firstNanos);
      }
    }
    return new Recording(chunks, nanos, size);
  }

  private void left() {
    Recording recording;
    lock.lock();
    try {
      readers--;
      if (readers > 0 || ending) {
        return;
      }
      ending = true;
      over = true;
      recording = recording();
      recorded = null;
      failure = new IOException("closed");
    } finally {
      lock.unlock();
    }
    source.close();
    // A reader that knows the end when it sees it does not ask for more.
    listener.ended(recording, false);
  }

  /** One call's view. Pulled by one at a time; closed by any thread. */
  private final class Reader implements ContentSource {
    private final Caller caller;
    private final boolean leads;
    private Node at;
    private volatile boolean closed;

    Reader(Caller caller, Node beginning, boolean leads) {
      this.caller = caller;
      this.at = beginning;
      this.leads = leads;
    }

    @Override
    public CompletionStage<@Nullable ByteBuffer> next() {
      CompletableFuture<@Nullable Void> awaited;
      lock.lock();
      try {
        Node next = at.next;
        if (next != null) {
          at = next;
          ByteBuffer chunk = next.chunk;
          return CompletableFuture.completedFuture(chunk == null ? null : chunk.duplicate());
        }
        Throwable thrown = failure;
        if (thrown != null) {
          return CompletableFuture.failedFuture(thrown);
        }
        if (over) {
          return END;
        }
        if (leads && !handedOver && !pulling) {
          pulling = true;
          awaited = null;
        } else {
          awaited = new CompletableFuture<>();
          waiting.add(awaited);
          drainSoon();
        }
      } finally {
        lock.unlock();
      }
      return awaited == null
          ? pulled()
          : caller.await(awaited).thenCompose(nothing -> closed ? END : next());
    }

    private CompletionStage<@Nullable ByteBuffer> pulled() {
      CompletableFuture<@Nullable ByteBuffer> next = pull();
      if (next.isDone()) {
        return after(next);
      }
      return next.handle((chunk, thrown) -> after(next)).thenCompose(stage -> stage);
    }

    private CompletionStage<@Nullable ByteBuffer> after(
        CompletableFuture<@Nullable ByteBuffer> done) {
      var unused = came(done, false);
      return closed ? done : next();
    }

    @Override
    public void close() {
      lock.lock();
      try {
        if (closed) {
          return;
        }
        closed = true;
      } finally {
        lock.unlock();
      }
      left();
    }
  }
}
