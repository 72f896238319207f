// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.ChatEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings calls of tools that come mixed one after the other, as apps of Bedrock take pieces of
 * arguments for those of the call that began last. The first call goes out as it comes. A later one
 * waits as long as the arguments of the one before it are not complete, which is hardly ever.
 */
final class ConverseCalls {

  /** Calls that are not over, in the order of their beginning; the first one is being written. */
  private final Map<Integer, Call> calls = new LinkedHashMap<>();

  /** Where calls are written to. */
  interface Block {
    void start(String id, String name);

    void input(String fragment);

    void stop();
  }

  /** One call; what waits of its arguments is kept. */
  private static final class Call {
    private final String id;
    private final String name;
    private final StringBuilder waiting = new StringBuilder();
    private final JsonEnd end = new JsonEnd();
    private boolean begun;
    private boolean told;

    private Call(String id, String name) {
      this.id = id;
      this.name = name;
    }

    private void write(Block out) {
      if (!begun) {
        begun = true;
        out.start(id, name);
      }
      if (!waiting.isEmpty()) {
        told = true;
        out.input(waiting.toString());
        waiting.setLength(0);
      }
    }

    /** What a tool without arguments is called with is an empty object, not nothing. */
    private void stop(Block out) {
      if (!told) {
        waiting.append("{}");
      }
      write(out);
      out.stop();
    }
  }

  boolean any() {
    return !calls.isEmpty();
  }

  void begin(ChatEvent.CallBegin call, Block out) {
    calls.putIfAbsent(call.call(), new Call(call.id(), call.name()));
    advance(out);
  }

  void arguments(int number, String fragment, Block out) {
    Call call = calls.get(number);
    if (call != null && !fragment.isEmpty()) {
      call.waiting.append(fragment);
      call.end.take(fragment);
      advance(out);
    }
  }

  /** The call that is written is over. False if none is. */
  boolean settle(Block out) {
    Call first = first();
    if (first == null) {
      return false;
    }
    calls.values().remove(first);
    first.stop(out);
    advance(out);
    return true;
  }

  /** All calls are over. */
  void finish(Block out) {
    for (Call call : calls.values()) {
      call.stop(out);
    }
    calls.clear();
  }

  /** Ends the calls that are complete where others wait, and writes what may go out. */
  private void advance(Block out) {
    Call first = first();
    while (first != null && calls.size() > 1 && first.end.reached()) {
      calls.values().remove(first);
      first.stop(out);
      first = first();
    }
    if (first != null) {
      first.write(out);
    }
  }

  private @Nullable Call first() {
    return calls.isEmpty() ? null : calls.values().iterator().next();
  }
}
