// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes Gemini's {@code Schema} of JSON Schema, for models and members that take nothing else: what
 * it does not know is left out, what it says otherwise is said so ("Schema", Gemini API reference).
 */
final class SchemaCleaner {

  private static final Set<String> KEPT =
      Set.of(
          "title",
          "description",
          "minItems",
          "maxItems",
          "minLength",
          "maxLength",
          "minProperties",
          "maxProperties",
          "minimum",
          "maximum",
          "pattern");

  private static final Set<String> TEXT_FORMATS = Set.of("enum", "date-time");
  private static final Set<String> NUMBER_FORMATS = Set.of("int32", "int64", "float", "double");

  /** How often a definition is put into itself. */
  private static final int REPEATS = 5;

  /** Definitions that repeat each other grow fast: no schema gets larger, or deeper. */
  private static final int MOST = 5_000;

  private static final int DEEPEST = 40;

  private final Map<String, @Nullable Object> root;
  private final boolean ordered;
  private final Deque<String> open = new ArrayDeque<>();
  private int count;
  private boolean deep;

  private SchemaCleaner(Map<String, @Nullable Object> root, boolean ordered) {
    this.root = root;
    this.ordered = ordered;
  }

  /**
   * A schema that Gemini takes.
   *
   * @param ordered whether to say in which order the answer has to have its members
   * @param what the parameter that the schema is of, for notes
   */
  static Map<String, @Nullable Object> clean(
      Map<String, @Nullable Object> schema, boolean ordered, String what, Notes notes) {
    SchemaCleaner cleaner = new SchemaCleaner(schema, ordered);
    Map<String, @Nullable Object> cleaned = cleaner.cleaned(schema, 0);
    if (cleaner.deep || cleaner.count > MOST) {
      notes.changed(what, "schema", "a part of it");
    }
    return cleaned;
  }

  private Map<String, @Nullable Object> cleaned(@Nullable Object node, int depth) {
    Map<String, @Nullable Object> schema = Nodes.map(node);
    if (depth > DEEPEST || ++count > MOST) {
      deep |= depth > DEEPEST;
      return Nodes.object("type", "OBJECT");
    }
    if (schema == null) {
      return Nodes.object("type", "STRING"); // Just "true": anything.
    }
    if (!(schema.get("$ref") instanceof String ref)) {
      return made(joined(schema), depth);
    }
    if (Collections.frequency(open, ref) >= REPEATS) {
      return Nodes.object("type", "OBJECT");
    }
    open.push(ref);
    // What stands beside the reference is closer.
    Map<String, @Nullable Object> found = new LinkedHashMap<>(SchemaPointer.find(root, ref));
    schema.forEach(
        (name, value) -> {
          if (!name.equals("$ref")) {
            found.put(name, value);
          }
        });
    Map<String, @Nullable Object> made = cleaned(found, depth + 1);
    open.pop();
    return made;
  }

  /** All of {@code allOf} in one. */
  private Map<String, @Nullable Object> joined(Map<String, @Nullable Object> schema) {
    List<@Nullable Object> all = Nodes.list(schema.get("allOf"));
    if (all.isEmpty()) {
      return schema;
    }
    Map<String, @Nullable Object> joined = new LinkedHashMap<>(schema);
    joined.remove("allOf");
    for (Object item : all) {
      Map<String, @Nullable Object> part = Nodes.map(item);
      if (part == null || ++count > MOST) {
        continue;
      }
      Object ref = part.get("$ref");
      // Not followed any further: a definition that consists of itself has no end.
      (ref instanceof String text ? SchemaPointer.find(root, text) : part)
          .forEach((name, value) -> SchemaChoice.join(joined, name, value));
    }
    return joined;
  }

