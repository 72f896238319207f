// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.gateway.Endpoint;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the app sent it.
 *
 * @param endpoint where to; names the model and the wish for a stream where the path does
 * @param body members in their order; numbers are {@link io.headgate.json.JsonNumber}
 * @param query of the URI, encoded; empty if it has none
 */
public record AppRequest(Endpoint endpoint, Map<String, @Nullable Object> body, String query) {}
