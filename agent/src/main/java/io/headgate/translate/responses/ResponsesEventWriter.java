// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.ChatAnswer.TokenLogprob;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Maker;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.dialect.StreamEvent;
import io.headgate.json.Nodes;
import io.headgate.translate.Asked;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the life of a response of what is said, step by step. It puts the whole together on the
 * way, since the last event repeats it. There is only one choice in this format: others are left
 * out.
 */
final class ResponsesEventWriter {

  private final Asked asked;
  private final ResponseFrame frame;
  private final NumberedEvents events = new NumberedEvents();
  private final List<@Nullable Object> output = Nodes.array();
  private final Map<Integer, OutputCall> calls = new LinkedHashMap<>();
  private @Nullable OutputMessage message;
  private @Nullable OutputThought thought;
  private @Nullable OutputCall lastCall;
  private Usage usage = Usage.builder().build();
  private StopReason reason = StopReason.UNKNOWN;
  private boolean declined;
  private boolean begun;
  private boolean over;

  ResponsesEventWriter(Asked asked) {
    this.asked = asked;
    this.frame = new ResponseFrame(asked);
  }

  /** What goes out for an event; nowhere if there is nobody to hear of steps. */
  void event(ChatEvent event, @Nullable Consumer<StreamEvent> out) {
    events.to(out);
    if (over) {
      return;
    }
    if (event instanceof ChatEvent.Begin begin) {
      begin(begin.id(), begin.model());
    } else if (event instanceof ChatEvent.UsageTold told) {
      usage = told.usage();
    } else if (event instanceof ChatEvent.Failed failed) {
      over = true;
      events.send("error", ResponsesErrors.streamMembers(failed.failure()));
    } else if (event instanceof ChatEvent.End) {
      begin(null, null);
      close();
      over = true;
      events.send("response." + ResponseFrame.status(reason, declined), "response", whole());
    } else if (!(event instanceof ChatEvent.Ping)) {
      begin(null, null);
      said(event);
    }
  }

  /** The response as it is when all is said. */
  Map<String, @Nullable Object> whole() {
    return frame.closed(reason, declined, output, usage);
  }

  private void begin(@Nullable String id, @Nullable String model) {
    if (!begun) {
      begun = true;
      frame.named(id, model);
      events.send("response.created", "response", frame.open());
      events.send("response.in_progress", "response", frame.open());
    }
  }

  private void said(ChatEvent event) {
    if (event instanceof ChatEvent.Text text && text.choice() == 0) {
      message().text(text.text());
    } else if (event instanceof ChatEvent.Refusal refusal && refusal.choice() == 0) {
      declined = true;
      message().refusal(refusal.text());
    } else if (event instanceof ChatEvent.Thinking thinking && thinking.choice() == 0) {
      // As from OpenAI, thoughts are shown only to who asked for them.
      if (Boolean.TRUE.equals(asked.request().reasoning().shown())) {
        thought().text(thinking.text());
      }
    } else if (event instanceof ChatEvent.Redacted redacted && redacted.choice() == 0) {
      if (redacted.maker() == Maker.OPENAI) {
        thought().encrypted(redacted.data());
        close();
      }
    } else if (event instanceof ChatEvent.CallBegin call && call.choice() == 0) {
      call(call);
    } else if (event instanceof ChatEvent.CallArguments more && more.choice() == 0) {
      OutputCall call = calls.get(more.call());
      if (call != null && !call.ended()) {
        call.arguments(more.fragment());
      }
    } else if (event instanceof ChatEvent.BlockEnd end && end.choice() == 0) {
      blockEnd();
    } else if (event instanceof ChatEvent.Cited cited && cited.choice() == 0) {
      if (message != null) {
        message.cited(cited.citation());
      }
    } else if (event instanceof ChatEvent.Logprobs logprobs && logprobs.choice() == 0) {
      likely(logprobs.tokens());
    } else if (event instanceof ChatEvent.Stop stop && stop.choice() == 0) {
      reason = stop.reason();
      close();
    }
  }

  private void likely(List<TokenLogprob> tokens) {
    if (message != null) {
      message.logprobs(tokens);
    }
  }

  private OutputMessage message() {
    OutputMessage open = message;
    if (open == null) {
      close();
      open = new OutputMessage(events, output, id("msg_"));
      open.begin();
      message = open;
    }
    return open;
  }

  private OutputThought thought() {
    OutputThought open = thought;
    if (open == null) {
      close();
      open = new OutputThought(events, output, id("rs_"));
      open.begin();
      thought = open;
    }
    return open;
  }

  private void call(ChatEvent.CallBegin begin) {
    if (calls.containsKey(begin.call())) {
      return;
    }
    closeSpoken("completed");
    if (lastCall != null && lastCall.whole()) {
      // As from OpenAI one after the other, unless they do come mixed: an app may call at once.
      lastCall.end("completed", output);
    }
    String callId = begin.id().isEmpty() ? id("call_") : begin.id();
    OutputCall call = new OutputCall(events, output, id("fc_"), callId, begin.name());
    call.begin();
    calls.put(begin.call(), call);
    lastCall = call;
  }

  private String id(String prefix) {
    return prefix + asked.id() + output.size();
  }

  /** Texts go on in the same part: cut or whole, an answer looks the same. */
  private void blockEnd() {
    if (message != null) {
      message.block();
    } else if (thought != null) {
      closeSpoken("completed");
    } else if (lastCall != null && !lastCall.empty()) {
      lastCall.end("completed", output);
      lastCall = null;
    }
  }

  /** Ends all that is open; if the answer is cut off, then in what is open. */
  private void close() {
    String status =
        ResponseFrame.status(reason, declined).equals("completed") ? "completed" : "incomplete";
    closeSpoken(status);
    for (OutputCall call : calls.values()) {
      boolean last = call == lastCall;
      if (last && !status.equals("completed")) {
        call.cut();
      }
      call.end(last ? status : "completed", output);
    }
    lastCall = null;
  }

  private void closeSpoken(String status) {
    if (message != null) {
      message.end(status, output);
      message = null;
    }
    if (thought != null) {
      thought.end(status, output);
      thought = null;
    }
  }
}
