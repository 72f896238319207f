// SPDX-License-Identifier: Apache-2.0

/** Turns tokens into money, in integer nano-USD. */
@NullMarked
package io.headgate.pricing;

import org.jspecify.annotations.NullMarked;
