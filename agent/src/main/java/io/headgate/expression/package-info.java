// SPDX-License-Identifier: Apache-2.0

/** Evaluates the expressions of a configuration; opened only when there are any. */
@NullMarked
package io.headgate.expression;

import org.jspecify.annotations.NullMarked;
