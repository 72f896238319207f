// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.chat.Cost;
import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.GatewayResponse;
import io.headgate.state.EntryKey;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps each embedding of an answer as an answer of its own. */
final class EmbeddingKeeping {

  /** No more of one answer is held to be kept, in bytes. */
  private static final long MOST_HELD = 128L << 20;

  private final CachedCall call;
  private final EmbeddingBatch batch;
  private final EntryKey[] keys;
  private final int[] asked;
  private final long most;
  private final Keeping keeping;

  /**
   * @param keys of all inputs of the batch
   * @param asked the inputs that were sent
   */
  EmbeddingKeeping(
      CachedCall call,
      Question question,
      EmbeddingBatch batch,
      EntryKey[] keys,
      int[] asked,
      GatewayResponse head,
      Attempt attempt) {
    this.call = call;
    this.batch = batch;
    this.keys = keys;
    this.asked = asked;
    long maxEntry = call.policy().maxEntry();
    this.most = maxEntry > MOST_HELD / asked.length ? MOST_HELD : maxEntry * asked.length;
    this.keeping = new Keeping(call, question, head, AnswerForm.WHOLE, attempt, most);
  }

  /** The largest answer of which anything is kept, in bytes. */
  long most() {
    return most;
  }

  /** Keeps what was recorded, or says why not. Never throws. */
  void keep(SharedContent.@Nullable Recording recording, boolean whole) {
    try {
      StoredAnswer answer = keeping.answer(recording, whole);
      List<byte[]> singles = batch.split(answer.body(), asked);
      if (singles == null) {
        keeping.explain("its embeddings cannot be told apart");
      } else {
        keep(answer, singles);
      }
    } catch (Keeping.NotKept e) {
      keeping.explain(String.valueOf(e.getMessage()));
    } catch (Throwable t) {
      call.tools().home().fault(t);
    }
  }

  /**
   * Keeps an answer that has been taken apart, or says why not. Never throws.
   *
   * @param packed as it came
   */
  void keep(byte[] packed, List<byte[]> singles) {
    try {
      ByteBuffer chunk = ByteBuffer.wrap(packed);
      boolean small = packed.length <= most;
      keep(
          keeping.answer(
              small
                  ? new SharedContent.Recording(List.of(chunk), List.of(0L), packed.length)
                  : null,
              true),
          singles);
    } catch (Keeping.NotKept e) {
      keeping.explain(String.valueOf(e.getMessage()));
    } catch (Throwable t) {
      call.tools().home().fault(t);
    }
  }

  private void keep(StoredAnswer answer, List<byte[]> singles) {
    long[] weights = batch.weights(asked);
    Cost cost = answer.cost();
    long[] totals = Shares.of(cost == null ? 0 : cost.total(), weights);
    long largest = 0;
    for (int i = 0; i < asked.length; i++) {
      byte[] body = singles.get(i);
      largest = Math.max(largest, body.length);
      if (body.length <= call.policy().maxEntry()) {
        Cost share =
            cost == null
                ? null
                : new Cost(totals[i], 0, 0, 0, 0, 0, cost.source(), cost.priceDate());
        call.tools()
            .home()
            .store()
            .put(
                keys[asked[i]],
                keeping.entry(
                    KnownEmbeddings.with(answer, answer.createdMillis(), share, body), null));
      }
    }
    if (largest > call.policy().maxEntry()) {
      keeping.explain("it is larger than max-entry");
    }
  }
}
