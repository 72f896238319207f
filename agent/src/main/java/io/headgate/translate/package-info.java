// SPDX-License-Identifier: Apache-2.0

/**
 * Serves a call in one wire format by a provider of another: the request, the answer, the stream
 * and the errors. Each format is read into {@code io.headgate.chat} and written from it, in a
 * package of its own; no format knows another one.
 */
@NullMarked
package io.headgate.translate;

import org.jspecify.annotations.NullMarked;
