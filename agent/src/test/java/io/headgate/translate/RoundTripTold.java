// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatEvent;
import io.headgate.chat.Maker;
import io.headgate.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What counts of a stream.
 *
 * @param events of each choice, whose order among each other is nobody's; those of the whole answer
 *     are of choice -1
 * @param usage the last one
 */
record RoundTripTold(Map<Integer, List<ChatEvent>> events, Usage usage) {

  /** The events but for signs of life, and for what the format has no place for. */
  static RoundTripTold of(RoundTripForm form, List<ChatEvent> stream) {
    Map<Integer, List<ChatEvent>> events = new TreeMap<>();
    Usage usage = Usage.builder().build();
    for (ChatEvent event : stream) {
      if (event instanceof ChatEvent.UsageTold last) {
        usage = last.usage();
      } else if (!(event instanceof ChatEvent.Ping)
          && (form.has(RoundTripLack.BLOCKS) || !(event instanceof ChatEvent.BlockEnd))) {
        events.computeIfAbsent(choice(event), key -> new ArrayList<>()).add(told(form, event));
      }
    }
    return new RoundTripTold(events, usage);
  }

  private static ChatEvent told(RoundTripForm form, ChatEvent event) {
    return event instanceof ChatEvent.Thinking thought && form.lacks(RoundTripLack.THOUGHT_MAKERS)
        ? new ChatEvent.Thinking(thought.choice(), thought.text(), Maker.OTHER)
        : event;
  }

  private static int choice(ChatEvent event) {
    if (event instanceof ChatEvent.Text text) {
      return text.choice();
    } else if (event instanceof ChatEvent.Thinking thinking) {
      return thinking.choice();
    } else if (event instanceof ChatEvent.Signature signature) {
      return signature.choice();
    } else if (event instanceof ChatEvent.Redacted redacted) {
      return redacted.choice();
    } else if (event instanceof ChatEvent.Refusal refusal) {
      return refusal.choice();
    } else if (event instanceof ChatEvent.Shown shown) {
      return shown.choice();
    } else if (event instanceof ChatEvent.CallBegin begin) {
      return begin.choice();
    } else if (event instanceof ChatEvent.CallArguments arguments) {
      return arguments.choice();
    } else if (event instanceof ChatEvent.BlockEnd end) {
      return end.choice();
    } else if (event instanceof ChatEvent.Cited cited) {
      return cited.choice();
    } else if (event instanceof ChatEvent.Logprobs logprobs) {
      return logprobs.choice();
    }
    return event instanceof ChatEvent.Stop stop ? stop.choice() : -1;
  }
}
