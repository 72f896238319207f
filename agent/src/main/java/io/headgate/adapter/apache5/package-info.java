// SPDX-License-Identifier: Apache-2.0
/**
 * Apache HttpClient 5.0 and later, classic and asynchronous. Classic calls are taken over where all
 * of {@code execute} leads to, asynchronous ones where a client's execution chain begins; whatever
 * goes out is executed by the app's own client, whose chain, pool and retries are below us.
 */
@NullMarked
package io.headgate.adapter.apache5;

import org.jspecify.annotations.NullMarked;
