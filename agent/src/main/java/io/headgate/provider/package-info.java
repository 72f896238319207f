// SPDX-License-Identifier: Apache-2.0

/** Knows which host speaks which wire format, and with which credential. */
@NullMarked
package io.headgate.provider;

import org.jspecify.annotations.NullMarked;
