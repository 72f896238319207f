// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.route;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A connection on which a request has come in: what can be done to its client. */
final class Wire {

  private static final long PATIENCE_SECONDS = 10;

  private final Socket socket;
  private final CountDownLatch contentSeen;
  private final OutputStream out;

  /**
   * @param contentSeen opened when the app says that it has the first content
   */
  Wire(Socket socket, CountDownLatch contentSeen) throws IOException {
    this.socket = socket;
    this.contentSeen = contentSeen;
    this.out = socket.getOutputStream();
  }

  /** Says this, as it is. */
  void raw(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /**
   * A whole answer.
   *
   * @param fields further ones, each ending with a line end
   */
  void answer(int status, String type, String fields, String body) throws IOException {
    raw(head(status, type, "Content-Length: " + length(body) + "\r\n" + fields) + body);
  }

  /** The head of an answer that comes in chunks. */
  void streamHead() throws IOException {
    raw(head(200, "text/event-stream", "Transfer-Encoding: chunked\r\n"));
  }

  void chunk(String text) throws IOException {
    raw(Integer.toHexString(length(text)) + "\r\n" + text + "\r\n");
  }

  void lastChunk() throws IOException {
    raw("0\r\n\r\n");
  }

  /** Every connection is for one request: what a client does about stale ones is not the matter. */
  static String head(int status, String type, String fields) {
    return "HTTP/1.1 %d Status\r\nContent-Type: %s\r\n%sConnection: close\r\n\r\n"
        .formatted(status, type, fields);
  }

  private static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Ends the connection by a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Goes on when the app has seen the first content. */
  void awaitContentSeen() throws InterruptedException, IOException {
    if (!contentSeen.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("the app has seen nothing");
    }
  }

  /** Says nothing more, until the client closes. */
  void hang() throws IOException {
    InputStream in = socket.getInputStream();
    while (in.read() >= 0) {
      // Whatever comes, no answer is given.
    }
  }

  /** Says this over and over, slowly, until the client closes. */
  void drip(String text) throws IOException, InterruptedException {
    while (true) {
      raw(text);
      TimeUnit.MILLISECONDS.sleep(40);
    }
  }
}
