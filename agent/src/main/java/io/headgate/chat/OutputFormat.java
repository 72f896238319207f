// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an answer has to look like.
 *
 * @param name of the schema; null if it has none
 * @param schema JSON Schema, members in the app's order; null unless {@link Kind#SCHEMA}
 * @param strict whether the answer has to fit it; null if not said
 */
public record OutputFormat(
    Kind kind,
    @Nullable String name,
    @Nullable String description,
    @Nullable Map<String, @Nullable Object> schema,
    @Nullable Boolean strict) {

  public static final OutputFormat TEXT = new OutputFormat(Kind.TEXT, null, null, null, null);

  /** Any JSON object. */
  public static final OutputFormat JSON = new OutputFormat(Kind.JSON, null, null, null, null);

  /** What is asked for. */
  public enum Kind {
    TEXT,
    JSON,
    SCHEMA
  }
}
