// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.nio.ByteBuffer;

/**
 * Changes an answer as it flows. Chunks come cut anywhere; what cannot be decided yet is kept for
 * the next one, and no more than that, so that a stream goes on flowing. Used by one thread at a
 * time. Never throws for bad input: that passes as it came.
 */
public interface ContentTransform {

  /** What becomes of a chunk; empty if all of it is kept for now. May be the very same buffer. */
  ByteBuffer apply(ByteBuffer chunk);

  /** What was kept, and whatever else belongs at the end; empty if nothing does. */
  ByteBuffer finish();
}
