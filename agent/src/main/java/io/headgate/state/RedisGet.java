// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static io.headgate.state.RedisLink.bytes;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/**
 * One question to a Redis. Whatever the server does, the answer is there when the time is over: the
 * timer gives up, and cuts the connection if this is what it is busy with. To connect is another
 * matter: that may take longer, and serves those who ask next.
 */
final class RedisGet implements Runnable {

  /** Asks for no more than can be taken. */
  private static final byte[] FROM = bytes("0");

  private static final byte[] TO = bytes(Integer.toString(RedisValue.MOST));

  private final RedisStore store;
  private final EntryKey key;
  private final int timeoutMillis;
  private final long deadline;
  private final HandedOver<@Nullable StoredEntry> answer;

  /** What is asked right now; whoever takes it out decides what becomes of it. */
  private final AtomicReference<@Nullable RedisLink> asked = new AtomicReference<>();

  /** Whether the server had most of the time: else it was lost waiting here. */
  private boolean fair;

  RedisGet(
      RedisStore store, EntryKey key, int timeoutMillis, HandedOver<@Nullable StoredEntry> answer) {
    this.store = store;
    this.key = key;
    this.timeoutMillis = timeoutMillis;
    this.deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    this.answer = answer;
  }

  HandedOver<@Nullable StoredEntry> answer() {
    return answer;
  }

  /** Whether nobody waits any longer, at a time by {@link System#nanoTime}. */
  boolean over(long nanos) {
    return answer.isDone() || deadline - nanos <= 0;
  }

  @Override
  public void run() {
    StoredEntry entry = null;
    String trouble = null;
    try {
      if (!answer.isDone() && store.health().reads()) {
        entry = store.read(key, store.links().use(this::ask));
      }
    } catch (RedisFailure e) {
      trouble = RedisStore.countedAs(e, "read");
      if (fair || e.trouble() != RedisTrouble.SLOW) {
        store.health().failed(e.trouble());
      }
    } catch (RuntimeException | Error e) {
      // Also of memory: an entry less, and the application goes on.
      trouble = "read";
    }
    if (answer.complete(entry) && trouble != null) {
      store.log().count(RedisStore.NAME, trouble);
    }
  }

  private byte @Nullable [] ask(RedisLink link) throws RedisFailure {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0 || answer.isDone()) {
      return null;
    }
    fair = 2 * left >= timeoutMillis;
    asked.set(link);
    try {
      byte[] value =
          link.callForBytes((int) left, Command.GETRANGE, RedisStore.redisKey(key), FROM, TO);
      store.health().answered();
      return value;
    } finally {
      if (asked.getAndSet(null) == null) {
        // The timer has it, and may be about to cut it.
        link.cut();
      }
    }
  }

  /** The time is over, or there is no room to wait. */
  void giveUp(String why) {
    if (answer.complete(null)) {
      store.log().count(RedisStore.NAME, why);
      RedisLink link = asked.getAndSet(null);
      if (link != null) {
        link.cut();
      }
    }
  }
}
