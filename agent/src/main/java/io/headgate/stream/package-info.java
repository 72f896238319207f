// SPDX-License-Identifier: Apache-2.0

/** Splits event streams incrementally. */
@NullMarked
package io.headgate.stream;

import org.jspecify.annotations.NullMarked;
