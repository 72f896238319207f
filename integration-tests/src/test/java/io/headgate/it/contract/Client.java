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

  /** A call to make; a null body means GET. */
  record Call(String url, byte[] body, Framing framing, Duration timeout) {
    static Call get(String url) {
      return new Call(url, null, Framing.FIXED, null);
    }

    static Call post(String url, byte[] body) {
      return new Call(url, body, Framing.FIXED, null);
    }

    Call framed(Framing how) {
      return new Call(url, body, how, timeout);
    }

    Call within(Duration limit) {
      return new Call(url, body, framing, limit);
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

  @Override
  default void close() throws Exception {}
}
