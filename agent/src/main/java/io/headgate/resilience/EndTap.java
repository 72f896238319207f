// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.gateway.BodyTap;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Tells of the end of a body, whichever it is. */
record EndTap(Runnable ended) implements BodyTap {
  @Override
  public void onBytes(ByteBuffer bytes) {}

  @Override
  public void onEnd() {
    ended.run();
  }

  @Override
  public void onError(@Nullable Throwable cause) {
    ended.run();
  }
}
