// SPDX-License-Identifier: Apache-2.0

/**
 * Carries calls of Apache HttpClient 4.5 and HttpAsyncClient 4.1 through the gateway. Compiled
 * against 4.5.0 and 4.1.0; touches only what all of 4.5.x and 4.1.x have. The classes whose name
 * begins with {@code Async} are the only ones to name the asynchronous client, which need not be
 * there.
 */
@NullMarked
package io.headgate.adapter.apache4;

import org.jspecify.annotations.NullMarked;
