// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.ChatEvent;
import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the deltas of the tool calls of one choice. OpenAI numbers calls by {@code index} and gives
 * id and name with the first delta. Others give every call the same index, none at all, no ids, or
 * id and name again with each delta.
 */
final class CallDeltas {

  /** The index of legacy calls, which have none. */
  private static final long LEGACY = -2;

  private static final long NONE = -1;

  private final int choice;
  private final List<Call> calls = new ArrayList<>();
  private final Map<Long, Call> byIndex = new HashMap<>();
  private final Map<String, Call> byId = new HashMap<>();

  CallDeltas(int choice) {
    this.choice = choice;
  }

  private static final class Call {
    private final int number;
    private final String id;
    private final String name;
    private final Braces arguments = new Braces();

    Call(int number, String id, String name) {
      this.number = number;
      this.id = id;
      this.name = name;
    }
  }

  /** Whether any tool was called. */
  boolean any() {
    return !calls.isEmpty();
  }

  void delta(Map<String, @Nullable Object> delta, Consumer<ChatEvent> out) {
    Object said = delta.get("tool_calls");
    List<@Nullable Object> items = said instanceof Map<?, ?> ? Nodes.array(said) : Nodes.list(said);
    for (Object item : items) {
      Map<String, @Nullable Object> call = Nodes.map(item);
      if (call != null) {
        long index = Nodes.number(call.get("index"), NONE);
        String signature = Calls.signature(call);
        call(index, Nodes.text(call.get("id")), Nodes.map(call, "function"), signature, out);
      }
    }
    Map<String, @Nullable Object> legacy = Nodes.map(delta.get("function_call"));
    if (legacy != null && items.isEmpty()) {
      call(LEGACY, "", legacy, null, out);
    }
  }

  private void call(
      long index,
      String id,
      Map<String, @Nullable Object> function,
      @Nullable String signature,
      Consumer<ChatEvent> out) {
    String name = Nodes.text(function.get("name"));
    String fragment = fragment(function.get("arguments"));
    Call call = known(index, id, name, fragment);
    if (call == null) {
      if (name.isEmpty()) {
        return;
      }
      call = new Call(calls.size(), id.isEmpty() ? Calls.newId() : id, name);
      calls.add(call);
      out.accept(new ChatEvent.CallBegin(choice, call.number, call.id, name, signature));
    }
    if (index != NONE) {
      byIndex.put(index, call);
    }
    if (!id.isEmpty()) {
      byId.put(id, call);
    }
    if (!fragment.isEmpty()) {
      call.arguments.read(fragment);
      out.accept(new ChatEvent.CallArguments(choice, call.number, fragment));
    }
  }

  /** A piece of JSON; an object where a text was to be is a whole one. */
  private static String fragment(@Nullable Object arguments) {
    return arguments instanceof CharSequence text ? text.toString() : Calls.whole(arguments);
  }

  /** The call that a delta goes on with; null if it begins one. */
  private @Nullable Call known(long index, String id, String name, String fragment) {
    Call same = id.isEmpty() ? null : byId.get(id);
    if (same != null) {
      return same;
    }
    Call there = index == NONE ? null : byIndex.get(index);
    Call last = calls.isEmpty() ? null : calls.get(calls.size() - 1);
    if (name.isEmpty()) {
      return there == null ? last : there;
    }
    if (there == null || !id.isEmpty()) {
      // A name and a new id, or a new place.
      return null;
    }
    // No id: the same name once more, or the next call at the same place.
    boolean next = !there.name.equals(name) || (there.arguments.closed() && !fragment.isBlank());
    return next ? null : there;
  }
}
