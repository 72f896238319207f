// SPDX-License-Identifier: Apache-2.0

/** Calls through the HTTP clients of azure-core: Netty, OkHttp, the JDK's and Vert.x. */
@NullMarked
package io.headgate.adapter.azure;

import org.jspecify.annotations.NullMarked;
