// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry under {@code rewrite}. Texts may hold <code>${metadata.x}</code>, to be filled in for
 * each call.
 *
 * @param systemPrepend text before the system prompt
 * @param systemAppend text after it
 * @param set fields of the body and their values: strings, {@link Long}, {@link Double}, booleans,
 *     lists, maps, null
 * @param clamp fields and the range {@code [least, most]} of their number
 * @param remove fields of the body to take out
 * @param headersSet header fields and their values
 * @param headersRemove header fields to take out
 */
public record RewriteSettings(
    String at,
    String name,
    @Nullable String systemPrepend,
    @Nullable String systemAppend,
    Map<String, @Nullable Object> set,
    Map<String, double[]> clamp,
    List<String> remove,
    Map<String, String> headersSet,
    List<String> headersRemove) {}
