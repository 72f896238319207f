// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event of an answer that comes as a stream.
 *
 * @param name the name it bears on the wire; empty if none
 * @param data what it says; null for the {@code [DONE]} that ends OpenAI's streams
 */
public record StreamEvent(String name, @Nullable Map<String, @Nullable Object> data) {

  public static final StreamEvent DONE = new StreamEvent("", null);

  /** An event without a name. */
  public static StreamEvent of(Map<String, @Nullable Object> data) {
    return new StreamEvent("", data);
  }

  /** An event named as its type is. */
  public static StreamEvent typed(String type, @Nullable Object... members) {
    Map<String, @Nullable Object> data = Nodes.object("type", type);
    data.putAll(Nodes.object(members));
    return new StreamEvent(type, data);
  }

  /** What kind of event it is, by its own word or else by its name. */
  public String type() {
    String type = data == null ? "" : Nodes.text(data.get("type"));
    return type.isEmpty() ? name : type;
  }

  /** A member; null if there is none. */
  public @Nullable Object get(String member) {
    return data == null ? null : data.get(member);
  }

  /** Whether it tells of an error, wherever a format has it. */
  public boolean failed() {
    if (data == null) {
      return false;
    }
    String type = type();
    return type.equals("error")
        || type.equals("response.failed")
        || "error".equals(data.get("object"))
        || says(data)
        || says(Nodes.map(data, "delta"))
        || says(Nodes.map(data, "response"))
        || says(Nodes.map(data, "x_groq"))
        || anySays(Nodes.list(data.get("choices")));
  }

  private static boolean anySays(List<@Nullable Object> choices) {
    for (Object choice : choices) {
      Map<String, @Nullable Object> map = Nodes.map(choice);
      if (map != null && says(map)) {
        return true;
      }
    }
    return false;
  }

  private static boolean says(Map<String, @Nullable Object> object) {
    Object error = object.get("error");
    return error instanceof Map<?, ?> || !Nodes.empty(error);
  }
}
