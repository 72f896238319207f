// SPDX-License-Identifier: Apache-2.0

/**
 * Carries calls of OkHttp 3.14, 4 and 5 through the gateway. Compiled against 3.14; touches only
 * what all three have under the same binary signature, okio's included.
 */
@NullMarked
package io.headgate.adapter.okhttp;

import org.jspecify.annotations.NullMarked;
