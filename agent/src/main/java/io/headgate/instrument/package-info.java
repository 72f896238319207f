// SPDX-License-Identifier: Apache-2.0

/** Decides which methods are intercepted and links them to adapters. */
@NullMarked
package io.headgate.instrument;

import org.jspecify.annotations.NullMarked;
