// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import org.jspecify.annotations.Nullable;

/**
 * Knows when the client itself brings a part of an answer, on one of its threads: there the app's
 * code may run, as it does without us. Any other thread that brings something has more to do.
 */
final class Bringing {

  private volatile @Nullable Thread thread;

  /** Runs what hands a part of the answer on. */
  void run(Runnable task) {
    Thread before = thread;
    thread = Thread.currentThread();
    try {
      task.run();
    } finally {
      thread = before;
    }
  }

  /** Whether this thread is one that does. */
  boolean here() {
    return thread == Thread.currentThread();
  }
}
