// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import io.headgate.chat.Operation;
import io.headgate.expression.Variables;
import org.jspecify.annotations.Nullable;

/**
 * What a route is chosen by.
 *
 * @param provider as the app called it
 * @param model as the app named it; null if it named none
 * @param route the route that the app asks for by header; null for what matches
 * @param variables what conditions may ask for
 */
public record RouteCall(
    String provider,
    Operation operation,
    @Nullable String model,
    @Nullable String route,
    Variables variables) {}
