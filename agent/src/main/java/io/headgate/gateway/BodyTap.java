// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a body as it flows to the app. {@link #onBytes} once per chunk, then exactly one of
 * {@link #onEnd} or {@link #onError}. Calls come one after another, on whatever thread the client
 * reads on; a tap never blocks. What a tap throws is caught by {@link LiveBody} and switches that
 * tap off; the app never sees it.
 */
public interface BodyTap {

  /** A chunk on its way to the app. Its position may be moved; it is not to be kept. */
  void onBytes(ByteBuffer bytes);

  /** The body is complete. */
  void onEnd();

  /**
   * The body ended early.
   *
   * @param cause why; null when the app itself stopped reading
   */
  void onError(@Nullable Throwable cause);
}
