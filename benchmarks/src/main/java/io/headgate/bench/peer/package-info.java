// SPDX-License-Identifier: Apache-2.0

/** The other end of the measured calls, in a process of its own. */
@NullMarked
package io.headgate.bench.peer;

import org.jspecify.annotations.NullMarked;
