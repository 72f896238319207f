// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import org.jspecify.annotations.Nullable;

/**
 * How the call's answer came about.
 *
 * @param route the route's name, or its place in the file if it has none; null if none matched
 * @param arm the arm of the split that was taken; null if there was none
 * @param step the index in the fallback chain of the step that answered, from 0
 * @param reason why, in one word or two: {@code primary}, {@code fallback}, {@code denied}, …
 */
public record Routing(@Nullable String route, @Nullable String arm, int step, String reason) {

  /** Of a call that goes where the app sent it. */
  public static final Routing NONE = new Routing(null, null, 0, "as-sent");
}
