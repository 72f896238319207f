// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static io.headgate.state.RedisLink.bytes;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/**
 * Keeps entries in a Redis, for all JVMs that use it. Threads of its own talk to it, a few to read,
 * one to write, one to look after it; what is chained to an answer runs on others. All queues are
 * bounded: what finds no place in one is not found, or not kept. Entries are values under {@code
 * headgate:1:cache:} and the key in hexadecimal digits, which Redis itself lets go when they
 * expire.
 */
public final class RedisStore implements EntryStore {

  /** As {@link StateLog#count} has it. */
  static final String NAME = "redis";

  /** What all our keys of entries begin with; the number is the version of all that is kept. */
  static final String PREFIX = "headgate:1:cache:";

  private static final int READERS = 3;
  private static final int READS = 256;

  /** Beside {@link #waitingBytes}, as removals take no room. */
  private static final int WRITES = 65_536;

  private static final int ERRANDS = 16;

  /** How many threads run what is chained to answers. */
  private static final int DEPENDENTS = 8;

  /** The most that may wait to be written, in bytes, in a heap that is large enough. */
  private static final long WAITING = 64L << 20;

  /** The longest that writing one entry takes, in milliseconds. */
  private static final int WRITE_MILLIS = 5_000;

  /** Redis refuses times to live that go beyond what it can count. In milliseconds. */
  private static final long LONGEST = TimeUnit.DAYS.toMillis(3650);

  /** How long closing waits for what is to be written, in milliseconds. */
  private static final long CLOSE_MILLIS = 1_500;

  /** An idle thread ends after, in seconds. */
  private static final long IDLE = 30;

  private final int timeoutMillis;
  private final InstantSource clock;
  private final StateLog log;
  private final RedisLinks links;
  private final RedisHealth health;
  private final RedisSweep sweep;
  private final RedisDeadlines deadlines;
  private final long waitingBytes = Math.min(WAITING, Runtime.getRuntime().maxMemory() / 32);
  private final AtomicLong waiting = new AtomicLong();

  private final ScheduledThreadPoolExecutor timer;
  private final ThreadPoolExecutor readers;
  private final ThreadPoolExecutor writer;
  private final ThreadPoolExecutor errands;
  private final ThreadPoolExecutor dependents;
  private final HandedOver<byte[]> secret;

  /**
   * Returns at once; the store finds nothing until the server was reached.
   *
   * @param url {@code redis://[[user]:password@]host[:port][/database]}, {@code rediss://} for TLS
   * @param timeoutMillis the longest that a {@link #get} takes
   * @throws IllegalArgumentException if the URL is none; its message has nothing of a password
   */
  public RedisStore(
      String url, int timeoutMillis, InstantSource clock, StateLog log, ThreadFactory threads) {
    RedisUrl place = RedisUrl.parse(url);
    this.timeoutMillis = Math.max(1, timeoutMillis);
    this.clock = clock;
    this.log = log;
    links = new RedisLinks(place);
    health = new RedisHealth(place, log);
    timer = new ScheduledThreadPoolExecutor(1, threads);
    timer.setRemoveOnCancelPolicy(true);
    readers = pool(READERS, READS, threads);
    writer = pool(1, WRITES, threads);
    errands = pool(1, ERRANDS, threads);
    dependents = pool(DEPENDENTS, Integer.MAX_VALUE, threads);
    // They are bounded by the calls there are. After the end, on whoever comes.
    dependents.setRejectedExecutionHandler((task, pool) -> task.run());
    secret = new HandedOver<>(dependents);
    deadlines = new RedisDeadlines(timer, this.timeoutMillis);
    sweep = new RedisSweep(links, timer);
    RedisWatch watch = new RedisWatch(links, health, this.timeoutMillis, timer, secret);
    threads.newThread(watch).start();
  }

