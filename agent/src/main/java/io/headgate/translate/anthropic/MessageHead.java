// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.Maker;
import io.headgate.chat.Reasoning;
import io.headgate.json.Nodes;
import io.headgate.translate.Asked;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of a message follows from the call: its id, its names, and which thoughts it may show. */
final class MessageHead {

  private final Asked asked;

  MessageHead(Asked asked) {
    this.asked = asked;
  }

  /** All of a message but why it ended. */
  Map<String, @Nullable Object> write(
      @Nullable String id, @Nullable String model, List<@Nullable Object> content) {
    return Nodes.object(
        "id",
        id != null && id.startsWith("msg_") ? id : "msg_" + asked.id(),
        "type",
        "message",
        "role",
        "assistant",
        "model",
        asked.named(model),
        "content",
        content);
  }

  /** The id of a call: the app may send it on to Anthropic itself, which takes no others. */
  String callId(String id, int call) {
    return id.isEmpty() ? "toolu_" + asked.id() + call : id.replaceAll("[^a-zA-Z0-9_-]", "_");
  }

  /**
   * Whether thoughts are shown. Claude's always: it wants them back. Others' only to an app that
   * asked for thoughts: one that did not looks for the text in the first block.
   */
  boolean shows(Maker maker) {
    Reasoning wanted = asked.request().reasoning();
    return maker == Maker.ANTHROPIC
        || (wanted.mode() == Reasoning.Mode.ON && !Boolean.FALSE.equals(wanted.shown()));
  }

  /** The stop sequences of the request. */
  List<String> stops() {
    return asked.request().sampling().stop();
  }
}
