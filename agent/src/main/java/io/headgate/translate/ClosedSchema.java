// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A schema that Claude's answers or calls can be held to: objects have no members but those that
 * are named, and limits that cannot be enforced are told in words (Anthropic's guide to structured
 * outputs). Used once, by one thread.
 */
public final class ClosedSchema {

  private static final Set<String> KEPT =
      Set.of("type", "title", "enum", "const", "required", "$ref", "default");

  /** Of no effect on what fits. */
  private static final Set<String> SILENT =
      Set.of("$schema", "$id", "$comment", "examples", "deprecated", "readOnly", "writeOnly");

  private static final Set<String> FORMATS =
      Set.of(
          "date-time",
          "time",
          "date",
          "duration",
          "email",
          "hostname",
          "uri",
          "ipv4",
          "ipv6",
          "uuid");

  /** Looking around, borders of words, and groups that come again. */
  private static final Pattern HARD = Pattern.compile("\\(\\?[=!<]|\\\\[bB1-9]");

  /** In characters. Definitions that are joined with others are copied to every place. */
  private static final int MOST = 200_000;

  private final String what;
  private final Notes notes;
  private final Set<String> noted = new HashSet<>();
  private @Nullable AllOf parts;
  private boolean lossy;
  private long size;

  /**
   * @param what the parameter that the schema is of, for notes
   */
  public ClosedSchema(String what, Notes notes) {
    this.what = what;
    this.notes = notes;
  }

  /**
   * Whether answers of a schema can be held to it: it does not contain itself, no object in it has
   * members of any name, all of which a closed one would lose, or members by parts that exclude
   * each other once they are closed, and every reference still leads somewhere.
   */
  public static boolean holds(Map<String, @Nullable Object> schema) {
    return held(schema, "", new Notes()) != null;
  }

  /**
   * A copy that is closed; null, and nothing noted, of a schema that does not {@link #holds hold}.
   *
   * @param what the parameter that the schema is of, for notes
   */
  public static @Nullable Map<String, @Nullable Object> held(
      Map<String, @Nullable Object> schema, String what, Notes notes) {
    if (Recursion.in(schema)) {
      return null;
    }
    Notes found = new Notes();
    ClosedSchema closed = new ClosedSchema(what, found);
    Map<String, @Nullable Object> made = closed.of(schema);
    if (closed.lossy || !References.lead(made)) {
      return null;
    }
    notes.add(found);
    return made;
  }

  /** A copy that is closed, of a schema that {@link #holds}; members keep their order. */
  public Map<String, @Nullable Object> of(Map<String, @Nullable Object> said) {
    Map<String, @Nullable Object> closed = new LinkedHashMap<>();
    if (++size > MOST) {
      lossy = true;
      return closed;
    }
    List<String> limits = new ArrayList<>();
    AllOf known = parts;
    AllOf joining = known == null ? new AllOf(said) : known;
    parts = joining;
    Map<String, @Nullable Object> schema =
        joining.join(said, (name, value) -> limit(name, value, limits));
    boolean combined = schema.containsKey("anyOf") || schema.containsKey("oneOf");
    combined |= schema.containsKey("$ref");
    if (known == null && !schema.containsKey("type") && !combined) {
      closed.put("type", "object");
    }
    schema.forEach((name, value) -> member(name, value, closed, limits));
    boolean named = schema.containsKey("properties");
    lossy |= combined && (named || !Nodes.list(schema.get("required")).isEmpty());
    lossy |= schema.containsKey("anyOf") && schema.containsKey("oneOf");
    if (isObject(closed) && combined && !named) {
      // Each of those it is one of says by itself what members it has.
      lossy |= !"object".equals(closed.get("type"));
      closed.remove("type");
    } else if (isObject(closed)) {
      closed.put("additionalProperties", false);
      lossy |= !named && !Boolean.FALSE.equals(schema.get("additionalProperties"));
    }
    lossy |= anyName(schema);
    if (!limits.isEmpty()) {
      String told = "(" + String.join(", ", limits) + ")";
      String description = Nodes.text(closed.get("description"));
      closed.put("description", description.isEmpty() ? told : description + " " + told);
    }
    return closed;
  }

