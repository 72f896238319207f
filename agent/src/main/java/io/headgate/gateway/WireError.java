// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

/**
 * An error of Headgate's own, in no particular format.
 *
 * @param kind what it is; each format has its own words for it
 * @param message for a person to read; never content of the call, never credentials
 */
public record WireError(Kind kind, String message) {

  /** What an error is. */
  public enum Kind {
    /** A limit that ends soon. 429. */
    RATE_LIMIT,
    /** A limit that does not, or a budget. 429. */
    QUOTA,
    /** A route or a policy says no. 403. */
    DENIED,
    /** A guard says no to the input. 400. */
    CONTENT,
    /** An answer that began and cannot go on, or an upstream that failed. 502, or in band. */
    UPSTREAM,
    /** A timer ran out. 504, or in band. */
    TIMEOUT,
    /** Only the cache was to answer, and could not. 504. */
    CACHE_MISS
  }
}