  private static ThreadPoolExecutor pool(int size, int queue, ThreadFactory threads) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            size, size, IDLE, TimeUnit.SECONDS, new LinkedBlockingQueue<>(queue), threads);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  @Override
  public CompletionStage<@Nullable StoredEntry> get(EntryKey key) {
    if (!health.reads()) {
      return CompletableFuture.completedStage(null);
    }
    RedisGet get = new RedisGet(this, key, timeoutMillis, new HandedOver<>(dependents));
    try {
      readers.execute(get);
      deadlines.add(get);
    } catch (RejectedExecutionException e) {
      // Too many at once, or closed.
      get.giveUp("dropped");
    }
    return get.answer();
  }

  /** All by one connection, as {@link RedisBatch} has it. */
  @Override
  public CompletionStage<Map<EntryKey, StoredEntry>> getAll(Collection<EntryKey> keys) {
    if (keys.isEmpty() || !health.reads()) {
      return CompletableFuture.completedStage(Map.of());
    }
    RedisBatch batch =
        new RedisBatch(
            this, List.copyOf(new HashSet<>(keys)), timeoutMillis, new HandedOver<>(dependents));
    try {
      readers.execute(batch);
      batch.endIn(timer);
    } catch (RejectedExecutionException e) {
      // Too many at once, or closed.
      batch.giveUp("dropped");
    }
    return batch.answer();
  }

  @Override
  public boolean usable() {
    return health.reads();
  }

  /** What a value stands for; null for nothing. */
  @Nullable StoredEntry read(EntryKey key, byte @Nullable [] value) {
    if (value == null || value.length == 0) {
      return null;
    }
    StoredEntry entry = RedisValue.decode(key, value);
    if (entry == null) {
      log.count(NAME, "damaged");
    }
    return entry == null || entry.expiresMillis() <= clock.millis() ? null : entry;
  }

  @Override
  public boolean put(EntryKey key, StoredEntry entry) {
    long size = entry.size();
    if (size > RedisValue.MOST || !waits(size)) {
      log.count(NAME, "dropped");
      return false;
    }
    Runnable write =
        () -> {
          waiting.addAndGet(-size);
          write(key, entry);
        };
    boolean taken = submit(write);
    if (!taken) {
      waiting.addAndGet(-size);
    }
    return taken;
  }

  /** Takes room in the queue, unless there is none; the first may take more than there is. */
  private boolean waits(long size) {
    long all = waiting.addAndGet(size);
    if (all > waitingBytes && all > size) {
      waiting.addAndGet(-size);
      return false;
    }
    return true;
  }

  @Override
  public void remove(EntryKey key) {
    var unused = submit(() -> command(Command.UNLINK, redisKey(key)));
  }

  private boolean submit(Runnable write) {
    try {
      if (health.writes()) {
        writer.execute(write);
        return true;
      }
    } catch (RejectedExecutionException e) {
      // Too many at once, or closed.
    }
    log.count(NAME, "dropped");
    return false;
  }

  private void write(EntryKey key, StoredEntry entry) {
    long left = Math.min(LONGEST, entry.expiresMillis() - clock.millis());
    if (left <= 0) {
      return;
    }
    byte[] value = RedisValue.encode(key, entry);
    if (value == null) {
      log.count(NAME, "dropped");
      return;
    }
    command(Command.SET, redisKey(key), value, bytes("PX"), bytes(Long.toString(left)));
  }

  private void command(Command command, byte[]... arguments) {
    if (!health.writes()) {
      log.count(NAME, "dropped");
      return;
    }
    try {
      links.use(
          link -> {
            // A server that does not read makes writing wait, which no time-out of a socket ends.
            var end = timer.schedule(link::cut, WRITE_MILLIS, TimeUnit.MILLISECONDS);
            try {
              return link.call(WRITE_MILLIS, command, arguments);
            } finally {
              if (!end.cancel(false)) {
                link.cut();
              }
            }
          });
    } catch (RedisFailure e) {
      log.count(NAME, countedAs(e, "write"));
      health.failed(e.trouble());
    } catch (RuntimeException | Error e) {
      log.count(NAME, "write");
    }
  }

  static String countedAs(RedisFailure failure, String usual) {
    return switch (failure.trouble()) {
      case ONE_KEY -> "damaged";
      case SLOW -> "timeout";
      default -> usual;
    };
  }

  @Override
  public CompletionStage<Long> purge(Purge which) {
    HandedOver<Long> done = new HandedOver<>(dependents);
    errand(() -> sweep.purge(which), done);
    return done;
  }

  /** Begins once the server was reached. */
  @Override
  public CompletionStage<@Nullable Void> eachOfAGroup(Visitor visitor) {
    HandedOver<@Nullable Void> done = new HandedOver<>(dependents);
    Errand<Void> visit =
        () -> {
          sweep.visit(visitor);
          return null;
        };
    var unused = secret.whenComplete((own, failure) -> errand(visit, done));
    return done;
  }

  /** Runs on the thread for what takes long. */
  private interface Errand<T> {
    @Nullable T run() throws IOException;
  }

  private <T> void errand(Errand<T> errand, CompletableFuture<T> done) {
    try {
      errands.execute(
          () -> {
            try {
              done.complete(errand.run());
            } catch (Throwable t) {
              done.completeExceptionally(t);
            }
          });
    } catch (RejectedExecutionException e) {
      done.completeExceptionally(new IOException("too much is under way, or the store is closed"));
    }
  }

  @Override
  public CompletionStage<Sizes> count() {
    HandedOver<Sizes> done = new HandedOver<>(dependents);
    errand(sweep::count, done);
    return done;
  }

  /** Nothing: what is kept is known to the server alone. */
  @Override
  public Sizes sizes() {
    return new Sizes(0, 0);
  }

  /** Not done as long as no server was reached; not changed if another server is reached later. */
  @Override
  public CompletionStage<byte[]> secret() {
    return secret;
  }

  @Override
  public void close() {
    readers.shutdown();
    writer.shutdown();
    errands.shutdown();
    try {
      var unused = writer.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    health.stop();
    // What is under way fails by this, what is queued as soon as it is begun.
    links.close();
    writer.shutdownNow().forEach(write -> log.count(NAME, "dropped"));
    timer.shutdown();
    deadlines.close();
    secret.completeExceptionally(new IOException("the store is closed"));
    dependents.shutdown();
  }

  static byte[] redisKey(EntryKey key) {
    return bytes(PREFIX + key);
  }

  RedisLinks links() {
    return links;
  }

  RedisHealth health() {
    return health;
  }

  StateLog log() {
    return log;
  }
}
