// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The choice that {@code anyOf} or {@code oneOf} leaves. In JSON Schema what stands beside it holds
 * for each branch; in Gemini's {@code Schema} nothing may stand beside it ("Schema", Gemini API
 * reference), so each branch is made to say it itself.
 *
 * @param branches without null; empty if there is no choice
 * @param nullable whether null is one of them
 */
record SchemaChoice(List<@Nullable Object> branches, boolean nullable) {

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
    List<@Nullable Object> branches = Nodes.array();
    boolean plain = false;
    for (Object item : others) {
      Map<String, @Nullable Object> branch = Nodes.map(item);
      if (beside.isEmpty() || branch == null) {
        branches.add(item);
      } else if (says(branch)) {
        branches.add(joined(beside, branch, root));
      } else if (!plain) {
        // That this or that member has to be there cannot be said.
        plain = true;
        branches.add(beside);
      }
    }
    return new SchemaChoice(branches, others.size() < any.size());
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
            SchemaCleaner.join(joined, name, value);
          } else {
            joined.put(name, value);
          }
        });
    return joined;
  }

  /**
   * One object in place of a choice between several, of a schema that is Gemini's already:
   * arguments have to be an object. It has the members of all, and needs those that all need.
   */
  static Map<String, @Nullable Object> object(Map<String, @Nullable Object> made) {
    List<@Nullable Object> any = Nodes.list(made.get("anyOf"));
    if (any.isEmpty()) {
      return made;
    }
    Map<String, @Nullable Object> properties = new LinkedHashMap<>();
    List<@Nullable Object> required = null;
    for (Object item : any) {
      Map<String, @Nullable Object> branch = Nodes.map(item);
      Map<String, @Nullable Object> one = branch == null ? Nodes.object() : object(branch);
      if (!"OBJECT".equals(one.get("type"))) {
        continue;
      }
      Nodes.map(one, "properties")
          .forEach(
              (name, value) ->
                  properties.put(
                      name,
                      properties.containsKey(name) ? both(properties.get(name), value) : value));
      List<@Nullable Object> needed = Nodes.list(one.get("required"));
      if (required == null) {
        required = new ArrayList<>(needed);
      } else {
        required.retainAll(needed);
      }
    }
    Map<String, @Nullable Object> object = new LinkedHashMap<>(made);
    object.remove("anyOf");
    object.put("type", "OBJECT");
    if (!properties.isEmpty()) {
      object.put("properties", properties);
    }
    if (required != null && !required.isEmpty()) {
      object.put("required", required);
    }
    return object;
  }

  /** A member that two of them have: the word that tells them apart may be either's. */
  private static @Nullable Object both(@Nullable Object one, @Nullable Object other) {
    Map<String, @Nullable Object> first = Nodes.map(one);
    Map<String, @Nullable Object> second = Nodes.map(other);
    if (first == null || second == null || first.equals(second)) {
      return one;
    }
    List<@Nullable Object> words = new ArrayList<>(Nodes.list(first.get("enum")));
    List<@Nullable Object> more = Nodes.list(second.get("enum"));
    if (!words.isEmpty() && !more.isEmpty()) {
      more.stream().filter(word -> !words.contains(word)).forEach(words::add);
      return Nodes.with(first, "enum", words);
    }
    return Nodes.object("anyOf", Nodes.array(first, second));
  }
}
