// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headgate.it.Ports;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The Redis that is installed here, on a port of its own. */
final class RedisProcess implements AutoCloseable {

  private final Path directory;
  private final int port;
  private final List<String> options;
  private Process process;

  RedisProcess(Path directory, String... options) throws IOException {
    this.directory = directory;
    this.options = List.of(options);
    port = Ports.free();
    start();
  }

  /** Whether there is one. */
  static boolean installed() {
    return program() != null;
  }

  private static Path program() {
    for (String place : System.getenv("PATH").split(File.pathSeparator)) {
      Path program = Path.of(place, "redis-server");
      if (Files.isExecutable(program)) {
        return program;
      }
    }
    return null;
  }

  void start() throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(program().toString(), "--port", "" + port, "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--appendonly", "no", "--dir", directory.toString()));
    command.addAll(options);
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("redis.log").toFile())
            .start();
    await().atMost(Duration.ofSeconds(60)).until(this::isUp);
  }

  private boolean isUp() {
    assertThat(process.isAlive()).as("redis-server runs").isTrue();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] reply = socket.getInputStream().readNBytes(5);
      String text = new String(reply, StandardCharsets.US_ASCII);
      return text.equals("+PONG") || text.equals("-NOAU");
    } catch (IOException e) {
      return false;
    }
  }

  int port() {
    return port;
  }

  /** Ends it; what it had is gone. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
