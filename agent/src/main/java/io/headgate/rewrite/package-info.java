// SPDX-License-Identifier: Apache-2.0

/** Puts requests in other words. */
@NullMarked
package io.headgate.rewrite;

import org.jspecify.annotations.NullMarked;
