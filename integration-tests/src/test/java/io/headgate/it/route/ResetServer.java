// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.route;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Resets every connection before a byte is read from it. */
final class ResetServer implements AutoCloseable {

  private final ServerSocket socket = new ServerSocket(0, 256, InetAddress.getByName("127.0.0.1"));
  private final AtomicInteger accepted = new AtomicInteger();

  ResetServer() throws IOException {
    Thread thread = new Thread(this::accept, "reset-server");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  /** How many connections there were. */
  int accepted() {
    return accepted.get();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        accepted.incrementAndGet();
        connection.setSoLinger(true, 0);
      } catch (IOException e) {
        // Closed, by the client or as a whole.
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
