// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Answers each path with canned bytes and keeps what it was sent, byte for byte. */
final class RawServer implements AutoCloseable {

  /** As an answer: the connection is reset. */
  static final String RESET = "reset";

  /** As an answer: nothing comes. */
  static final String SILENCE = "silence";

  private final ServerSocket listener;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  RawServer() throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
  }

  RawServer(ServerSocket listener) {
    this.listener = listener;
    start(this::accept);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** A port where nobody listens, below the range from which others are given theirs. */
  static int unusedPort() throws IOException {
    for (int port = 20_000; port < 30_000; port++) {
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (BindException e) {
        // The next one, then.
      }
    }
    throw new IOException("no unused port");
  }

  /** Latin-1 bytes of a whole answer; one that lacks a length also closes. */
  RawServer answer(String path, String bytes) {
    answers.put(path, bytes);
    return this;
  }

  int port() {
    return listener.getLocalPort();
  }

  String base() {
    return "http://127.0.0.1:" + port();
  }

  List<String> requests() {
    return List.copyOf(requests);
  }

  int connections() {
    return sockets.size();
  }

  /** How many connections the client has not closed. */
  int open() {
    return (int) sockets.stream().filter(socket -> !socket.isClosed()).count();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        start(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      String head = readUntil(in, "\r\n\r\n");
      while (!head.isEmpty()) {
        String path = head.split(" ")[1];
        int query = path.indexOf('?');
        String answer = answers.get(query < 0 ? path : path.substring(0, query));
        String body = body(in, head);
        if (body == null) {
          return;
        }
        requests.add(head + body);
        if (answer == null || answer.equals(RESET)) {
          socket.setSoLinger(true, 0);
          return;
        }
        if (answer.equals(SILENCE)) {
          in.read();
          return;
        }
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        if (!answer.contains("Content-Length") && !answer.contains("chunked")) {
          return;
        }
        if (answer.contains("Connection: close")) {
          return;
        }
        head = readUntil(in, "\r\n\r\n");
      }
    } catch (IOException e) {
      // The client went away.
    }
  }

  /** Null if the client left before the end. */
  private static @Nullable String body(InputStream in, String head) throws IOException {
    String lower = head.toLowerCase(Locale.ROOT);
    int length = lower.indexOf("content-length: ");
    if (length >= 0) {
      String number = lower.substring(length + 16, lower.indexOf('\r', length));
      int expected = Integer.parseInt(number.trim());
      byte[] body = in.readNBytes(expected);
      return body.length < expected ? null : new String(body, StandardCharsets.ISO_8859_1);
    }
    return lower.contains("transfer-encoding: chunked") ? readUntil(in, "0\r\n\r\n") : "";
  }

  private static String readUntil(InputStream in, String end) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int matched = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      bytes.write(b);
      matched = b == end.charAt(matched) ? matched + 1 : b == end.charAt(0) ? 1 : 0;
      if (matched == end.length()) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
      }
    }
    return "";
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
