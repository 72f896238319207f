// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import io.headgate.it.WireRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP/1.1 server on raw sockets: it sees the very bytes a client sends, and can misbehave in
 * ways no HTTP server would. What it does is chosen by the last segment of the path.
 */
final class ScriptedServer implements AutoCloseable {

  final BlockingQueue<WireRequest> seen = new LinkedBlockingQueue<>();
  final AtomicInteger open = new AtomicInteger();
  final BlockingQueue<String> closedByClient = new LinkedBlockingQueue<>();
  volatile CountDownLatch gate = new CountDownLatch(0);
  private final ServerSocket socket;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "scripted-server");
            thread.setDaemon(true);
            return thread;
          });

  ScriptedServer(int port) throws IOException {
    socket = new ServerSocket(port, 256, InetAddress.getByName("127.0.0.1"));
    threads.execute(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        serve(connection, threads);
      } catch (IOException e) {
        return;
      }
    }
  }

  /** Unless the server has been closed in this very moment. */
  private void serve(Socket connection, Executor executor) throws IOException {
    try {
      executor.execute(() -> serve(connection));
    } catch (RejectedExecutionException e) {
      connection.close();
    }
  }

  private void serve(Socket connection) {
    open.incrementAndGet();
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = connection.getInputStream();
      OutputStream out = connection.getOutputStream();
      while (true) {
        WireRequest request = WireRequest.read(in, out);
        if (request == null) {
          return;
        }
        seen.add(request);
        if (!answer(request, connection, in, out)) {
          return;
        }
      }
    } catch (IOException | InterruptedException e) {
      // The client went away.
    } finally {
      open.decrementAndGet();
    }
  }

  /** Whether the connection stays open. */
  private boolean answer(WireRequest request, Socket connection, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    int at = request.line().indexOf("do=");
    String script = at < 0 ? "json" : request.line().substring(at + 3).split("[ &]")[0];
    switch (script) {
      case "json" -> plain(out, 200, "application/json", Answers.CHAT);
      case "gzip" -> plain(out, 200, "application/json\r\nContent-Encoding: gzip", Answers.GZIPPED);
      case "error" -> plain(out, 429, "application/json\r\nRetry-After: 1", Answers.ERROR);
      case "denied" ->
          out.write(
              ("HTTP/1.1 403 X\r\nContent-Type: application/json\r\nX-Should-Retry: false\r\n"
                      + "Content-Length: "
                      + Answers.DENIED.length()
                      + "\r\n\r\n"
                      + Answers.DENIED)
                  .getBytes(StandardCharsets.US_ASCII));
      case "server-error" -> plain(out, 500, "text/plain", "boom".getBytes(StandardCharsets.UTF_8));
      case "not-found" -> plain(out, 404, "application/json", Answers.ERROR);
      case "empty" -> plain(out, 200, "application/json", new byte[0]);
      case "no-content" ->
          out.write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      case "html" ->
          plain(out, 200, "text/html", "<html>hi</html>".getBytes(StandardCharsets.UTF_8));
      case "malformed" ->
          plain(out, 200, "application/json", "{\"a\":".getBytes(StandardCharsets.UTF_8));
      case "large" -> plain(out, 200, "application/json", Answers.LARGE);
      case "redirect" -> {
        out.write(
            ("HTTP/1.1 307 Temporary Redirect\r\nLocation: /v1/chat/completions?do=json\r\n"
                    + "Content-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
      }
      case "stream", "stream-cut", "stream-gated" -> {
        return stream(script, connection, in, out);
      }
      case "reset" -> {
        connection.setSoLinger(true, 0);
        return false;
      }
      case "short" -> {
        out.write(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return false;
      }
      case "hang" -> {
        awaitClose(in, "hang");
        return false;
      }
      default -> throw new IllegalArgumentException(script);
    }
    out.flush();
    return true;
  }

  private boolean stream(String script, Socket connection, InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    out.write(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    List<byte[]> events = new ArrayList<>(Answers.EVENTS);
    for (int i = 0; i < events.size(); i++) {
      if (i == 2 && script.equals("stream-cut")) {
        var unused = gate.await(5, TimeUnit.SECONDS); // No more, for clients that wait for the end.
        connection.setSoLinger(true, 0);
        return false;
      }
      if (i == 1 && script.equals("stream-gated")) {
        out.flush();
        gate.await();
      }
      out.write(
          (Integer.toHexString(events.get(i).length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(events.get(i));
      out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
    out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return true;
  }

  private void awaitClose(InputStream in, String script) {
    try {
      while (in.read() >= 0) {
        // Whatever comes, no answer is given.
      }
    } catch (IOException e) {
      // Reset is a way of closing, too.
    }
    closedByClient.add(script);
  }

  private static void plain(OutputStream out, int status, String type, byte[] body)
      throws IOException {
    out.write(
        ("HTTP/1.1 "
                + status
                + " X\r\nContent-Type: "
                + type
                + "\r\nContent-Length: "
                + body.length
                + "\r\nX-Request-Id: req_1\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    out.write(body);
  }

  private static void plain(OutputStream out, int status, String type, String body)
      throws IOException {
    plain(out, status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
