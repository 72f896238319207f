// SPDX-License-Identifier: Apache-2.0

/** Reads settings and explains mistakes in them. */
@NullMarked
package io.headgate.config;

import org.jspecify.annotations.NullMarked;
