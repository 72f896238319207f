// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long an attempt may take. A null is for what is said further out, or for the client's own.
 *
 * @param connect to connect
 * @param firstToken from sending to the first content of the answer
 * @param idle between two chunks of the answer
 * @param total from sending to the end of the answer
 */
public record TimeoutSettings(
    @Nullable Duration connect,
    @Nullable Duration firstToken,
    @Nullable Duration idle,
    @Nullable Duration total) {

  public static final TimeoutSettings NONE = new TimeoutSettings(null, null, null, null);

  /** These where they say something, else the others. */
  public TimeoutSettings over(TimeoutSettings outer) {
    return new TimeoutSettings(
        connect != null ? connect : outer.connect,
        firstToken != null ? firstToken : outer.firstToken,
        idle != null ? idle : outer.idle,
        total != null ? total : outer.total);
  }
}
