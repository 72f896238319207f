// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.dialect.StreamEvent;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes one answer in the format of the app: whole, or event by event. */
public interface AnswerWriter {

  /** The body of a whole answer. */
  Map<String, @Nullable Object> whole(ChatAnswer answer);

  /** What goes out for an event, at once: nothing that could go on its way is kept back. */
  void event(ChatEvent event, Consumer<StreamEvent> out);
}
