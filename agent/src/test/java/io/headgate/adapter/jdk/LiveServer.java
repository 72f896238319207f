// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server whose answers a test writes byte by byte, and that knows when the client is gone. */
final class LiveServer implements AutoCloseable {

  private final ServerSocket listener;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  final List<String> requests = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> gone = new LinkedBlockingQueue<>();
  private volatile Script script = (number, out) -> out.write(answer(200, "fine"));

  /** What to answer. After it returns, the connection goes on. */
  interface Script {
    void answer(int number, Out out) throws Exception;
  }

  /** Where the answer goes. */
  static final class Out {
    private final OutputStream stream;

    Out(OutputStream stream) {
      this.stream = stream;
    }

    void write(String text) throws IOException {
      stream.write(text.getBytes(StandardCharsets.UTF_8));
      stream.flush();
    }

    /** The head of an answer of unknown length. */
    void head(int status) throws IOException {
      write("HTTP/1.1 " + status + " X\r\nTransfer-Encoding: chunked\r\nX-A: server\r\n\r\n");
    }

    void chunk(String text) throws IOException {
      write(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
    }

    void end() throws IOException {
      write("0\r\n\r\n");
    }
  }

  LiveServer() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "live-server");
    thread.setDaemon(true);
    thread.start();
  }

  static String answer(int status, String body) {
    return "HTTP/1.1 "
        + status
        + " X\r\nContent-Length: "
        + body.length()
        + "\r\nX-A: server\r\n\r\n"
        + body;
  }

  LiveServer script(Script newScript) {
    script = newScript;
    return this;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
  }

  /** The next request, once it is there. */
  String awaitRequest() throws InterruptedException {
    return found(arrived.poll(20, TimeUnit.SECONDS));
  }

  /** Until the client has left a connection. */
  void awaitGone() throws InterruptedException {
    found(gone.poll(20, TimeUnit.SECONDS));
  }

  private static String found(String value) {
    if (value == null) {
      throw new AssertionError("it never came");
    }
    return value;
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
      InputStream in = new BufferedInputStream(socket.getInputStream());
      Out out = new Out(socket.getOutputStream());
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("content-length: ");
        int length =
            at < 0 ? 0 : Integer.parseInt(lower.substring(at + 16, lower.indexOf('\r', at)).trim());
        String request = head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
        requests.add(request);
        arrived.add(request);
        script.answer(requests.size(), out);
      }
      gone.add("at an end");
    } catch (Exception e) {
      gone.add(e.toString());
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int last = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      bytes.write(b);
      last = last << 8 | b;
      if (last == 0x0d0a0d0a) {
        return bytes.toString(StandardCharsets.UTF_8);
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
