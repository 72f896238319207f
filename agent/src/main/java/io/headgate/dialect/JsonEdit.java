// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Changes members of a {@link JsonText}, found by names with dots between them. A name that an
 * object has more than once is changed each time, since servers differ in which one they read. Used
 * by one thread.
 */
final class JsonEdit {

  private JsonText json;

  JsonEdit(JsonText json) {
    this.json = json;
  }

  /** As it is now; the very text it began with if nothing had to change. */
  JsonText json() {
    return json;
  }

  /** Whether that path leads anywhere, be it to null. */
  boolean has(String path) {
    boolean[] found = {false};
    walk(json.root(), names(path), 0, member -> found[0] = true);
    return found[0];
  }

  /** Whether an object is at the end of that path. */
  boolean hasObject(String path) {
    boolean[] found = {false};
    walk(json.root(), names(path), 0, member -> found[0] |= json.isObject(member.value()));
    return found[0];
  }

  /** Gives a member this value. What is no object in the middle of the path becomes one. */
  void set(String path, byte[] value) {
    Splices splices = new Splices();
    set(json.root(), names(path), 0, value, splices);
    json = json.with(splices);
  }

  private void set(int object, List<String> names, int index, byte[] value, Splices splices) {
    String name = names.get(index);
    byte[] utf8 = utf8(name);
    boolean last = index == names.size() - 1;
    boolean found = false;
    JsonCursor members = new JsonCursor(json, object);
    while (members.next()) {
      if (!json.isText(members.name(), name, utf8)) {
        continue;
      }
      found = true;
      if (!last && json.isObject(members.value())) {
        set(members.value(), names, index + 1, value, splices);
      } else {
        replace(members, nested(names, index + 1, value), splices);
      }
    }
    if (!found) {
      json.append(object, name, nested(names, index + 1, value), splices);
    }
  }

  private void replace(JsonCursor member, byte[] value, Splices splices) {
    if (!Arrays.equals(json.bytes(), member.value(), member.end(), value, 0, value.length)) {
      splices.replace(member.value(), member.end(), value);
    }
  }

  /** The value within an object for each of the names from there on. */
  private static byte[] nested(List<String> names, int from, byte[] value) {
    byte[] nested = value;
    for (int i = names.size() - 1; i >= from; i--) {
      nested =
          Splices.joined(utf8("{"), JsonWords.string(names.get(i)), utf8(":"), nested, utf8("}"));
    }
    return nested;
  }

  /** Brings a member's number into the range; what is no number is left alone. */
  void clamp(String path, double least, double most) {
    Splices splices = new Splices();
    walk(
        json.root(),
        names(path),
        0,
        member -> {
          if (json.isNumber(member.value())) {
            double number = json.number(member.value());
            if (number < least || number > most) {
              byte[] nearest = JsonWords.number(number < least ? least : most);
              splices.replace(member.value(), member.end(), nearest);
            }
          }
        });
    json = json.with(splices);
  }

  /** Takes a member out, together with one comma. */
  void remove(String path) {
    List<String> names = names(path);
    String name = names.get(names.size() - 1);
    Splices splices = new Splices();
    if (names.size() == 1) {
      remove(json.root(), name, splices);
    } else {
      walk(
          json.root(),
          names.subList(0, names.size() - 1),
          0,
          parent -> {
            if (json.isObject(parent.value())) {
              remove(parent.value(), name, splices);
            }
          });
    }
    json = json.with(splices);
  }

  private void remove(int object, String name, Splices splices) {
    byte[] utf8 = utf8(name);
    JsonCursor members = new JsonCursor(json, object);
    int kept = -1;
    int from = -1;
    while (members.next()) {
      if (json.isText(members.name(), name, utf8)) {
        from = from < 0 ? members.name() : from;
      } else {
        if (from >= 0) {
          splices.remove(from, members.name());
          from = -1;
        }
        kept = members.end();
      }
    }
    if (from >= 0) {
      // Nothing comes behind it, so that the comma in front goes.
      splices.remove(kept < 0 ? from : kept, members.end());
    }
  }

  /** Shows each member at the end of a path. */
  private void walk(int object, List<String> names, int index, Consumer<JsonCursor> visitor) {
    String name = names.get(index);
    byte[] utf8 = utf8(name);
    JsonCursor members = new JsonCursor(json, object);
    while (members.next()) {
      if (json.isText(members.name(), name, utf8)) {
        if (index == names.size() - 1) {
          visitor.accept(members);
        } else if (json.isObject(members.value())) {
          walk(members.value(), names, index + 1, visitor);
        }
      }
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> names(String path) {
    List<String> names = new ArrayList<>(3);
    int from = 0;
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', from)) {
      names.add(path.substring(from, dot));
      from = dot + 1;
    }
    names.add(path.substring(from));
    return names;
  }
}
