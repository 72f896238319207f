// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import org.jspecify.annotations.Nullable;

/**
 * What was chosen for a call.
 *
 * @param label the route's name, or its place in the file; null if none matched
 */
public record Route(@Nullable String label, Plan plan) {}
