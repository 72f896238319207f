// SPDX-License-Identifier: Apache-2.0
package io.headgate.meter;

import io.headgate.gateway.BodyTap;
import io.headgate.gateway.ResponseReader;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Feeds one answer to its reader and settles once, however the body ends. The lock is held while a
 * chunk is parsed, which is bounded work in memory: an app may cancel from another thread, and the
 * settlement has to wait for the chunk or the reader would be used by two threads.
 */
final class MeterTap implements BodyTap {

  private final ResponseReader reader;
  private final @Nullable ContentDecoder decoder;
  private final Settlement settlement;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean settled;

  /** What is to be done once the body has ended. */
  interface Settlement {
    /**
     * Called exactly once.
     *
     * @param complete whether the body came to its end and could be decoded
     * @param unread why it could not be decoded; null if it could
     */
    void settle(boolean complete, MeterListener.@Nullable Reason unread);
  }

  /**
   * @param decoder undoes the content encoding; null if that is beyond us
   */
  MeterTap(ResponseReader reader, @Nullable ContentDecoder decoder, Settlement settlement) {
    this.reader = reader;
    this.decoder = decoder;
    this.settlement = settlement;
  }

  @Override
  public void onBytes(ByteBuffer bytes) {
    if (decoder == null) {
      return;
    }
    lock.lock();
    try {
      if (!settled) {
        decoder.decode(bytes, reader);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onEnd() {
    settle(true);
  }

  @Override
  public void onError(@Nullable Throwable cause) {
    settle(false);
  }

  private void settle(boolean ended) {
    lock.lock();
    try {
      if (settled) {
        return;
      }
      settled = true;
      if (decoder == null) {
        settlement.settle(false, MeterListener.Reason.ENCODING);
        return;
      }
      boolean broken = decoder.failed() || (ended && !decoder.complete());
      decoder.close();
      settlement.settle(ended && !broken, broken ? MeterListener.Reason.COMPRESSION : null);
    } finally {
      lock.unlock();
    }
  }
}
