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

/** One object in place of a choice between several, as arguments have to be an object. */
final class MergedObject {

  private static final Set<String> NOTHING_BUT_CHOICE = Set.of("anyOf", "nullable");

  private MergedObject() {}

  /**
   * The schema without a choice at its root. The object has the members of all branches, and needs
   * those that all need.
   *
   * @param made a schema that is Gemini's already
   */
  static Map<String, @Nullable Object> of(Map<String, @Nullable Object> made) {
    List<@Nullable Object> any = Nodes.list(made.get("anyOf"));
    if (any.isEmpty()) {
      return made;
    }
    Map<String, Set<@Nullable Object>> members = new LinkedHashMap<>();
    List<@Nullable Object> required = null;
    for (Object item : any) {
      Map<String, @Nullable Object> branch = Nodes.map(item);
      Map<String, @Nullable Object> one = branch == null ? Nodes.object() : of(branch);
      if (!"OBJECT".equals(one.get("type"))) {
        continue;
      }
      Nodes.map(one, "properties")
          .forEach(
              (name, value) ->
                  members.computeIfAbsent(name, it -> new LinkedHashSet<>()).add(value));
      List<@Nullable Object> needed = Nodes.list(one.get("required"));
      if (required == null) {
        required = new ArrayList<>(needed);
      } else {
        required.retainAll(new LinkedHashSet<>(needed));
      }
    }
    Map<String, @Nullable Object> object = new LinkedHashMap<>(made);
    object.remove("anyOf");
    object.put("type", "OBJECT");
    if (!members.isEmpty()) {
      Map<String, @Nullable Object> properties = new LinkedHashMap<>();
      members.forEach((name, schemas) -> properties.put(name, member(schemas)));
      object.put("properties", properties);
    }
    if (required != null && !required.isEmpty()) {
      object.put("required", required);
    }
    return object;
  }

  /**
   * A member that several of them have. The word that tells them apart may be any of theirs; else
   * it is a choice, and none within another: Gemini refuses deep schemas.
   */
  private static @Nullable Object member(Set<@Nullable Object> schemas) {
    if (schemas.size() == 1) {
      return schemas.iterator().next();
    }
    Set<@Nullable Object> flat = new LinkedHashSet<>();
    boolean nullable = false;
    for (Object schema : schemas) {
      nullable |= flatten(schema, flat);
    }
    List<@Nullable Object> any = withWordsTogether(flat);
    if (any.size() > 1) {
      Map<String, @Nullable Object> choice = Nodes.object("anyOf", any);
      if (nullable) {
        choice.put("nullable", true);
      }
      return choice;
    }
    Map<String, @Nullable Object> only = Nodes.map(any.get(0));
    return only != null && nullable ? Nodes.with(only, "nullable", true) : any.get(0);
  }

  /** Adds a schema, or what it is a choice between. Whether null is one of them. */
  private static boolean flatten(@Nullable Object schema, Set<@Nullable Object> flat) {
    Map<String, @Nullable Object> map = Nodes.map(schema);
    List<@Nullable Object> any = map == null ? Nodes.array() : Nodes.list(map.get("anyOf"));
    if (map == null || any.isEmpty() || !NOTHING_BUT_CHOICE.containsAll(map.keySet())) {
      flat.add(schema);
      return false;
    }
    boolean nullable = Boolean.TRUE.equals(map.get("nullable"));
    for (Object branch : any) {
      nullable |= flatten(branch, flat);
    }
    return nullable;
  }

  private static List<@Nullable Object> withWordsTogether(Set<@Nullable Object> schemas) {
    List<@Nullable Object> together = new ArrayList<>();
    Set<@Nullable Object> words = new LinkedHashSet<>();
    int at = -1;
    for (Object schema : schemas) {
      Map<String, @Nullable Object> map = Nodes.map(schema);
      List<@Nullable Object> its = map == null ? Nodes.array() : Nodes.list(map.get("enum"));
      if (its.isEmpty() || at < 0) {
        at = its.isEmpty() ? at : together.size();
        together.add(schema);
      }
      words.addAll(its);
    }
    Map<String, @Nullable Object> first = at < 0 ? null : Nodes.map(together.get(at));
    if (first != null) {
      together.set(at, Nodes.with(first, "enum", new ArrayList<@Nullable Object>(words)));
    }
    return together;
  }
}
