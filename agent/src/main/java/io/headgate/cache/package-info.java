// SPDX-License-Identifier: Apache-2.0

/** Answers calls that were answered before. */
@NullMarked
package io.headgate.cache;

import org.jspecify.annotations.NullMarked;
