// SPDX-License-Identifier: Apache-2.0

/** Reads JSON into maps and lists, within limits; and tells documents that say the same. */
@NullMarked
package io.headgate.json;

import org.jspecify.annotations.NullMarked;
