// SPDX-License-Identifier: Apache-2.0

/** The applications that are measured. None of them knows that there are agents. */
@NullMarked
package io.headgate.bench.app;

import org.jspecify.annotations.NullMarked;
