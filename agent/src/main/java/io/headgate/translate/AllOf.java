// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes one schema of those in {@code allOf}: Claude takes no references there, and objects that
 * are closed one by one exclude each other (Anthropic's guide to structured outputs).
 */
final class AllOf {

  /** More parts than a person wrote: one that is used in many places is copied to each. */
  private static final int MOST = 500;

  /** What may stand beside a reference: nothing follows from it. */
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "title",
          "description",
          "default",
          "examples",
          "deprecated",
          "readOnly",
          "writeOnly",
          "$comment");

  /** Of parts within parts. */
  private static final int DEEPEST = 50;

  private final Map<String, @Nullable Object> root;
  private int count;

  /**
   * @param root what references start from
   */
  AllOf(Map<String, @Nullable Object> root) {
    this.root = root;
  }

  /**
   * A schema without {@code allOf}; the schema itself if it has none.
   *
   * @param rest takes the keywords that cannot be in it, as another part has them, too
   */
  Map<String, @Nullable Object> join(
      Map<String, @Nullable Object> schema, BiConsumer<String, @Nullable Object> rest) {
    if (!(schema.get("allOf") instanceof List<?>)) {
      return schema;
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>(schema);
    all.remove("allOf");
    Map<String, @Nullable Object> only = reference(schema, all);
    if (only != null) {
      only.forEach(all::putIfAbsent);
      return all;
    }
    all.computeIfPresent("properties", (name, value) -> copy(value));
    parts(schema, 0, all, rest);
    return all;
  }

  /**
   * The only part, if it is but a reference to a definition, which stays one: some generators write
   * all of theirs so, and would be copied to every place. Null if it is not.
   */
  private static @Nullable Map<String, @Nullable Object> reference(
      Map<String, @Nullable Object> schema, Map<String, @Nullable Object> beside) {
    List<@Nullable Object> parts = Nodes.list(schema.get("allOf"));
    Map<String, @Nullable Object> part = parts.size() == 1 ? Nodes.map(parts.get(0)) : null;
    if (part == null || !ANNOTATIONS.containsAll(beside.keySet())) {
      return null;
    }
    String reference = Nodes.text(part.get("$ref"));
    boolean defined = reference.startsWith("#/$defs/") || reference.startsWith("#/definitions/");
    boolean alone =
        part.keySet().stream().allMatch(it -> it.equals("$ref") || ANNOTATIONS.contains(it));
    return defined && alone ? part : null;
  }

  private void parts(
      Map<String, @Nullable Object> schema,
      int depth,
      Map<String, @Nullable Object> all,
      BiConsumer<String, @Nullable Object> rest) {
    for (Object item : Nodes.list(schema.get("allOf"))) {
      Map<String, @Nullable Object> part = Nodes.map(item);
      if (part != null) {
        part(part, depth, all, rest);
      }
    }
  }

  private void part(
      Map<String, @Nullable Object> part,
      int depth,
      Map<String, @Nullable Object> all,
      BiConsumer<String, @Nullable Object> rest) {
    if (depth > DEEPEST || ++count > MOST) {
      rest.accept("allOf", Nodes.array(part));
      return;
    }
    part.forEach(
        (name, value) -> {
          if (!name.equals("allOf") && !name.equals("$ref")) {
            add(name, value, all, rest);
          }
        });
    if (part.get("$ref") instanceof String reference) {
      Map<String, @Nullable Object> found = Nodes.map(References.follow(root, reference));
      if (found == null) {
        rest.accept("$ref", reference);
      } else {
        part(found, depth + 1, all, rest);
      }
    }
    parts(part, depth + 1, all, rest);
  }

  private static void add(
      String name,
      @Nullable Object value,
      Map<String, @Nullable Object> all,
      BiConsumer<String, @Nullable Object> rest) {
    switch (name) {
      case "properties" -> properties(all, value);
      case "required" -> {
        Set<@Nullable Object> both = new LinkedHashSet<>(Nodes.list(all.get(name)));
        both.addAll(Nodes.list(value));
        all.put(name, new ArrayList<>(both));
      }
      // What is said outside is closer, and nothing else follows from them.
      case "title", "description", "default" -> all.putIfAbsent(name, value);
      // That there are members of any name must not get lost.
      case "additionalProperties" -> {
        boolean named = Nodes.empty(Nodes.map(all.get(name)));
        if (!all.containsKey(name) || (named && !Nodes.empty(Nodes.map(value)))) {
          all.put(name, value);
        }
      }
      default -> {
        if (!all.containsKey(name)) {
          all.put(name, value);
        } else if (!Objects.equals(all.get(name), value)) {
          rest.accept(name, value);
        }
      }
    }
  }

  private static void properties(Map<String, @Nullable Object> all, @Nullable Object value) {
    if (!(all.get("properties") instanceof Map<?, ?>)) {
      all.put("properties", copy(null));
    }
    Map<String, @Nullable Object> both = Nodes.map(all, "properties");
    Map<String, @Nullable Object> more = Nodes.map(value);
    if (more != null) {
      more.forEach(
          (name, property) -> {
            Object known = both.get(name);
            boolean twice = both.containsKey(name) && !Objects.equals(known, property);
            both.put(name, twice ? Nodes.object("allOf", Nodes.array(known, property)) : property);
          });
    }
  }

  private static Map<String, @Nullable Object> copy(@Nullable Object properties) {
    Map<String, @Nullable Object> map = Nodes.map(properties);
    return map == null ? new LinkedHashMap<>() : new LinkedHashMap<>(map);
  }
}
