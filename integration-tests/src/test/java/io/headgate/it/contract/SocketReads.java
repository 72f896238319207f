// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Threads that wait for a server. */
final class SocketReads {

  private SocketReads() {}

  /**
   * Returns once a thread waits for bytes of a socket: a server may have a request before its
   * client has begun to wait for the answer.
   *
   * @throws IllegalStateException if it does not come to that within 20 s
   */
  static void await(Thread thread) throws InterruptedException {
    long started = System.nanoTime();
    while (!reads(thread)) {
      if (System.nanoTime() - started > TimeUnit.SECONDS.toNanos(20)) {
        throw new IllegalStateException(thread + " does not read from a socket");
      }
      Thread.sleep(1);
    }
  }

  private static boolean reads(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(
            frame ->
                frame.getClassName().equals("sun.nio.ch.NioSocketImpl")
                    && frame.getMethodName().equals("implRead"));
  }
}
