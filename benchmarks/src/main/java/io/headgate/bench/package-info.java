// SPDX-License-Identifier: Apache-2.0

/** Starts applications with and without agents, in turn, and compares what they cost. */
@NullMarked
package io.headgate.bench;

import org.jspecify.annotations.NullMarked;
