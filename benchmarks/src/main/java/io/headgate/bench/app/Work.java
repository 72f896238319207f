// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench.app;

import java.io.IOException;
import java.io.InputStream;

/** Makes one call again and again, on several threads at once. */
interface Work {

  /**
   * Makes the call and takes in all of the answer.
   *
   * @return {@link System#nanoTime} when the first bytes of the answer were there
   */
  long call() throws IOException, InterruptedException;

  /** Reads a stream to its end; returns when its first bytes came. */
  static long drain(InputStream in, byte[] buffer) throws IOException {
    int count = in.read(buffer);
    long first = System.nanoTime();
    while (count >= 0) {
      count = in.read(buffer);
    }
    return first;
  }
}
