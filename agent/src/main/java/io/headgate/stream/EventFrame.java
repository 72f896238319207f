// SPDX-License-Identifier: Apache-2.0
package io.headgate.stream;

import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message of an Amazon event stream.
 *
 * @param headers what it says of itself, in the order of the wire: a {@link Boolean}, {@link Byte},
 *     {@link Short}, {@link Integer}, {@link Long}, {@code byte[]}, {@link String}, {@link
 *     java.time.Instant} in milliseconds, or {@link java.util.UUID}
 * @param payload what it carries; backed by an array. Only lent: its bytes are others once the
 *     reader goes on
 */
public record EventFrame(Map<String, Object> headers, ByteBuffer payload) {

  /** The value of a header that is text; null if there is none, or none that is text. */
  public @Nullable String text(String header) {
    return headers.get(header) instanceof String text ? text : null;
  }
}
