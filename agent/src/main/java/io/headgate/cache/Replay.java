// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.config.CacheRule;
import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.AnswerForms;
import io.headgate.gateway.Caller;
import io.headgate.gateway.ContentSource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Gives a stored answer out: all at once, or part by part at a pace. Pulled by one at a time. */
final class Replay implements ContentSource {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final List<ByteBuffer> parts;
  private final long[] pauses;
  private final Caller caller;
  private int next;
  private volatile boolean closed;

  /**
   * @param pauses before each part, in nanoseconds
   */
  private Replay(List<ByteBuffer> parts, long[] pauses, Caller caller) {
    this.parts = parts;
    this.pauses = pauses;
    this.caller = caller;
  }

  /**
   * A stored answer's content.
   *
   * @param body what is given out: the answer's own, or made of it
   * @param form the body's
   */
  static ContentSource of(
      StoredAnswer answer,
      byte[] body,
      AnswerForm form,
      CacheRule.Replay pace,
      AnswerForms forms,
      Caller caller) {
    List<ByteBuffer> parts = List.of(ByteBuffer.wrap(body));
    long[] pauses = {0};
    if (form != AnswerForm.WHOLE && pace.kind() == CacheRule.Replay.Kind.PACED) {
      parts = forms.events(form, body);
      pauses = new long[parts.size()];
      long each = pace.window().toNanos() / pace.events();
      for (int i = 1; i < pauses.length; i++) {
        pauses[i] = each;
      }
    } else if (form != AnswerForm.WHOLE
        && pace.kind() == CacheRule.Replay.Kind.RECORDED
        && body == answer.body()
        && answer.times().length > 0) {
      parts = cut(body, answer.sizes());
      pauses = new long[parts.size()];
      int before = 0;
      for (int i = 0; i < pauses.length; i++) {
        pauses[i] = (answer.times()[i] - before) * NANOS_PER_MILLI;
        before = answer.times()[i];
      }
    }
    return new Replay(parts, pauses, caller);
  }

  private static List<ByteBuffer> cut(byte[] body, int[] sizes) {
    List<ByteBuffer> parts = new ArrayList<>(sizes.length);
    int from = 0;
    for (int size : sizes) {
      parts.add(ByteBuffer.wrap(body, from, size).slice());
      from += size;
    }
    return parts;
  }

  @Override
  public CompletionStage<@Nullable ByteBuffer> next() {
    if (closed || next == parts.size()) {
      return CompletableFuture.completedFuture(null);
    }
    ByteBuffer part = parts.get(next).duplicate();
    long pause = pauses[next];
    next++;
    return pause <= 0
        ? CompletableFuture.completedFuture(part)
        : caller.pause(pause).thenApply(nothing -> part);
  }

  @Override
  public void close() {
    closed = true;
  }
}
