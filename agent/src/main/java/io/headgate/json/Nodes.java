// SPDX-License-Identifier: Apache-2.0
package io.headgate.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks into trees of JSON, and grows them. A text that grows piece by piece is a {@link
 * StringBuilder} in its tree, which is written as text.
 */
public final class Nodes {

  private Nodes() {}

  /** A new object of name, value, name, value, … */
  public static Map<String, @Nullable Object> object(@Nullable Object... members) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      object.put(String.valueOf(members[i]), members[i + 1]);
    }
    return object;
  }

  /** A new array. */
  public static List<@Nullable Object> array(@Nullable Object... items) {
    List<@Nullable Object> array = new ArrayList<>(items.length);
    for (Object item : items) {
      array.add(item);
    }
    return array;
  }

  /** The object that a value is; null if it is none. */
  @SuppressWarnings("unchecked") // Trees of JSON have no other maps.
  public static @Nullable Map<String, @Nullable Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> ? (Map<String, @Nullable Object>) value : null;
  }

  /** A member that is an object; an empty one if it is none. */
  public static Map<String, @Nullable Object> map(
      Map<String, @Nullable Object> parent, String name) {
    Map<String, @Nullable Object> map = map(parent.get(name));
    return map == null ? new LinkedHashMap<>() : map;
  }

  /** The array that a value is; an empty one if it is none. */
  @SuppressWarnings("unchecked") // Trees of JSON have no other lists.
  public static List<@Nullable Object> list(@Nullable Object value) {
    return value instanceof List<?> ? (List<@Nullable Object>) value : new ArrayList<>();
  }

  /** The text that a value is; empty if it is none. */
  public static String text(@Nullable Object value) {
    return value instanceof CharSequence text ? text.toString() : "";
  }

  /** The whole number that a value is; else the other one. */
  public static long number(@Nullable Object value, long other) {
    return value instanceof JsonNumber number ? number.orElse(other) : other;
  }

  /** The number that a value is, exactly; null if it is none. */
  public static @Nullable BigDecimal decimal(@Nullable Object value) {
    if (!(value instanceof JsonNumber number) || number.text().length() > 40) {
      return null;
    }
    try {
      return new BigDecimal(number.text());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** The whole number that a value is; null if it is none. */
  public static @Nullable Long whole(@Nullable Object value) {
    return value instanceof JsonNumber number && number.orElse(0) == number.orElse(1)
        ? (Long) number.orElse(0)
        : null;
  }

  /** The text that a value is; null if it is none. */
  public static @Nullable String textOrNull(@Nullable Object value) {
    return value instanceof CharSequence text ? text.toString() : null;
  }

  /** Appends to a member that is text; whatever else it was gives way. */
  public static void append(
      Map<String, @Nullable Object> parent, String name, @Nullable Object text) {
    if (parent.get(name) instanceof StringBuilder builder) {
      builder.append(text(text));
    } else {
      StringBuilder grown = new StringBuilder(text(parent.get(name)));
      grown.append(text(text));
      parent.put(name, grown);
    }
  }

  /** Sets a member unless there is nothing to say and something was said. */
  public static void set(
      Map<String, @Nullable Object> parent, String name, @Nullable Object value) {
    if (value != null || !parent.containsKey(name)) {
      parent.put(name, value);
    }
  }

  /** Sets all members of an object in another one, but those that would take something away. */
  public static void setAll(
      Map<String, @Nullable Object> parent, Map<String, @Nullable Object> members) {
    members.forEach((name, value) -> set(parent, name, value));
  }

  /** Adds the items of each array to the array of that name; other members are set. */
  public static Map<String, @Nullable Object> joined(
      @Nullable Object before, Map<String, @Nullable Object> more) {
    Map<String, @Nullable Object> joined = map(before);
    if (joined == null) {
      return new LinkedHashMap<>(more);
    }
    more.forEach(
        (name, value) -> {
          if (value instanceof List<?> && joined.get(name) instanceof List<?>) {
            list(joined.get(name)).addAll(list(value));
          } else {
            set(joined, name, value);
          }
        });
    return joined;
  }

  /** A copy of an object in which one member is another; its place is kept. */
  public static Map<String, @Nullable Object> with(
      Map<String, @Nullable Object> object, String name, @Nullable Object value) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(object);
    copy.put(name, value);
    return copy;
  }

  /** A copy of an object in which one member is another if it is there at all. */
  public static Map<String, @Nullable Object> over(
      Map<String, @Nullable Object> object, String name, @Nullable Object value) {
    return object.containsKey(name) ? with(object, name, value) : object;
  }

  /** Whether there is neither a value, nor text, nor a number but zero, nor a member. */
  public static boolean empty(@Nullable Object value) {
    return value == null
        || (value instanceof CharSequence text && text.length() == 0)
        || (value instanceof JsonNumber number && number.text().equals("0"))
        || (value instanceof Map<?, ?> map && map.isEmpty())
        || (value instanceof List<?> list && list.isEmpty());
  }
}
