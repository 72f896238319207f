// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static io.headgate.state.RedisLink.bytes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol.Command;

/**
 * Goes through all entries in a Redis, some hundred at a time so that others are served in between,
 * and reads of each no more than what it is about. On a connection of its own, which may be slow.
 */
final class RedisSweep {

  /** How many keys a server is to look at in one go; what it hands over may be more or none. */
  private static final byte[] COUNT = bytes("1000");

  /** How many values are asked for at once. */
  private static final int AT_ONCE = 256;

  /** The longest wait for a part of a reply, and that a sweep takes, in milliseconds. */
  private static final int REPLY_MILLIS = 5_000;

  private static final long SWEEP_MILLIS = TimeUnit.MINUTES.toMillis(10);

  /** How many entries a visitor is shown at most; to remember more of them is beyond a JVM. */
  private static final int VISITED = 100_000;

  private static final byte[] FROM = bytes("0");
  private static final byte[] TO = bytes(Integer.toString(RedisValue.HEAD - 1));

  private final RedisLinks links;
  private final ScheduledExecutorService timer;

  RedisSweep(RedisLinks links, ScheduledExecutorService timer) {
    this.links = links;
    this.timer = timer;
  }

  /** Takes some keys; false if that is enough. */
  private interface Take {
    boolean some(RedisLink link, List<byte[]> keys) throws RedisFailure;
  }

  /** Lets entries go, and returns how many. */
  long purge(Purge which) throws IOException {
    String prefix = which.keyPrefix() == null ? "" : which.keyPrefix();
    if (!prefix.matches("[0-9a-f]{0,64}")) {
      return 0;
    }
    boolean all =
        which.model() == null
            && which.route() == null
            && which.madeBeforeMillis() == Long.MAX_VALUE;
    long[] gone = {0};
    try {
      sweep(
          prefix,
          (link, keys) -> {
            List<byte[]> fit = all ? keys : fitting(link, keys, which);
            if (!fit.isEmpty()) {
              gone[0] +=
                  link.callForNumber(REPLY_MILLIS, Command.UNLINK, fit.toArray(new byte[0][]));
            }
            return true;
          });
    } catch (RedisFailure e) {
      throw new IOException(
          e.getMessage() + (gone[0] == 0 ? "" : " (after " + gone[0] + " entries)"), e);
    }
    return gone[0];
  }

  private static List<byte[]> fitting(RedisLink link, List<byte[]> keys, Purge which)
      throws RedisFailure {
    List<byte[]> fit = new ArrayList<>();
    for (Found found : heads(link, keys)) {
      RedisValue.Head head = found.head();
      if (which.fits(found.key(), head.createdMillis(), head.model(), head.route())) {
        fit.add(RedisStore.redisKey(found.key()));
      }
    }
    return fit;
  }

  /** How many entries there are, and how long their values are together. */
  EntryStore.Sizes count() throws IOException {
    long[] sums = {0, 0};
    sweep(
        "",
        (link, keys) -> {
          List<byte[][]> questions = new ArrayList<>(keys.size());
          for (byte[] name : keys) {
            if (key(name) != null) {
              questions.add(new byte[][] {name});
            }
          }
          for (long length : link.callEachForNumber(REPLY_MILLIS, Command.STRLEN, questions)) {
            if (length > 0) {
              sums[0]++;
              sums[1] += length;
            }
          }
          return true;
        });
    return new EntryStore.Sizes(sums[0], sums[1]);
  }

  void visit(EntryStore.Visitor visitor) throws IOException {
    int[] visited = {0};
    sweep(
        "",
        (link, keys) -> {
          for (Found found : heads(link, keys)) {
            RedisValue.Head head = found.head();
            if (!head.group().isEmpty()) {
              visitor.entry(found.key(), head.group(), head.index(), head.expiresMillis());
              visited[0]++;
            }
          }
          return visited[0] < VISITED;
        });
  }

  private void sweep(String prefix, Take take) throws RedisFailure {
    RedisLink link = links.open();
    var end = timer.schedule(link::cut, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    try {
      byte[] cursor = FROM;
      boolean wanted = true;
      boolean more;
      do {
        Object reply =
            link.call(
                REPLY_MILLIS,
                Command.SCAN,
                cursor,
                bytes("MATCH"),
                bytes(RedisStore.PREFIX + prefix + "*"),
                bytes("COUNT"),
                COUNT);
        if (!(reply instanceof List<?> parts)
            || parts.size() != 2
            || !(parts.get(0) instanceof byte[] next)
            || !(parts.get(1) instanceof List<?> keys)) {
          throw link.garbage();
        }
        more = next.length != 1 || next[0] != '0';
        cursor = next;
        for (int from = 0; wanted && from < keys.size(); from += AT_ONCE) {
          List<byte[]> some = new ArrayList<>(AT_ONCE);
          for (Object key : keys.subList(from, Math.min(keys.size(), from + AT_ONCE))) {
            if (key instanceof byte[] name) {
              some.add(name);
            }
          }
          wanted = take.some(link, some);
        }
      } while (more && wanted);
    } finally {
      end.cancel(false);
      links.discard(link);
    }
  }

  /** An entry that is there. */
  private record Found(EntryKey key, RedisValue.Head head) {}

  /** Those of the keys that stand for an entry, each with the head of it. */
  private static List<Found> heads(RedisLink link, List<byte[]> keys) throws RedisFailure {
    List<EntryKey> ours = new ArrayList<>(keys.size());
    List<byte[][]> questions = new ArrayList<>(keys.size());
    for (byte[] name : keys) {
      EntryKey key = key(name);
      if (key != null) {
        ours.add(key);
        questions.add(new byte[][] {name, FROM, TO});
      }
    }
    List<Found> found = new ArrayList<>(ours.size());
    List<byte @Nullable []> starts = link.callEach(REPLY_MILLIS, Command.GETRANGE, questions);
    for (int i = 0; i < starts.size(); i++) {
      byte[] start = starts.get(i);
      int length = start == null ? -1 : RedisValue.headLength(start);
      if (start != null && length > start.length) {
        byte[] to = bytes(Integer.toString(length - 1));
        start =
            link.callEach(
                    REPLY_MILLIS,
                    Command.GETRANGE,
                    List.<byte[][]>of(new byte[][] {questions.get(i)[0], FROM, to}))
                .get(0);
      }
      RedisValue.Head head = start == null ? null : RedisValue.head(ours.get(i), start);
      if (head != null) {
        found.add(new Found(ours.get(i), head));
      }
    }
    return found;
  }

  private static @Nullable EntryKey key(byte[] name) {
    String text = new String(name, StandardCharsets.ISO_8859_1);
    return text.startsWith(RedisStore.PREFIX)
        ? EntryKey.parse(text.substring(RedisStore.PREFIX.length()))
        : null;
  }
}
