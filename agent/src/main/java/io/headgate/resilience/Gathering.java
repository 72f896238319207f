// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.gateway.Content;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Looks at an answer and takes down all of it. */
final class Gathering implements Content.Look {

  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

  @Override
  public boolean seen(ByteBuffer chunk) {
    byte[] bytes = new byte[chunk.remaining()];
    chunk.get(bytes);
    seen.writeBytes(bytes);
    return false;
  }

  @Override
  public void end() {
    // Who asked is told by other means.
  }

  byte[] bytes() {
    return seen.toByteArray();
  }
}
