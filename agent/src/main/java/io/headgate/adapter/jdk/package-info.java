// SPDX-License-Identifier: Apache-2.0

/** Carries calls of the JDK's own java.net.http.HttpClient through the gateway. */
@NullMarked
package io.headgate.adapter.jdk;

import org.jspecify.annotations.NullMarked;
