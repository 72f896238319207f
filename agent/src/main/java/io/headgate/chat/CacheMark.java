// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

/**
 * The app wants the prompt cached up to a place.
 *
 * @param hour whether for an hour rather than for five minutes
 */
public record CacheMark(boolean hour) {}
