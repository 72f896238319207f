// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function that the app runs.
 *
 * @param schema JSON Schema of its arguments, members in the app's order: prompt caches depend on
 *     it; null if it takes none. Values are maps, lists, texts, booleans and JSON numbers.
 * @param strict whether arguments have to fit the schema; null if not said
 */
public record Tool(
    String name,
    @Nullable String description,
    @Nullable Map<String, @Nullable Object> schema,
    @Nullable Boolean strict,
    @Nullable CacheMark cache) {}
