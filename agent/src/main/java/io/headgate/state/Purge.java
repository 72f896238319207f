// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import org.jspecify.annotations.Nullable;

/**
 * Which entries are to go: those that fit all that is said, all of them if nothing is.
 *
 * @param keyPrefix how the key begins, in lower-case hexadecimal digits; null for any
 * @param model null for any
 * @param route null for any
 * @param madeBeforeMillis those made before, in milliseconds since 1970; {@link Long#MAX_VALUE} for
 *     any
 */
public record Purge(
    @Nullable String keyPrefix,
    @Nullable String model,
    @Nullable String route,
    long madeBeforeMillis) {

  public boolean fits(EntryKey key, long createdMillis, String ofModel, String ofRoute) {
    return createdMillis < madeBeforeMillis
        && (model == null || model.equals(ofModel))
        && (route == null || route.equals(ofRoute))
        && (keyPrefix == null || key.toString().startsWith(keyPrefix));
  }
}
