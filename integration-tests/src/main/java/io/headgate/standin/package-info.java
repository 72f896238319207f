// SPDX-License-Identifier: Apache-2.0

/** Stand-ins on loopback for the two ends of the agent: LLM hosts and telemetry collectors. */
@NullMarked
package io.headgate.standin;

import org.jspecify.annotations.NullMarked;
