// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where a call goes, as host and path tell.
 *
 * @param provider our short name of the provider ({@code openai}, {@code azure}, …)
 * @param telemetryName the value of {@code gen_ai.provider.name}
 * @param format the wire format at that path
 * @param operation what the path does
 * @param model the model the path names, decoded; null where the body names it
 * @param streaming whether the path itself asks for a stream
 */
public record Endpoint(
    String provider,
    String telemetryName,
    WireFormat format,
    Operation operation,
    @Nullable String model,
    boolean streaming) {}
