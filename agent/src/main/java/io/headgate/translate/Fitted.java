// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatRequest;

/**
 * A request that its target can serve.
 *
 * @param names what the target calls the app's tools
 * @param schemaTool whether JSON of a schema is had by a tool of that schema, {@link #SCHEMA_TOOL}
 */
public record Fitted(ChatRequest request, ToolNames names, boolean schemaTool) {

  /** The name of the tool whose arguments are the answer. */
  public static final String SCHEMA_TOOL = "structured_output";
}
