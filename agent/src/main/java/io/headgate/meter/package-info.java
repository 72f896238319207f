// SPDX-License-Identifier: Apache-2.0

/** Counts what a call used and what it cost. */
@NullMarked
package io.headgate.meter;

import org.jspecify.annotations.NullMarked;
