// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the apps want an answer to be made of. SDKs make schemas of the class, and read into it. */
public final class Ticket {

  public String summary;
  public int steps;
  public boolean urgent;

  /** JSON Schema of it, for SDKs that want to be told. */
  static Map<String, Object> schema() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("summary", Map.of("type", "string"));
    properties.put("steps", Map.of("type", "integer"));
    properties.put("urgent", Map.of("type", "boolean"));
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", List.of("summary", "steps", "urgent"));
    schema.put("additionalProperties", false);
    return schema;
  }

  @Override
  public String toString() {
    return "summary=" + summary + " steps=" + steps + " urgent=" + urgent;
  }
}
