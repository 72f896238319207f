// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import io.headgate.chat.ResponseFacts;
import java.nio.ByteBuffer;

/**
 * Reads one answer of one wire format as it flows by. Memory is bounded whatever the body holds;
 * malformed input is no error, it is {@code parsed = false}. Used by one thread at a time.
 */
public interface ResponseReader {

  /** The next bytes, content encoding already undone. */
  void read(ByteBuffer bytes);

  /**
   * What was learnt. Called once.
   *
   * @param complete whether the body came to its end
   */
  ResponseFacts finish(boolean complete);
}
