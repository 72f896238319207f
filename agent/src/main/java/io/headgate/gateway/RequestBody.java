// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.nio.charset.StandardCharsets;

/**
 * The body of a request: absent, captured (can be read and sent again), or opaque (too large,
 * duplex, or of a kind nobody reads; it flows past us untouched).
 */
public final class RequestBody {

  /** Larger bodies are not captured, in bytes. */
  public static final long CAPTURE_LIMIT = 8L << 20;

  public static final RequestBody NONE = new RequestBody(new byte[0], false);
  public static final RequestBody OPAQUE = new RequestBody(new byte[0], true);

  private final byte[] bytes;
  private final boolean opaque;

  private RequestBody(byte[] bytes, boolean opaque) {
    this.bytes = bytes;
    this.opaque = opaque;
  }

  /** A captured body. The array is taken over, not copied: do not change it afterwards. */
  public static RequestBody of(byte[] bytes) {
    return bytes.length == 0 ? NONE : new RequestBody(bytes, false);
  }

  /** Whether the bytes cannot be seen from here. */
  public boolean opaque() {
    return opaque;
  }

  /** The bytes as captured; empty if absent or opaque. Not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /** For tests and messages of tests; never for logs. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
