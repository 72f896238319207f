// SPDX-License-Identifier: Apache-2.0
package io.headgate.client;

import io.headgate.gateway.ContentSource;
import io.headgate.gateway.Headers;

/**
 * The head of an answer that the app's client got for a request of ours, and the way to its body.
 *
 * @param own the client's own answer. Its body is read through {@code body} and nowhere else
 * @param protocol {@code 1.1} or {@code 2}; empty if the client does not tell
 * @param body read by one at a time. Closing it gives the connection up at once, whatever is unread
 */
public record Received<A>(
    A own, int status, Headers headers, String protocol, ContentSource body) {}
