// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ForkedJvm;
import io.headgate.it.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A collector that does not do its part must not be noticed by the app, at its end neither. */
class ExitIT {

  /** Far more than it takes, far less than an exporter that waits for its timeouts. */
  private static final Duration BOUND = Duration.ofSeconds(9);

  @TempDir Path dir;

  @Test
  void collectorThatNeverAnswersHoldsNothingUp() throws Exception {
    try (Mute collector = new Mute()) {
      endsInTime(collector.url());
      assertThat(collector.connections).as("connections of the exporter").isNotEmpty();
    }
  }

  @Test
  void collectorThatIsNotThereHoldsNothingUp() throws Exception {
    endsInTime("http://127.0.0.1:" + Ports.free());
  }

  private void endsInTime(String collector) throws Exception {
    try (Hosts hosts = new Hosts()) {
      String url = hosts.url();
      long start = System.nanoTime();

      ForkedJvm.Result result =
          ForkedJvm.java()
              .agent("config=" + Hosts.observeIn(dir))
              .exportingTo(collector)
              .main(Probe.class, "jdk=" + url, "okhttp=" + url, "url=" + url)
              .run()
              .orThrow();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
      assertThat(result.out().lines()).containsExactly("jdk 200", "okhttp 200", "url 200");
      assertThat(result.err().lines().count()).as(result.err()).isLessThanOrEqualTo(1);
      hosts.assertUntouched(3);
    }
  }

  /** Accepts, and says nothing. */
  private static final class Mute implements AutoCloseable {
    final Queue<Socket> connections = new ConcurrentLinkedQueue<>();
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    Mute() throws IOException {
      Thread thread = new Thread(this::accept, "mute");
      thread.setDaemon(true);
      thread.start();
    }

    String url() {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }

    private void accept() {
      try {
        while (true) {
          connections.add(socket.accept());
        }
      } catch (IOException e) {
        // Closed.
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
      for (Socket connection : connections) {
        connection.close();
      }
    }
  }
}
