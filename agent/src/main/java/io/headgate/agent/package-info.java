// SPDX-License-Identifier: Apache-2.0

/** Starts the gateway and wires it. */
@NullMarked
package io.headgate.agent;

import org.jspecify.annotations.NullMarked;
