// SPDX-License-Identifier: Apache-2.0

/** Chooses the targets of a call. */
@NullMarked
package io.headgate.route;

import org.jspecify.annotations.NullMarked;
