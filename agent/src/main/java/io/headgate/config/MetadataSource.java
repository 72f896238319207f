// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

/**
 * Where a value of the metadata may be found.
 *
 * @param kind what is asked
 * @param name what it is asked for: a header field, a baggage key, a path in the body, …
 */
public record MetadataSource(Kind kind, String name) {

  /** What is asked. The text before the colon is the name in lower case. */
  public enum Kind {
    HEADER,
    BAGGAGE,
    MDC,
    BODY,
    /** {@code class}, {@code method} or {@code package} of the first frame of the app's own. */
    CALLER,
    /** A constant. */
    VALUE
  }
}
