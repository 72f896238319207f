// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import io.headgate.gateway.Ingress;
import io.headgate.gateway.LiveBody;
import java.io.InputStream;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The body of the app's answer from its head to its end. Reachable from the app's connection and
 * from the stream it reads, and from nowhere else: once neither is, the body counts as dropped.
 */
final class AnswerBody {

  private final LostBodies lost;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable TappedInputStream tapped;
  private volatile LostBodies.@Nullable Watch watch;

  AnswerBody(LostBodies lost) {
    this.lost = lost;
  }

  /** Sees to it that the body ends for the taps even if the app never reads it. */
  void begin(Attempt done) {
    if (!done.answered() || done.body().untapped()) {
      return;
    }
    try {
      if (done.bodiless()) {
        done.body().end();
      } else {
        watch = lost.watch(this, done.body());
      }
    } catch (Throwable t) {
      Ingress.fault("urlconnection", t);
    }
  }

  /** The same for an answer the gateway gives. */
  void begin(LiveBody body) {
    if (!body.untapped()) {
      watch = lost.watch(this, body);
    }
  }

  /** What the app reads instead of that stream. */
  InputStream tapped(InputStream stream, @Nullable Attempt done) {
    LiveBody body = done == null ? null : done.body();
    if (body == null || body.untapped() || done == null) {
      return stream;
    }
    lock.lock();
    try {
      TappedInputStream known = tapped;
      if (known == null || !known.reads(stream)) {
        known = new TappedInputStream(stream, body, done.connection().getContentLengthLong(), this);
        tapped = known;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  /** The app reads no further; may come from any thread, without waiting for one that reads. */
  void left(Attempt done) {
    TappedInputStream known = tapped;
    if (known == null) {
      done.body().error(null);
      ended();
    } else {
      known.fail(null);
    }
  }

  /** Nobody needs to look after the body any more. */
  void ended() {
    LostBodies.Watch own = watch;
    if (own != null) {
      watch = null;
      own.done();
    }
  }
}
