// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatEvent;
import io.headgate.dialect.StreamEvent;
import java.util.function.Consumer;

/** Reads the events of one streamed answer in the format of its provider. */
public interface EventReader {

  /** The next event. Members that are missing or of another kind than expected are no failure. */
  void event(StreamEvent event, Consumer<ChatEvent> out);

  /**
   * There are no more bytes. Tells {@link ChatEvent.End} if all had been said and that was still
   * left to tell.
   */
  void end(Consumer<ChatEvent> out);
}
