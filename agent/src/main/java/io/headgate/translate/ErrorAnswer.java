// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.gateway.Headers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer that tells of a failure.
 *
 * @param headers those that belong to it; content type and what tells when to try again are not
 *     among them
 */
public record ErrorAnswer(int status, Headers headers, Map<String, @Nullable Object> body) {}
