// SPDX-License-Identifier: Apache-2.0

/**
 * Calls through the HTTP client of Vert.x 4.5 and 5, which its {@code WebClient} stands on, too.
 * Compiled against 4.5; what the two call by the same name with other types goes by reflection.
 */
@NullMarked
package io.headgate.adapter.vertx;

import org.jspecify.annotations.NullMarked;
