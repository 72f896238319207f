// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.cache.ResponseCache;
import io.headgate.config.Config;
import io.headgate.gateway.Faults;
import io.headgate.gateway.WireEditor;
import io.headgate.provider.KnownKeys;
import io.headgate.provider.Retargeter;
import io.headgate.provider.Via;
import io.headgate.route.Router;
import io.headgate.translate.Translator;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * What running a plan takes.
 *
 * @param nanoClock nanoseconds, from any origin
 * @param clock the time of day, for dates in header fields
 * @param random from 0 to 1, for jitter and keys
 * @param listener told of what is to be counted
 */
public record RoutingTools(
    Config config,
    Router router,
    ResponseCache cache,
    Retargeter retargeter,
    KnownKeys credentials,
    Via via,
    WireEditor editor,
    Translator translator,
    TargetHealth health,
    KeyPools keys,
    RetryBudget budget,
    Timers timers,
    LongSupplier nanoClock,
    InstantSource clock,
    DoubleSupplier random,
    Faults faults,
    RoutingListener listener) {}
