// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * What the thread that enqueued a call was doing, for the thread that will run it. Calls are
 * compared by identity, as OkHttp has them. An entry goes when the call's chain has ended; that of
 * a call which never ran, with the call, or, if it holds on to the call, with the other {@value
 * #LIMIT} that can be waiting: beyond these nothing is kept.
 */
final class Parents {

  static final int LIMIT = 4096;

  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Map<Call, Object> PARENTS = new WeakHashMap<>();

  /** Spares calls that nobody enqueued the lock. */
  private static volatile boolean any;

  private Parents() {}

  static void keep(Call call, Object parent) {
    LOCK.lock();
    try {
      if (PARENTS.size() < LIMIT) {
        PARENTS.put(call, parent);
        any = true;
      }
    } finally {
      LOCK.unlock();
    }
  }

  /** Puts in its place what holds on to nothing, and so can be kept without a limit. */
  static void mark(Call call, Object mark) {
    LOCK.lock();
    try {
      PARENTS.put(call, mark);
      any = true;
    } finally {
      LOCK.unlock();
    }
  }

  static @Nullable Object of(Call call) {
    if (!any) {
      return null;
    }
    LOCK.lock();
    try {
      return PARENTS.get(call);
    } finally {
      LOCK.unlock();
    }
  }

  static void drop(Call call) {
    if (!any) {
      return;
    }
    LOCK.lock();
    try {
      PARENTS.remove(call);
      any = !PARENTS.isEmpty();
    } finally {
      LOCK.unlock();
    }
  }
}
