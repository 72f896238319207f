// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;
import redis.embedded.core.ExecutableProvider;

/** A real Redis on a port of its own: the one that is installed, or else one that comes with us. */
final class RedisServer implements AutoCloseable {

  private static final String PROGRAM = program();

  private final Path directory;
  private final int port;
  private final List<String> options;
  private Process process;

  RedisServer(Path directory, String... options) throws IOException {
    this.directory = directory;
    this.options = List.of(options);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    start();
  }

  private static String program() {
    for (String place : System.getenv("PATH").split(File.pathSeparator)) {
      Path program = Path.of(place, "redis-server");
      if (Files.isExecutable(program)) {
        return program.toString();
      }
    }
    try {
      return ExecutableProvider.newJarResourceProvider().get().getPath();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  void start() throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(PROGRAM, "--port", "" + port, "--bind", "127.0.0.1"));
    command.addAll(List.of("--save", "", "--appendonly", "no", "--dir", directory.toString()));
    command.addAll(options);
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("redis.log").toFile())
            .start();
    await().atMost(60, TimeUnit.SECONDS).pollInterval(20, TimeUnit.MILLISECONDS).until(this::isUp);
  }

  private boolean isUp() {
    assertThat(process.isAlive()).as("redis-server runs").isTrue();
    try (Connection connection = new Connection("127.0.0.1", port)) {
      connection.sendCommand(Command.PING);
      connection.getOne();
      return true;
    } catch (JedisException e) {
      return String.valueOf(e.getMessage()).startsWith("NOAUTH");
    }
  }

  String url() {
    return "redis://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  /** What a command replies. */
  Object run(String command, String... arguments) {
    try (Connection connection = new Connection("127.0.0.1", port)) {
      connection.sendCommand(Command.valueOf(command), arguments);
      return connection.getOne();
    }
  }

  /** Status and bytes as text. */
  String text(String command, String... arguments) {
    Object reply = run(command, arguments);
    return reply instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "" + reply;
  }

  /** Keeps it from running on, with all connections open. */
  void pause() throws Exception {
    signal("-STOP");
  }

  void resume() throws Exception {
    signal("-CONT");
  }

  private void signal(String signal) throws Exception {
    assertThat(new ProcessBuilder("kill", signal, "" + process.pid()).start().waitFor()).isZero();
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