  private void member(
      String name,
      @Nullable Object value,
      Map<String, @Nullable Object> closed,
      List<String> limits) {
    switch (name) {
      case "description" -> keep(name, value, closed);
      case "properties", "$defs", "definitions" -> closed.put(name, each(value));
      case "anyOf" -> closed.put(name, all(value));
      case "oneOf" -> {
        if (closed.containsKey("anyOf")) {
          limit(name, value, limits);
        } else {
          closed.put("anyOf", all(value));
        }
      }
      case "additionalProperties" -> {
        if (!Boolean.FALSE.equals(value)) {
          note(name, "false");
        }
      }
      default -> {
        Map<String, @Nullable Object> inner = name.equals("items") ? Nodes.map(value) : null;
        if (inner != null) {
          closed.put(name, of(inner));
        } else if (kept(name, value)) {
          keep(name, value, closed);
        } else if (!SILENT.contains(name)) {
          limit(name, value, limits);
        }
      }
    }
  }

  private void keep(String name, @Nullable Object value, Map<String, @Nullable Object> closed) {
    size += size(value);
    closed.put(name, value);
  }

  private static long size(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().mapToLong(item -> 1 + size(item)).sum();
    }
    Map<String, @Nullable Object> map = Nodes.map(value);
    return map == null
        ? Nodes.text(value).length()
        : map.entrySet().stream().mapToLong(it -> it.getKey().length() + size(it.getValue())).sum();
  }

  private static boolean kept(String name, @Nullable Object value) {
    return switch (name) {
      case "format" -> FORMATS.contains(Nodes.text(value));
      case "pattern" -> !HARD.matcher(Nodes.text(value)).find();
      case "minItems" -> Nodes.number(value, 2) <= 1;
      default -> KEPT.contains(name);
    };
  }

  private void limit(String name, @Nullable Object value, List<String> limits) {
    lossy |= structure(name);
    if (size <= MOST) {
      String told = name + ": " + new String(JsonWriter.write(value), StandardCharsets.UTF_8);
      size += told.length();
      limits.add(told);
    }
    note(name, "description");
  }

  /** What cannot be told in words: what it says of members is lost when objects are closed. */
  private static boolean structure(String name) {
    return switch (name) {
      case "allOf", "anyOf", "oneOf", "$ref", "items", "if", "then", "else", "not" -> true;
      case "dependentSchemas", "dependencies" -> true;
      default -> false;
    };
  }

  private void note(String name, String to) {
    if (noted.add(name)) {
      notes.changed(what, name, to);
    }
  }

  private Map<String, @Nullable Object> each(@Nullable Object value) {
    Map<String, @Nullable Object> closed = new LinkedHashMap<>();
    Map<String, @Nullable Object> schemas = Nodes.map(value);
    if (schemas != null) {
      schemas.forEach(
          (name, schema) -> {
            size += name.length();
            closed.put(name, inner(schema));
          });
    }
    return closed;
  }

  private List<@Nullable Object> all(@Nullable Object value) {
    List<@Nullable Object> closed = new ArrayList<>();
    for (Object schema : Nodes.list(value)) {
      closed.add(inner(schema));
    }
    return closed;
  }

  /** A schema within another one; {@code true} and {@code false} are such, too. */
  private @Nullable Object inner(@Nullable Object value) {
    Map<String, @Nullable Object> schema = Nodes.map(value);
    return schema == null ? value : of(schema);
  }

  /** Whether members of any name are told of: as in a map, or if none has a name. */
  private static boolean anyName(Map<String, @Nullable Object> schema) {
    Object others = schema.get("additionalProperties");
    Map<String, @Nullable Object> told = Nodes.map(others);
    return (told != null && !told.isEmpty())
        || !Nodes.map(schema, "patternProperties").isEmpty()
        || (schema.get("properties") instanceof Map<?, ?> named
            && named.isEmpty()
            && (told != null || Boolean.TRUE.equals(others)));
  }

  private static boolean isObject(Map<String, @Nullable Object> schema) {
    Object type = schema.get("type");
    return "object".equals(type)
        || Nodes.list(type).contains("object")
        || (type == null && schema.containsKey("properties"));
  }
}
