// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found on the thread that made a call which another thread runs.
 *
 * @param parent what telemetry keeps; null if nothing
 * @param metadata values by the sources that only that thread knows: {@code mdc:userId}
 */
public record Captured(@Nullable Object parent, Map<String, String> metadata) {}
