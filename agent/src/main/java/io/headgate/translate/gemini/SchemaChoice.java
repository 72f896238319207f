// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The choice that {@code anyOf} or {@code oneOf} leaves. In JSON Schema what stands beside it holds
 * for each branch; in Gemini's {@code Schema} nothing may stand beside it ("Schema", Gemini API
 * reference), so each branch is made to say it itself: when it is asked for, as all of them can be
 * far more than the schema.
 *
 * @param said the branches as they were said, without null; empty if there is no choice
 * @param nullable whether null is one of them
 * @param beside what holds for every branch; stands for those that say no more
 * @param root where references lead
 */
record SchemaChoice(
    List<@Nullable Object> said,
    boolean nullable,
    Map<String, @Nullable Object> beside,
    Map<String, @Nullable Object> root) {

  /** What a schema says of its values, and in a branch makes it more than a condition. */
  private static final Set<String> SAYING =
      Set.of(
          "type",
          "properties",
          "items",
          "prefixItems",
          "enum",
          "const",
          "format",
          "pattern",
          "minItems",
          "maxItems",
          "minLength",
          "maxLength",
          "minProperties",
          "maxProperties",
          "minimum",
          "maximum");

  private static final Set<String> CHOOSING = Set.of("$ref", "anyOf", "oneOf", "allOf");

  /**
   * The choice of a schema.
   *
   * @param types those that the schema itself allows, without null
   * @param root where references lead
   */
  static SchemaChoice of(
      Map<String, @Nullable Object> schema,
      List<String> types,
      Map<String, @Nullable Object> root) {
    List<@Nullable Object> any = Nodes.list(schema.get("anyOf"));
    any = any.isEmpty() ? Nodes.list(schema.get("oneOf")) : any;
    List<@Nullable Object> others = SchemaTypes.withoutNull(any);
    Map<String, @Nullable Object> beside = beside(schema, types);
    List<@Nullable Object> said = Nodes.array();
    boolean plain = false;
    for (Object item : others) {
      Map<String, @Nullable Object> branch = Nodes.map(item);
      if (beside.isEmpty() || branch == null || says(branch)) {
        said.add(item);
      } else if (!plain) {
        // That this or that member has to be there cannot be said.
        plain = true;
        said.add(beside);
      }
    }
    return new SchemaChoice(said, others.size() < any.size(), beside, root);
  }

  int size() {
    return said.size();
  }

  /** A branch with all that holds for it. */
  @Nullable Object branch(int index) {
    Object item = said.get(index);
    Map<String, @Nullable Object> branch = Nodes.map(item);
    return branch == null || branch == beside || beside.isEmpty()
        ? item
        : joined(beside, branch, root);
  }

  /** How many members and names were copied to make a branch. */
  int copied(@Nullable Map<String, @Nullable Object> branch) {
    return branch == null || beside.isEmpty()
        ? 0
        : Nodes.map(branch, "properties").size() + Nodes.list(branch.get("required")).size();
  }

  private static boolean says(Map<String, @Nullable Object> branch) {
    return branch.keySet().stream().anyMatch(it -> SAYING.contains(it) || CHOOSING.contains(it));
  }

  /** What holds for every branch. */
  private static Map<String, @Nullable Object> beside(
      Map<String, @Nullable Object> schema, List<String> types) {
    Map<String, @Nullable Object> beside = new LinkedHashMap<>();
    schema.forEach(
        (name, value) -> {
          if (name.equals("required") || (SAYING.contains(name) && !name.equals("type"))) {
            beside.put(name, value);
          }
        });
    if (schema.containsKey("type") && !types.isEmpty()) {
      beside.put("type", types.size() == 1 ? types.get(0) : new ArrayList<@Nullable Object>(types));
    }
    return beside;
  }

  /** A branch that says what stands beside it, too; what it says itself is closer. */
  private static Map<String, @Nullable Object> joined(
      Map<String, @Nullable Object> beside,
      Map<String, @Nullable Object> branch,
      Map<String, @Nullable Object> root) {
    Map<String, @Nullable Object> own = branch;
    if (branch.get("$ref") instanceof String ref) {
      if (!beside.containsKey("properties") && !beside.containsKey("required")) {
        return branch; // It says of what type it is.
      }
      own = new LinkedHashMap<>(SchemaPointer.find(root, ref));
      own.putAll(branch);
      own.remove("$ref");
    }
    Map<String, @Nullable Object> joined = new LinkedHashMap<>(beside);
    own.forEach(
        (name, value) -> {
          if (name.equals("properties") || name.equals("required")) {
            join(joined, name, value);
          } else {
            joined.put(name, value);
          }
        });
    return joined;
  }

  /** Adds a keyword of one schema to another one for which both hold. */
  static void join(Map<String, @Nullable Object> joined, String name, @Nullable Object value) {
    if (name.equals("properties")) {
      Map<String, @Nullable Object> both = new LinkedHashMap<>(Nodes.map(joined, name));
      Map<String, @Nullable Object> more = Nodes.map(value);
      both.putAll(more == null ? Map.of() : more);
      joined.put(name, both);
    } else if (name.equals("required")) {
      Set<@Nullable Object> both = new LinkedHashSet<>(Nodes.list(joined.get(name)));
      both.addAll(Nodes.list(value));
      joined.put(name, new ArrayList<>(both));
    } else if (!name.equals("allOf") && !name.equals("$ref")) {
      joined.putIfAbsent(name, value);
    }
  }
}
