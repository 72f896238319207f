// SPDX-License-Identifier: Apache-2.0
package io.headgate.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback interface that nobody listens on. */
public final class Ports {

  // Below those that systems give to whoever does not ask for one (Linux: from 32,768), or a
  // connection that another test opens meanwhile could get the same.
  private static final int FIRST = 15_000;
  private static final int END = 32_000;

  private Ports() {}

  /** One that is free now, for a server that is told its port before it starts, or for none. */
  public static int free() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
        return port;
      } catch (IOException e) {
        // Somebody has it.
      }
    }
  }
}
