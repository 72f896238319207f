// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps values like a Redis, as long as a script does not have it misbehave. */
final class ScriptedRedis implements AutoCloseable {

  /** Deals with commands. */
  interface Script {
    /**
     * @param command its name and arguments; none right after a connection was made
     * @return whether it was dealt with
     */
    boolean on(List<String> command, Socket client) throws IOException;
  }

  /** Never replies to anything. */
  static final Script MUTE = (command, client) -> !command.isEmpty();

  private final ServerSocket server;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final Map<String, byte[]> values = new ConcurrentHashMap<>();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private volatile Script script = (command, client) -> false;

  ScriptedRedis() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "scripted-redis");
    thread.setDaemon(true);
    thread.start();
  }

  String url() {
    return "redis://127.0.0.1:" + server.getLocalPort();
  }

  void script(Script script) {
    this.script = script;
  }

  /** Replies the same to all commands of some names, to all if none is named. */
  void reply(String reply, String... commands) {
    script(
        (command, client) -> {
          if (command.isEmpty()
              || (commands.length > 0 && !Arrays.asList(commands).contains(command.get(0)))) {
            return false;
          }
          write(client, reply);
          return true;
        });
  }

  static void write(Socket client, String reply) throws IOException {
    client.getOutputStream().write(reply.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** All commands so far, arguments included. */
  List<String> seen() {
    return seen;
  }

  Map<String, byte[]> values() {
    return values;
  }

  /** Closes all connections, and takes new ones. */
  void hangUp() {
    for (Socket client : clients) {
      close(client);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        client.setTcpNoDelay(true);
        clients.add(client);
        start(() -> serve(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      if (script.on(List.of(), client)) {
        return;
      }
      InputStream in = new BufferedInputStream(client.getInputStream());
      while (true) {
        List<String> command = command(in);
        seen.add(String.join(" ", command));
        if (!script.on(command, client)) {
          obey(command, client.getOutputStream());
        }
      }
    } catch (IOException e) {
      // Over.
    } finally {
      clients.remove(client);
    }
  }

  private void obey(List<String> command, OutputStream out) throws IOException {
    switch (command.get(0)) {
      case "GETRANGE" -> {
        byte[] value = values.getOrDefault(command.get(1), new byte[0]);
        int to = Integer.parseInt(command.get(3));
        byte[] part = value.length > to + 1 ? Arrays.copyOf(value, to + 1) : value;
        out.write(("$" + part.length + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.write(part);
        out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
      }
      case "SET" -> {
        byte[] value = command.get(2).getBytes(StandardCharsets.ISO_8859_1);
        boolean done = !command.contains("NX") || values.putIfAbsent(command.get(1), value) == null;
        if (done) {
          values.put(command.get(1), value);
        }
        out.write((done ? "+OK\r\n" : "$-1\r\n").getBytes(StandardCharsets.ISO_8859_1));
      }
      case "AUTH", "SELECT" -> out.write("+OK\r\n".getBytes(StandardCharsets.ISO_8859_1));
      default -> out.write("-ERR unknown command\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private static List<String> command(InputStream in) throws IOException {
    int parts = Integer.parseInt(line(in).substring(1));
    List<String> command = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      byte[] part = in.readNBytes(Integer.parseInt(line(in).substring(1)));
      in.skipNBytes(2);
      command.add(new String(part, StandardCharsets.ISO_8859_1));
    }
    return command;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\r'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      line.append((char) next);
    }
    in.skipNBytes(1);
    return line.toString();
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    close(server);
    hangUp();
  }
}
