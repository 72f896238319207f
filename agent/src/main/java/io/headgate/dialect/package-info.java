// SPDX-License-Identifier: Apache-2.0

/** Reads the wire formats: what a request asks for, what an answer used. */
@NullMarked
package io.headgate.dialect;

import org.jspecify.annotations.NullMarked;
