// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a tool's arguments as Claude takes it, whoever runs it: at its root is an object,
 * and no choice between several (Anthropic API reference, tools).
 */
public final class ToolSchema {

  /** References to references, at most. */
  private static final int CHAIN = 20;

  private static final List<String> CHOICES = List.of("allOf", "anyOf", "oneOf");

  private ToolSchema() {}

  /**
   * What Claude is to be told of arguments.
   *
   * @param schema null if there are none
   */
  public static Map<String, @Nullable Object> of(
      @Nullable Map<String, @Nullable Object> schema, Notes notes) {
    if (schema == null || schema.isEmpty()) {
      return Nodes.object("type", "object", "properties", Nodes.object());
    }
    Map<String, @Nullable Object> root = merged(dereferenced(schema), notes);
    if (root.containsKey("type")) {
      return Nodes.over(root, "type", "object");
    }
    Map<String, @Nullable Object> typed = Nodes.object("type", "object");
    typed.putAll(root);
    return typed;
  }

  /**
   * The schema with what a reference at its root leads to in its place; what stands beside that is
   * closer. The schema as it is, if it leads nowhere.
   */
  private static Map<String, @Nullable Object> dereferenced(Map<String, @Nullable Object> schema) {
    Map<String, @Nullable Object> root = schema;
    for (int i = 0; i < CHAIN && root.get("$ref") instanceof String reference; i++) {
      Map<String, @Nullable Object> found = Nodes.map(References.follow(schema, reference));
      if (found == null) {
        return schema;
      }
      Map<String, @Nullable Object> joined = new LinkedHashMap<>(found);
      root.forEach(
          (name, value) -> {
            if (!name.equals("$ref")) {
              joined.put(name, value);
            }
          });
      both(found, root, joined);
      root = joined;
    }
    return root.get("$ref") instanceof String ? schema : root;
  }

  /** The members of two objects are those of both. */
  private static void both(
      Map<String, @Nullable Object> one,
      Map<String, @Nullable Object> other,
      Map<String, @Nullable Object> joined) {
    if (one.containsKey("properties") && other.containsKey("properties")) {
      Map<String, @Nullable Object> properties = new LinkedHashMap<>(Nodes.map(one, "properties"));
      properties.putAll(Nodes.map(other, "properties"));
      joined.put("properties", properties);
    }
    if (one.containsKey("required") && other.containsKey("required")) {
      Set<Object> required = texts(one.get("required"));
      required.addAll(texts(other.get("required")));
      joined.put("required", new ArrayList<@Nullable Object>(required));
    }
  }

  /** All that any of the branches allows, and what all of them require. */
  private static Map<String, @Nullable Object> merged(
      Map<String, @Nullable Object> schema, Notes notes) {
    Map<String, @Nullable Object> root = new LinkedHashMap<>(schema);
    for (String choice : CHOICES) {
      if (!(schema.get(choice) instanceof List<?>)) {
        continue;
      }
      root.remove(choice);
      notes.changed("tools", choice, "properties");
      Map<String, @Nullable Object> properties = new LinkedHashMap<>(Nodes.map(root, "properties"));
      Set<Object> required = null;
      for (Object item : Nodes.list(schema.get(choice))) {
        Map<String, @Nullable Object> branch = resolved(Nodes.map(item), schema);
        if (branch == null) {
          continue;
        }
        Nodes.map(branch, "properties").forEach(properties::putIfAbsent);
        Set<Object> needed = texts(branch.get("required"));
        if (required == null) {
          required = needed;
        } else if (choice.equals("allOf")) {
          required.addAll(needed);
        } else {
          required.retainAll(needed);
        }
      }
      root.put("properties", properties);
      Set<Object> all = texts(root.get("required"));
      if (required != null) {
        all.addAll(required);
      }
      if (!all.isEmpty()) {
        root.put("required", new ArrayList<@Nullable Object>(all));
      }
    }
    return root;
  }

  private static @Nullable Map<String, @Nullable Object> resolved(
      @Nullable Map<String, @Nullable Object> branch, Map<String, @Nullable Object> schema) {
    String reference = branch == null ? "" : Nodes.text(branch.get("$ref"));
    return reference.startsWith("#/") ? Nodes.map(References.follow(schema, reference)) : branch;
  }

  private static Set<Object> texts(@Nullable Object list) {
    Set<Object> texts = new LinkedHashSet<>();
    for (Object item : Nodes.list(list)) {
      if (item instanceof String text) {
        texts.add(text);
      }
    }
    return texts;
  }
}
