// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tools of the apps. */
enum AppTool {
  LOOKUP("lookup", "Looks a ticket up", true, "the ticket is open"),
  OWNER("owner", "Tells who owns a ticket", true, "Ada owns it"),
  NOW("now", "Tells the time", false, "it is noon");

  final String tool;
  final String about;
  final String result;

  /** Whether it wants to know which ticket. */
  final boolean ofTicket;

  AppTool(String tool, String about, boolean ofTicket, String result) {
    this.tool = tool;
    this.about = about;
    this.ofTicket = ofTicket;
    this.result = result;
  }

  static AppTool named(String name) {
    for (AppTool tool : values()) {
      if (tool.tool.equals(name)) {
        return tool;
      }
    }
    throw new IllegalArgumentException("the app has no tool " + name);
  }

  /** JSON Schema of its arguments. */
  Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties());
    if (ofTicket) {
      schema.put("required", List.of("ticket"));
    }
    return schema;
  }

  Map<String, Object> properties() {
    return ofTicket
        ? Map.of("ticket", Map.of("type", "string", "description", "Its number"))
        : Map.of();
  }
}
