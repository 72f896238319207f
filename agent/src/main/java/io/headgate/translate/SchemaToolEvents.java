// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatEvent;
import io.headgate.chat.StopReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Turns calls of the tool that stands for a schema into text. Text that comes before such a call
 * would spoil the JSON: it waits, and is told only if there is no such call. Used by one thread.
 */
final class SchemaToolEvents implements Consumer<ChatEvent> {

  /** Where one of the answers is. */
  private static final class Choice {
    final List<ChatEvent> waiting = new ArrayList<>();
    final TreeSet<Integer> schemaCalls = new TreeSet<>();
    boolean called;
    boolean written;
  }

  private final Consumer<ChatEvent> out;
  private final Map<Integer, Choice> choices = new HashMap<>();

  SchemaToolEvents(Consumer<ChatEvent> out) {
    this.out = out;
  }

  @Override
  public void accept(ChatEvent event) {
    if (event instanceof ChatEvent.CallBegin call) {
      begin(call);
    } else if (event instanceof ChatEvent.CallArguments arguments) {
      arguments(arguments);
    } else if (event instanceof ChatEvent.Text text) {
      said(text.choice(), text);
    } else if (event instanceof ChatEvent.Cited cited) {
      said(cited.choice(), cited);
    } else if (event instanceof ChatEvent.Logprobs logprobs) {
      said(logprobs.choice(), logprobs);
    } else if (event instanceof ChatEvent.BlockEnd end) {
      blockEnd(end);
    } else if (event instanceof ChatEvent.Stop stop) {
      stop(stop);
    } else {
      if (event instanceof ChatEvent.End) {
        choices.values().forEach(this::tell);
      }
      out.accept(event);
    }
  }

  private void begin(ChatEvent.CallBegin call) {
    Choice choice = choice(call.choice());
    if (call.name().equals(Fitted.SCHEMA_TOOL)) {
      choice.waiting.clear();
      choice.schemaCalls.add(call.call());
      return;
    }
    choice.called = true;
    tell(choice);
    int number = number(choice, call.call());
    out.accept(
        new ChatEvent.CallBegin(call.choice(), number, call.id(), call.name(), call.signature()));
  }

  private void arguments(ChatEvent.CallArguments piece) {
    Choice choice = choice(piece.choice());
    if (!choice.schemaCalls.contains(piece.call())) {
      int number = number(choice, piece.call());
      out.accept(new ChatEvent.CallArguments(piece.choice(), number, piece.fragment()));
    } else if (piece.call() == choice.schemaCalls.first()) {
      choice.written = true;
      out.accept(new ChatEvent.Text(piece.choice(), piece.fragment()));
    }
  }

  /** Calls that have become text do not count. */
  private static int number(Choice choice, int call) {
    return call - choice.schemaCalls.headSet(call).size();
  }

  private void said(int index, ChatEvent event) {
    Choice choice = choice(index);
    if (choice.called) {
      out.accept(event);
    } else if (choice.schemaCalls.isEmpty()) {
      choice.waiting.add(event);
    }
  }

  private void blockEnd(ChatEvent.BlockEnd end) {
    Choice choice = choice(end.choice());
    if (choice.waiting.isEmpty()) {
      out.accept(end);
    } else {
      choice.waiting.add(end);
    }
  }

  private void stop(ChatEvent.Stop stop) {
    Choice choice = choice(stop.choice());
    tell(choice);
    if (choice.schemaCalls.isEmpty()) {
      out.accept(stop);
      return;
    }
    if (!choice.written) {
      out.accept(new ChatEvent.Text(stop.choice(), Unfitting.arguments("")));
    }
    boolean ends = stop.reason() == StopReason.TOOLS && !choice.called;
    out.accept(ends ? new ChatEvent.Stop(stop.choice(), StopReason.END, stop.sequence()) : stop);
  }

  private void tell(Choice choice) {
    choice.waiting.forEach(out);
    choice.waiting.clear();
  }

  private Choice choice(int index) {
    return choices.computeIfAbsent(index, its -> new Choice());
  }
}
