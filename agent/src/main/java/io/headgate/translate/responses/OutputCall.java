// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.json.JsonTree;
import io.headgate.json.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A function that the model calls. */
final class OutputCall extends OutputItem {

  private final String callId;
  private final String name;
  private boolean cut;
  private final StringBuilder arguments = new StringBuilder();

  OutputCall(
      NumberedEvents events, List<@Nullable Object> output, String id, String callId, String name) {
    super(events, output, id);
    this.callId = callId;
    this.name = name;
  }

  @Override
  Map<String, @Nullable Object> item(String status) {
    return Nodes.object(
        "id",
        id(),
        "type",
        "function_call",
        "status",
        status,
        "call_id",
        callId,
        "name",
        name,
        "arguments",
        arguments.toString());
  }

  void arguments(String fragment) {
    arguments.append(fragment);
    tell("response.function_call_arguments.delta", "delta", fragment);
  }

  /** Whether nothing has been said of its arguments yet. */
  boolean empty() {
    return arguments.toString().isBlank();
  }

  /** Whether its arguments are all there: nothing can follow what is an object. */
  boolean whole() {
    byte[] said = arguments.toString().getBytes(StandardCharsets.UTF_8);
    return Nodes.map(JsonTree.exact(said)) != null;
  }

  /** The answer was cut while it was made: an object without members would look like a whole. */
  void cut() {
    cut = true;
  }

  @Override
  void finish() {
    if (empty() && !cut) {
      arguments("{}"); // No arguments are an object without members, not nothing.
    }
    tell("response.function_call_arguments.done", "name", name, "arguments", arguments.toString());
  }
}
