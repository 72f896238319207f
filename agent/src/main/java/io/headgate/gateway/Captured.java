// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found on the thread that made a call, for another one that runs it.
 *
 * @param parent the trace the call belongs to, as telemetry keeps it; null if there was none
 * @param metadata who is asking, as far as only that thread could tell; by name
 */
public record Captured(@Nullable Object parent, Map<String, String> metadata) {}