  private Map<String, @Nullable Object> made(Map<String, @Nullable Object> schema, int depth) {
    Map<String, @Nullable Object> made = new LinkedHashMap<>();
    List<String> types = SchemaTypes.of(schema);
    boolean nullable = types.remove("null") || Boolean.TRUE.equals(schema.get("nullable"));
    SchemaChoice choice = SchemaChoice.of(schema, types, root);
    nullable |= choice.nullable();
    if (choice.size() == 1) {
      Map<String, @Nullable Object> only = cleaned(choice.branch(0), depth + 1);
      keep(schema, only);
      allowNull(only, nullable);
      return only;
    }
    if (choice.size() > 0) {
      keep(schema, made);
      made.put("anyOf", branches(choice, depth));
    } else if (types.size() > 1) {
      keep(schema, made);
      List<@Nullable Object> all = Nodes.array();
      for (String type : types) {
        Map<String, @Nullable Object> one = cleaned(Nodes.with(schema, "type", type), depth + 1);
        one.remove("description"); // It is told once, of all of them.
        one.remove("title");
        all.add(one);
      }
      made.put("anyOf", all);
    } else {
      single(types.isEmpty() ? "string" : types.get(0), schema, made, depth);
      nullable |= SchemaTypes.enumerated(schema, made);
    }
    allowNull(made, nullable);
    return made;
  }

  /** At least one, and as many as there is room for. */
  private List<@Nullable Object> branches(SchemaChoice choice, int depth) {
    List<@Nullable Object> branches = Nodes.array();
    for (int i = 0; i < choice.size() && (i == 0 || count <= MOST); i++) {
      Map<String, @Nullable Object> branch = Nodes.map(choice.branch(i));
      count += choice.copied(branch);
      branches.add(cleaned(branch, depth + 1));
    }
    return branches;
  }

  private static void keep(
      Map<String, @Nullable Object> schema, Map<String, @Nullable Object> made) {
    schema.forEach(
        (name, value) -> {
          if (name.equals("title") || name.equals("description")) {
            made.put(name, value);
          }
        });
  }

  private static void allowNull(Map<String, @Nullable Object> made, boolean nullable) {
    if (nullable) {
      made.put("nullable", true);
    }
  }

  private void single(
      String type,
      Map<String, @Nullable Object> schema,
      Map<String, @Nullable Object> made,
      int depth) {
    made.put("type", type.toUpperCase(Locale.ROOT));
    schema.forEach(
        (name, value) -> {
          if (KEPT.contains(name) && value != null) {
            made.put(name, value);
          }
        });
    Object format = schema.get("format");
    Set<String> formats = type.equals("string") ? TEXT_FORMATS : NUMBER_FORMATS;
    if (format instanceof String text && formats.contains(text)) {
      made.put("format", text);
    }
    if (type.equals("array")) {
      made.put("items", items(schema, depth));
    } else if (type.equals("object")) {
      properties(schema, made, depth);
    }
  }

  /** The one schema of all items; lists of several places are a choice between them. */
  private Map<String, @Nullable Object> items(Map<String, @Nullable Object> schema, int depth) {
    List<@Nullable Object> places = Nodes.list(schema.get("prefixItems"));
    places = places.isEmpty() ? Nodes.list(schema.get("items")) : places;
    if (places.isEmpty()) {
      return cleaned(schema.get("items"), depth + 1);
    }
    return places.size() == 1
        ? cleaned(places.get(0), depth + 1)
        : Nodes.object("anyOf", each(places, depth));
  }

  private List<@Nullable Object> each(List<@Nullable Object> schemas, int depth) {
    List<@Nullable Object> each = Nodes.array();
    schemas.forEach(schema -> each.add(cleaned(schema, depth + 1)));
    return each;
  }

  private void properties(
      Map<String, @Nullable Object> schema, Map<String, @Nullable Object> made, int depth) {
    Map<String, @Nullable Object> properties = Nodes.map(schema, "properties");
    if (properties.isEmpty()) {
      return; // An object of none is refused if it says so.
    }
    Map<String, @Nullable Object> cleaned = new LinkedHashMap<>();
    properties.forEach((name, property) -> cleaned.put(name, cleaned(property, depth + 1)));
    made.put("properties", cleaned);
    List<@Nullable Object> required = Nodes.array();
    for (Object name : Nodes.list(schema.get("required"))) {
      if (name instanceof String && properties.containsKey(name)) {
        required.add(name);
      }
    }
    if (!required.isEmpty()) {
      made.put("required", required);
    }
    if (ordered) {
      made.put("propertyOrdering", Nodes.array(properties.keySet().toArray()));
    }
  }
}
