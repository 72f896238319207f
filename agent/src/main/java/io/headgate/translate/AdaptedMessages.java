// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.json.Nodes;
import io.headgate.translate.Traits.Feature;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages of Chat Completions as those take them who copied the format. SDKs send back what OpenAI
 * answered with, to members that say nothing; several providers refuse a name that they do not
 * know.
 */
final class AdaptedMessages {

  /** What an assistant's message of OpenAI may have beside its content and its calls. */
  private static final Set<String> ANSWERED =
      Set.of("refusal", "annotations", "audio", "function_call");

  private AdaptedMessages() {}

  /** The messages with what had to be changed; null if nothing had to be. */
  static @Nullable List<@Nullable Object> of(List<@Nullable Object> messages, Traits traits) {
    List<@Nullable Object> adapted = Nodes.array();
    boolean changed = false;
    String before = "";
    for (Object item : messages) {
      Map<String, @Nullable Object> message = Nodes.map(item);
      String role = message == null ? "" : Nodes.text(message.get("role"));
      if (role.equals("user") && before.equals("tool") && !traits.can(Feature.USER_AFTER_RESULTS)) {
        adapted.add(Nodes.object("role", "assistant", "content", "OK."));
        changed = true;
      }
      Map<String, @Nullable Object> less = role.equals("assistant") ? less(message) : message;
      changed |= less != message;
      adapted.add(less == message ? item : less);
      before = role;
    }
    return changed ? adapted : null;
  }

  private static @Nullable Map<String, @Nullable Object> less(
      @Nullable Map<String, @Nullable Object> message) {
    if (message == null || ANSWERED.stream().noneMatch(name -> isEmpty(message, name))) {
      return message;
    }
    Map<String, @Nullable Object> less = new LinkedHashMap<>(message);
    ANSWERED.stream().filter(name -> isEmpty(message, name)).forEach(less::remove);
    return less;
  }

  /** Whether it is there and says nothing. */
  private static boolean isEmpty(Map<String, @Nullable Object> message, String name) {
    Object value = message.get(name);
    return message.containsKey(name)
        && (value == null || (value instanceof Collection<?> items && items.isEmpty()));
  }
}
