// SPDX-License-Identifier: Apache-2.0

/** Keeps entries: in memory, on disk, in Redis. Knows nothing of what is in them. */
@NullMarked
package io.headgate.state;

import org.jspecify.annotations.NullMarked;
