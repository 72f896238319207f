// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;

/**
 * A request for another target than the app's: its URI is the target's, and of its header fields
 * only those are left that concern the target. The body is as it was.
 *
 * @param endpoint where it goes
 */
public record Retargeted(GatewayRequest request, Endpoint endpoint) {}
