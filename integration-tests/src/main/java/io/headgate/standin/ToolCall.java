// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A model's wish that the app call a tool.
 *
 * @param id in the form the surface asked for, another one for each call of an answer
 * @param arguments a JSON object
 */
record ToolCall(String id, String name, String arguments) {

  /** What a tool is called with if nothing else is said. */
  static final String ARGUMENTS = "{\"ticket\":\"7\"}";

  /** What a tool without arguments is called with. */
  static final String NONE = "{}";

  /** The arguments as a tree. */
  JsonNode input() {
    return Json.read(Reply.bytes(arguments));
  }

  boolean hasArguments() {
    return !arguments.equals(NONE);
  }

  /** Which of the answer's calls it is, from 0 on: the last two digits of its id. */
  int index() {
    return Integer.parseInt(id.substring(id.length() - 2), 16);
  }
}
