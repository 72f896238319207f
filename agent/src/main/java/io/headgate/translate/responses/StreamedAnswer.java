// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatEvent;
import io.headgate.json.Nodes;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the items of one streamed answer share. */
final class StreamedAnswer {

  private Consumer<ChatEvent> out = event -> {};
  private boolean begun;
  private boolean declined;
  private int calls;

  /** Whose block is open; null if none is. */
  private @Nullable StreamedItem open;

  /** Where events go from now on. */
  void to(Consumer<ChatEvent> out) {
    this.out = out;
  }

  /** Tells that an answer begins, once. */
  void begin(Map<String, @Nullable Object> response) {
    if (!begun) {
      begun = true;
      out.accept(
          new ChatEvent.Begin(
              Nodes.textOrNull(response.get("id")), Nodes.textOrNull(response.get("model"))));
    }
  }

  void tell(ChatEvent event) {
    begin(Nodes.object());
    declined |= event instanceof ChatEvent.Refusal;
    out.accept(event);
  }

  /** Tells a piece of what an item says. */
  void tell(StreamedItem item, ChatEvent event) {
    tell(event);
    open = item;
  }

  /** Tells that a block ends, if it is open. */
  void end(StreamedItem item) {
    if (open == item) {
      open = null;
      tell(new ChatEvent.BlockEnd(0));
    }
  }

  /** The number of a call that begins. */
  int nextCall() {
    return calls++;
  }

  void stop(Map<String, @Nullable Object> response) {
    tell(new ChatEvent.Stop(0, ResponsesAnswerReader.stop(response, calls > 0, declined), null));
  }

  void failed(ApiFailure failure) {
    out.accept(new ChatEvent.Failed(failure));
  }
}
