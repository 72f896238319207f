// SPDX-License-Identifier: Apache-2.0

/**
 * Carries calls of the JDK's {@code HttpURLConnection}, http and https, through the gateway.
 *
 * <p>The app gets a connection of ours in front of the JDK's own one. It keeps what the app writes
 * until the app asks for the answer; only then is it known where the call goes. So {@code
 * connect()} and {@code getOutputStream()} do not reach the network yet, and a host that cannot be
 * reached shows when the answer is asked for, with the exception the JDK threw.
 */
@NullMarked
package io.headgate.adapter.urlconnection;

import org.jspecify.annotations.NullMarked;
