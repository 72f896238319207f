// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an expression can ask for. Values are strings, longs, doubles, booleans, lists and maps of
 * these, and null. Asked only for what the expression names, so that a body is not parsed for
 * nothing.
 */
public interface Variables {

  /** {@code request}: operation, model, provider, stream. */
  Map<String, @Nullable Object> request();

  /** {@code request.headers["x"]}; null if there is no such field. */
  @Nullable String header(String name);

  /** {@code request.body}: JSON as maps and lists; null if it is none. */
  @Nullable Object body();

  /** {@code metadata}. */
  Map<String, Object> metadata();

  /** {@code environment}; empty if not set. */
  String environment();

  /**
   * {@code response}: status, finish, text, tokens (a map of input and output); null where there is
   * none.
   */
  @Nullable Map<String, @Nullable Object> response();
}
