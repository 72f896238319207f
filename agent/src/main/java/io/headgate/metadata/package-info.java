// SPDX-License-Identifier: Apache-2.0

/** Finds out who is asking, and what the call asks of us. */
@NullMarked
package io.headgate.metadata;

import org.jspecify.annotations.NullMarked;
