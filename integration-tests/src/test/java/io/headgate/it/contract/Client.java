// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One way in which applications make HTTP calls. What it reports must not depend on the agent. */
public interface Client extends AutoCloseable {

  /** How the request's body is framed. */
  enum Framing {
    FIXED,
    /** Length unknown beforehand. */
    CHUNKED,
    /** Can be read once only. */
    ONE_SHOT
  }

  /**
   * A call to make; a null body means GET, a null timeout the client's own.
   *
   * @param proxy port of an HTTP proxy on 127.0.0.1 to go through; 0 for none. A client that cannot
   *     throws {@link UnsupportedOperationException}
   */
  record Call(String url, byte[] body, Framing framing, Duration timeout, int proxy) {
    static Call get(String url) {
      return new Call(url, null, Framing.FIXED, null, 0);
    }

    static Call post(String url, byte[] body) {
      return new Call(url, body, Framing.FIXED, null, 0);
    }

    Call framed(Framing how) {
      return new Call(url, body, how, timeout, proxy);
    }

    Call within(Duration limit) {
      return new Call(url, body, framing, limit, proxy);
    }

    Call through(int port) {
      return new Call(url, body, framing, timeout, port);
    }
  }

  /** What the app got. */
  record Reply(int status, Map<String, List<String>> headers, byte[] body) {}

  /** Reads the whole answer. */
  Reply call(Call call) throws Exception;

  /** Reads the answer as it comes, telling of each piece. */
  Reply stream(Call call, Consumer<byte[]> onChunk) throws Exception;

  /** Reads the first piece of the answer and closes. */
  void abandon(Call call) throws Exception;

  /**
   * Starts the call, waits until it is on its way, and gives it up by the client's own means.
   *
   * @param sent returns when the server has the request
   * @return what the app sees of it
   */
  String cancel(Call call, Sent sent) throws Exception;

  /** Waits until the server has the request. */
  interface Sent {
    void await() throws Exception;
  }

  /** Whether only {@link #stream} and {@link #abandon} are this client's own. */
  default boolean streamsOnly() {
    return false;
  }

  /** Whether the first piece of an answer can be had before the last one is there. */
  default boolean flows() {
    return true;
  }

  /** Whether {@link #stream} reads on the thread that calls it, always. */
  default boolean readsOnCallersThread() {
    return false;
  }

  /**
   * Whether the connection of a call that is {@linkplain #cancel given up} is closed, always; if
   * not, there is nothing to compare.
   */
  default boolean cancelCloses() {
    return true;
  }

  @Override
  default void close() throws Exception {}
}
