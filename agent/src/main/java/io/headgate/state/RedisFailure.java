// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.io.IOException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisDataException;

/** A command came to nothing. */
final class RedisFailure extends IOException {
  private static final long serialVersionUID = 1;

  private final RedisTrouble trouble;

  /** Without a cause and a stack: what is needed of them is in the trouble, the rest is noise. */
  RedisFailure(RedisUrl url, RedisTrouble trouble) {
    super("Redis at " + url + " " + trouble.words);
    this.trouble = trouble;
  }

  RedisTrouble trouble() {
    return trouble;
  }

  /** Of anything that using a client has thrown. */
  static RedisFailure of(RedisUrl url, Throwable thrown) {
    return new RedisFailure(url, trouble(thrown));
  }

  private static RedisTrouble trouble(Throwable thrown) {
    if (thrown instanceof JedisDataException) {
      return RedisTrouble.ofReply(String.valueOf(thrown.getMessage()));
    }
    if (thrown instanceof RedisReply.GarbageException) {
      return RedisTrouble.GARBAGE;
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return RedisTrouble.TLS;
      }
    }
    if (thrown instanceof RedisSocket.UnreachableException) {
      return RedisTrouble.UNREACHABLE;
    }
    return thrown.getCause() instanceof SocketTimeoutException
        ? RedisTrouble.SLOW
        : RedisTrouble.CLOSED;
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
