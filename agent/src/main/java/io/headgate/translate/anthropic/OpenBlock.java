// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.dialect.StreamEvent;
import io.headgate.json.Nodes;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The block of a stream that is being written: one at most, and each with an index of its own. */
final class OpenBlock {

  /** What it is. */
  enum Kind {
    NONE,
    TEXT,
    THINKING,
    CALL,
    OTHER
  }

  private Kind kind = Kind.NONE;
  private int index = -1;

  boolean is(Kind other) {
    return kind == other;
  }

  void start(Kind newKind, Map<String, @Nullable Object> block, Consumer<StreamEvent> out) {
    stop(out);
    kind = newKind;
    index++;
    out.accept(StreamEvent.typed("content_block_start", "index", index, "content_block", block));
  }

  void delta(String type, String member, Object value, Consumer<StreamEvent> out) {
    Map<String, @Nullable Object> delta = Nodes.object("type", type, member, value);
    out.accept(StreamEvent.typed("content_block_delta", "index", index, "delta", delta));
  }

  /** Ends a thought with its signature. */
  void sign(String signature, Consumer<StreamEvent> out) {
    delta("signature_delta", "signature", signature, out);
    kind = Kind.OTHER;
    stop(out);
  }

  /** Ends it, if there is one. A thought that has no signature gets an empty one. */
  void stop(Consumer<StreamEvent> out) {
    if (kind == Kind.THINKING) {
      sign("", out);
    } else if (kind != Kind.NONE) {
      kind = Kind.NONE;
      out.accept(StreamEvent.typed("content_block_stop", "index", index));
    }
  }
}
