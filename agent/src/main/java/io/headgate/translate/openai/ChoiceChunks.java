// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.ChatEvent;
import io.headgate.chat.Citation;
import io.headgate.chat.StopReason;
import io.headgate.json.Nodes;
import io.headgate.translate.Asked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one choice of a stream has written so far, and the deltas that depend on it. */
final class ChoiceChunks {

  private final Asked asked;
  private final int index;
  private final boolean legacy;

  /** By the number of a call: where it stands, and whether it has arguments yet. */
  private final Map<Integer, Call> calls = new LinkedHashMap<>();

  private int blockFrom;
  private int length;
  private boolean stopped;

  ChoiceChunks(Asked asked, int index, boolean legacy) {
    this.asked = asked;
    this.index = index;
    this.legacy = legacy;
  }

  private static final class Call {
    private final int place;
    private boolean said;

    Call(int place) {
      this.place = place;
    }
  }

  boolean stopped() {
    return stopped;
  }

  void stop() {
    stopped = true;
  }

  boolean called() {
    return !calls.isEmpty();
  }

  /** Text has been written. */
  void grown(int characters) {
    length += characters;
  }

  /** A thought has been written: text that follows is another one. */
  void thought() {
    blockFrom = length;
  }

  /** The first delta of a call; null if the app has no place for it. */
  @Nullable Map<String, @Nullable Object> begun(ChatEvent.CallBegin begin) {
    if (calls.containsKey(begin.call())) {
      return null;
    }
    blockFrom = length;
    Call call = new Call(calls.size());
    calls.put(begin.call(), call);
    Map<String, @Nullable Object> function = Nodes.object("name", begin.name(), "arguments", "");
    if (legacy) {
      return call.place == 0 ? Nodes.object("function_call", function) : null;
    }
    String id =
        begin.id().isEmpty() ? ChatAnswerWriter.callId(asked, index, call.place) : begin.id();
    Map<String, @Nullable Object> said =
        Nodes.object("index", call.place, "id", id, "type", "function", "function", function);
    Calls.sign(said, begin.signature());
    return Nodes.object("tool_calls", Nodes.array(said));
  }

  /** A later delta of a call; null if there is no such call. */
  @Nullable Map<String, @Nullable Object> arguments(int number, String fragment) {
    Call call = calls.get(number);
    if (call == null) {
      return null;
    }
    call.said |= !fragment.isBlank();
    return written(call, fragment);
  }

  private @Nullable Map<String, @Nullable Object> written(Call call, String fragment) {
    Map<String, @Nullable Object> function = Nodes.object("arguments", fragment);
    if (legacy) {
      return call.place == 0 ? Nodes.object("function_call", function) : null;
    }
    return Nodes.object(
        "tool_calls", Nodes.array(Nodes.object("index", call.place, "function", function)));
  }

  /** A block has ended: text that follows is another one. */
  void blockEnded() {
    blockFrom = length;
  }

  /**
   * What is left to say of calls without arguments: an empty text is no JSON. Those of an answer
   * that was cut are left as they are, or they would look like whole ones.
   */
  List<Map<String, @Nullable Object>> unsaid(StopReason reason) {
    List<Map<String, @Nullable Object>> deltas = new ArrayList<>();
    if (Finish.cut(reason)) {
      return deltas;
    }
    for (Call call : calls.values()) {
      Map<String, @Nullable Object> delta = empty(call);
      if (delta != null) {
        deltas.add(delta);
      }
    }
    return deltas;
  }

  private @Nullable Map<String, @Nullable Object> empty(Call call) {
    if (call.said) {
      return null;
    }
    call.said = true;
    return written(call, "{}");
  }

  /** A page that the text rests on; null if it is none. */
  @Nullable Map<String, @Nullable Object> cited(Citation citation) {
    Map<String, @Nullable Object> written = Annotations.written(citation, blockFrom, length);
    return written == null ? null : Nodes.object("annotations", Nodes.array(written));
  }
}
