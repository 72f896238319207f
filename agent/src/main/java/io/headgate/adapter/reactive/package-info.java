// SPDX-License-Identifier: Apache-2.0

/** Between bodies that are pulled and the Reactive Streams of the clients that speak them. */
@NullMarked
package io.headgate.adapter.reactive;

import org.jspecify.annotations.NullMarked;
