// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import io.headgate.gateway.LiveBody;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Ends bodies that the app dropped unread. Apps that see a bad status often throw the connection
 * away and neither read nor close nor disconnect; the JDK leaves that to the garbage collector, and
 * so do we. Has no thread: each new connection and each new call look after the ones before it.
 */
final class LostBodies {

  private final ReferenceQueue<Object> dropped = new ReferenceQueue<>();
  private final Set<Watch> watched = ConcurrentHashMap.newKeySet();

  /** A body that has not ended. Holds no way back to the owner. */
  final class Watch extends PhantomReference<Object> {
    private volatile @Nullable LiveBody body;

    private Watch(Object owner, LiveBody body) {
      super(owner, dropped);
      this.body = body;
    }

    /** The body has ended: lets go of it, and with it of what the taps know about the app. */
    void done() {
      watched.remove(this);
      body = null;
      clear();
    }
  }

  /** Ends the body early once nobody can reach the owner any more. */
  Watch watch(Object owner, LiveBody body) {
    Watch watch = new Watch(owner, body);
    watched.add(watch);
    return watch;
  }

  /** Ends what was dropped since. Never throws, never blocks. */
  void sweep() {
    for (Reference<?> next = dropped.poll(); next != null; next = dropped.poll()) {
      if (next instanceof Watch watch) {
        LiveBody body = watch.body;
        watch.done();
        if (body != null) {
          body.error(null);
        }
      }
    }
  }

  int size() {
    return watched.size();
  }
}
