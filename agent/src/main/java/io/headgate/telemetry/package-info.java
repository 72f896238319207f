// SPDX-License-Identifier: Apache-2.0

/** Tells OpenTelemetry what happened; no other package names an attribute key. */
@NullMarked
package io.headgate.telemetry;

import org.jspecify.annotations.NullMarked;
