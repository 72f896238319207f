// SPDX-License-Identifier: Apache-2.0

/** Decides whether to try again, where, and for how long. */
@NullMarked
package io.headgate.resilience;

import org.jspecify.annotations.NullMarked;
