// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.ChatEvent;
import io.headgate.dialect.StreamEvent;
import io.headgate.json.Nodes;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a stream, one block after the other. A call that begins while another one is not
 * complete waits for it: arguments of several may come mixed, and here they must not.
 */
final class CallBlocks {

  private final MessageHead head;
  private final OpenBlock block;
  private final Map<Integer, Call> waiting = new LinkedHashMap<>();
  private @Nullable Call current;

  /** Of which the provider spoke last. */
  private int last = -1;

  private int count;

  CallBlocks(MessageHead head, OpenBlock block) {
    this.head = head;
    this.block = block;
  }

  /** Whether there was any. */
  boolean any() {
    return count > 0;
  }

  void begin(ChatEvent.CallBegin begin, Consumer<StreamEvent> out) {
    last = begin.call();
    if ((current != null && current.number == last) || waiting.containsKey(last)) {
      return;
    }
    waiting.put(last, new Call(last, head.callId(begin.id(), last), begin.name()));
    count++;
    next(out);
  }

  void arguments(int number, String fragment, Consumer<StreamEvent> out) {
    last = number;
    Call call = current != null && current.number == number ? current : waiting.get(number);
    if (call == null) {
      return;
    }
    call.take(fragment);
    if (call == current) {
      write(call, out);
      next(out);
    }
  }

  /** The call of which the provider spoke last is complete. */
  void ended(Consumer<StreamEvent> out) {
    Call call = waiting.get(last);
    if (call != null) {
      call.ended = true;
    } else if (current != null && current.number == last) {
      current.ended = true;
      close(out);
      next(out);
    }
  }

  /** All calls are complete. */
  void finish(Consumer<StreamEvent> out) {
    for (Call call : waiting.values()) {
      call.ended = true;
    }
    if (current != null) {
      current.ended = true;
      next(out);
      close(out);
    }
  }

  /** Gives way to those that wait, as far as calls are complete. */
  private void next(Consumer<StreamEvent> out) {
    while (!waiting.isEmpty() && (current == null || current.complete())) {
      close(out);
      Iterator<Call> first = waiting.values().iterator();
      Call call = first.next();
      first.remove();
      current = call;
      block.start(
          OpenBlock.Kind.CALL,
          Nodes.object(
              "type", "tool_use", "id", call.id, "name", call.name, "input", Nodes.object()),
          out);
      write(call, out);
      if (call.ended) {
        close(out);
      }
    }
  }

  private void write(Call call, Consumer<StreamEvent> out) {
    String text = call.sendable();
    if (!text.isEmpty()) {
      block.delta("input_json_delta", "partial_json", text, out);
    }
  }

  private void close(Consumer<StreamEvent> out) {
    if (current != null) {
      if (!current.sent) {
        // There were no arguments; some clients take nothing at all for broken JSON.
        block.delta("input_json_delta", "partial_json", "{}", out);
      }
      current = null;
      block.stop(out);
    }
  }

  /** One call, and what of its arguments has not been sent. */
  private static final class Call {

    final int number;
    final String id;
    final String name;
    boolean ended;
    boolean sent;
    private final StringBuilder held = new StringBuilder();
    private final JsonEnd end = new JsonEnd();

    Call(int number, String id, String name) {
      this.number = number;
      this.id = id;
      this.name = name;
    }

    void take(String fragment) {
      held.append(fragment);
      end.read(fragment);
    }

    boolean complete() {
      return ended || end.reached();
    }

    /** What may go out: not yet white space or {@code null}, which say that there are none. */
    String sendable() {
      if (!sent && "null".startsWith(held.toString().strip())) {
        return "";
      }
      String text = held.toString();
      held.setLength(0);
      sent |= !text.isEmpty();
      return text;
    }
  }
}
