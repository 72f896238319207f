// SPDX-License-Identifier: Apache-2.0

/** Runs one call through the interceptors, knowing no client and no provider. */
@NullMarked
package io.headgate.gateway;

import org.jspecify.annotations.NullMarked;
