// SPDX-License-Identifier: Apache-2.0

/**
 * Carries calls of Spring's {@code WebClient}, {@code RestClient} and {@code RestTemplate} through
 * the gateway where Spring goes to Reactor Netty or to Jetty, which have no adapter of their own.
 * Over the JDK's client, Apache's and {@code HttpURLConnection} these calls are met below Spring.
 * Compiled against Spring 6.1; touches only what 6.2 and 7.0 have, too.
 */
@NullMarked
package io.headgate.adapter.spring;

import org.jspecify.annotations.NullMarked;
