// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes answers for failures that ended as no answer does: the app would take what there is for all
 * of it, as most formats have no word for such an end. What failed may be tried again.
 */
final class Endings {

  private Endings() {}

  /**
   * The answer itself.
   *
   * @throws Unreadable if it is a failure
   */
  static ChatAnswer checked(ChatAnswer answer) {
    boolean said = answer.choices().stream().anyMatch(Endings::said);
    for (ChatAnswer.Choice choice : answer.choices()) {
      ApiFailure failure = failure(choice.stop(), said);
      if (failure != null) {
        throw new Unreadable(failure);
      }
    }
    return answer;
  }

  /** What passes on the events of one streamed answer, or that it failed. */
  static Consumer<ChatEvent> events(Consumer<ChatEvent> out) {
    return new Consumer<>() {
      private boolean said;
      private boolean failed;

      @Override
      public void accept(ChatEvent event) {
        if (failed) {
          return;
        }
        said |= says(event);
        ApiFailure failure =
            event instanceof ChatEvent.Stop stop ? failure(stop.reason(), said) : null;
        failed = failure != null;
        out.accept(failure == null ? event : new ChatEvent.Failed(failure));
      }
    };
  }

  /**
   * What an end is a failure of; null if it is none.
   *
   * @param said whether there is anything but thoughts
   */
  private static @Nullable ApiFailure failure(StopReason reason, boolean said) {
    String why =
        switch (reason) {
          case ERROR -> "the model failed before its answer was complete";
          case MALFORMED_CALL ->
              said ? null : "the model called a tool in a way that cannot be read";
          case END, STOP_SEQUENCE, LENGTH, TOOLS, FILTER, REFUSAL, PAUSE, CONTEXT_FULL, UNKNOWN ->
              null;
        };
    return why == null ? null : new ApiFailure(ApiFailure.Kind.SERVER, 0, why, null, null);
  }

  private static boolean said(ChatAnswer.Choice choice) {
    return choice.parts().stream().anyMatch(part -> !(part instanceof Part.Thinking));
  }

  private static boolean says(ChatEvent event) {
    return event instanceof ChatEvent.Text
        || event instanceof ChatEvent.Refusal
        || event instanceof ChatEvent.Shown
        || event instanceof ChatEvent.CallBegin;
  }
}
