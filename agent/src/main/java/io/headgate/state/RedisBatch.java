// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static io.headgate.state.RedisLink.bytes;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/**
 * A question to a Redis for many entries, asked {@value #CHUNK} at a time without waiting for each
 * reply. May take the time of a single question for every {@value #CHUNK} entries, {@value
 * #MOST_TIMES} times that at most; when it is over, what came by then is the answer. As with {@link
 * RedisGet} the timer then cuts the connection.
 */
final class RedisBatch implements Runnable {

  static final int CHUNK = 64;
  private static final int MOST_TIMES = 16;

  /** No more is held of one answer, in bytes; what is beyond that is not asked for. */
  private static final long MOST_BYTES = 2L * RedisValue.MOST;

  private static final byte[] FROM = bytes("0");
  private static final byte[] TO = bytes(Integer.toString(RedisValue.MOST));

  private final RedisStore store;
  private final List<EntryKey> keys;
  private final long millis;
  private final long deadline;
  private final HandedOver<Map<EntryKey, StoredEntry>> answer;
  private final Map<EntryKey, StoredEntry> found = new ConcurrentHashMap<>();

  /** What is asked right now; whoever takes it out decides what becomes of it. */
  private final AtomicReference<@Nullable RedisLink> asked = new AtomicReference<>();

  /** How many have been asked for and answered. */
  private int done;

  private long bytes;

  /** Whether the server had most of the time: else it was lost waiting here. */
  private boolean fair;

  /**
   * @param keys all different
   * @param timeoutMillis the longest that a single question takes
   */
  RedisBatch(
      RedisStore store,
      List<EntryKey> keys,
      int timeoutMillis,
      HandedOver<Map<EntryKey, StoredEntry>> answer) {
    this.store = store;
    this.keys = keys;
    this.millis = (long) timeoutMillis * Math.min(MOST_TIMES, (keys.size() + CHUNK - 1) / CHUNK);
    this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    this.answer = answer;
  }

  HandedOver<Map<EntryKey, StoredEntry>> answer() {
    return answer;
  }

  /**
   * Gives up in time.
   *
   * @throws RejectedExecutionException if the timer was shut down
   */
  void endIn(ScheduledExecutorService timer) {
    Future<?> end = timer.schedule(() -> giveUp("timeout"), millis, TimeUnit.MILLISECONDS);
    var unused = answer.whenComplete((entries, failure) -> end.cancel(false));
  }

  @Override
  public void run() {
    String trouble = null;
    try {
      if (!answer.isDone() && store.health().reads()) {
        var unused = store.links().use(this::ask);
      }
    } catch (RedisFailure e) {
      trouble = RedisStore.countedAs(e, "read");
      if (fair || e.trouble() != RedisTrouble.SLOW) {
        store.health().failed(e.trouble());
      }
    } catch (RuntimeException | Error e) {
      // Also of memory: entries less, and the application goes on.
      trouble = "read";
    }
    if (answer.complete(Map.copyOf(found)) && trouble != null) {
      store.log().count(RedisStore.NAME, trouble);
    }
  }

  /** Goes on where it was, if this is another connection after one that was lost. */
  private @Nullable Void ask(RedisLink link) throws RedisFailure {
    fair = 2 * left() >= millis;
    asked.set(link);
    try {
      while (done < keys.size() && bytes < MOST_BYTES && left() > 0 && !answer.isDone()) {
        chunk(link, keys.subList(done, Math.min(keys.size(), done + CHUNK)));
      }
      return null;
    } finally {
      if (asked.getAndSet(null) == null) {
        // The timer has it, and may be about to cut it.
        link.cut();
      }
    }
  }

  private void chunk(RedisLink link, List<EntryKey> some) throws RedisFailure {
    List<byte[][]> arguments =
        some.stream().map(key -> new byte[][] {RedisStore.redisKey(key), FROM, TO}).toList();
    List<byte @Nullable []> values = link.callEach((int) left(), Command.GETRANGE, arguments);
    store.health().answered();
    for (int i = 0; i < values.size(); i++) {
      byte[] value = values.get(i);
      StoredEntry entry = store.read(some.get(i), value);
      if (value != null && entry != null) {
        bytes += value.length;
        found.put(some.get(i), entry);
      }
    }
    done += some.size();
  }

  private long left() {
    return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
  }

  /** The time is over, or there is no room to wait. */
  void giveUp(String why) {
    if (answer.complete(Map.copyOf(found))) {
      store.log().count(RedisStore.NAME, why);
      RedisLink link = asked.getAndSet(null);
      if (link != null) {
        link.cut();
      }
    }
  }
}
