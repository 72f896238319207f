// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

/**
 * One connection, used by one thread at a time; {@link #cut} is for all. Every failure is a {@link
 * RedisFailure}; one that is no error reply leaves the link broken.
 */
final class RedisLink implements Closeable {

  /** The client, with replies read by our reader. */
  private static final class Wire extends Connection {
    Wire(RedisSocket socket) {
      super(socket);
    }

    @Override
    protected @Nullable Object protocolRead(RedisInputStream in) {
      return RedisReply.read(in);
    }

    @Override
    public void flush() {
      super.flush();
    }
  }

  private final RedisUrl url;
  private final RedisSocket socket;
  private final Wire wire;
  private boolean broken;
  private volatile boolean cut;

  /**
   * Not open yet.
   *
   * @param connectMillis how long to connect may take, and each reply while logging in
   */
  RedisLink(RedisUrl url, int connectMillis) {
    this.url = url;
    this.socket = new RedisSocket(url, connectMillis, connectMillis);
    this.wire = new Wire(socket);
  }

  /** Connects, logs in, selects the database. */
  void open() throws RedisFailure {
    try {
      wire.connect();
      String password = url.password();
      String user = url.user();
      if (password != null) {
        if (user == null) {
          wire.sendCommand(Command.AUTH, bytes(password));
        } else {
          wire.sendCommand(Command.AUTH, bytes(user), bytes(password));
        }
        wire.getOne();
      }
      if (url.database() > 0) {
        wire.sendCommand(Command.SELECT, bytes(Integer.toString(url.database())));
        wire.getOne();
      }
    } catch (Throwable t) {
      broken = true;
      throw failure(t);
    }
  }

  /** Sends a command and reads its reply, waiting for each part of it this long. */
  @Nullable Object call(int millis, Command command, byte[]... arguments) throws RedisFailure {
    try {
      wire.setSoTimeout(Math.max(1, millis));
      wire.sendCommand(command, arguments);
      return wire.getOne();
    } catch (Throwable t) {
      throw failure(t);
    }
  }

  /** A command whose reply is bytes; null if it is none. */
  byte @Nullable [] callForBytes(int millis, Command command, byte[]... arguments)
      throws RedisFailure {
    Object reply = call(millis, command, arguments);
    if (reply != null && !(reply instanceof byte[])) {
      throw garbage();
    }
    return (byte[]) reply;
  }

  long callForNumber(int millis, Command command, byte[]... arguments) throws RedisFailure {
    if (call(millis, command, arguments) instanceof Long number) {
      return number;
    }
    throw garbage();
  }

  /**
   * Sends the same command with each of several arguments, then reads the replies.
   *
   * @return what came for each: bytes, or null if it was an error or nothing
   */
  List<byte @Nullable []> callEach(int millis, Command command, List<byte[][]> arguments)
      throws RedisFailure {
    List<byte @Nullable []> bytes = new ArrayList<>(arguments.size());
    for (Object reply : each(millis, command, arguments)) {
      bytes.add(reply instanceof byte[] some ? some : null);
    }
    return bytes;
  }

  /**
   * The same for commands that are answered by a number.
   *
   * @return what came for each; -1 for anything else
   */
  List<Long> callEachForNumber(int millis, Command command, List<byte[][]> arguments)
      throws RedisFailure {
    List<Long> numbers = new ArrayList<>(arguments.size());
    for (Object reply : each(millis, command, arguments)) {
      numbers.add(reply instanceof Long number ? number : -1L);
    }
    return numbers;
  }

  private List<@Nullable Object> each(int millis, Command command, List<byte[][]> arguments)
      throws RedisFailure {
    List<@Nullable Object> replies = new ArrayList<>(arguments.size());
    try {
      wire.setSoTimeout(Math.max(1, millis));
      for (byte[][] each : arguments) {
        wire.sendCommand(command, each);
      }
      wire.flush();
      for (int i = 0; i < arguments.size(); i++) {
        replies.add(oneOfMany());
      }
      return replies;
    } catch (Throwable t) {
      throw failure(t);
    }
  }

  private @Nullable Object oneOfMany() {
    try {
      return wire.getOne();
    } catch (JedisDataException e) {
      if (RedisTrouble.ofReply(String.valueOf(e.getMessage())) == RedisTrouble.ONE_KEY) {
        return null;
      }
      // Replies to the others are still to come, and nobody will read them.
      broken = true;
      throw e;
    }
  }

  /** A reply of a kind that this command does not have: no telling whose it was. */
  RedisFailure garbage() {
    broken = true;
    return failure(RedisTrouble.GARBAGE);
  }

  RedisFailure failure(RedisTrouble trouble) {
    return new RedisFailure(url, trouble);
  }

  boolean broken() {
    return broken || cut;
  }

  /** On any thread, at once: whoever waits for a reply fails. */
  void cut() {
    cut = true;
    socket.cut();
  }

  @Override
  public void close() {
    cut();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Whatever was thrown: this runs on a thread of ours, for whom there is nothing worse to do. */
  private RedisFailure failure(Throwable thrown) {
    broken |= !(thrown instanceof JedisDataException);
    return cut && !(thrown instanceof JedisDataException)
        ? new RedisFailure(url, RedisTrouble.SLOW)
        : RedisFailure.of(url, thrown);
  }
}
