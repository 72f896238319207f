// SPDX-License-Identifier: Apache-2.0
/**
 * What the adapters of HTTP clients have in common: bringing a call in, sending its requests, and
 * handing on what it comes to. Names no client.
 */
@NullMarked
package io.headgate.client;

import org.jspecify.annotations.NullMarked;
