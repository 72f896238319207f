// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench.peer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * An LLM host, another host and a collector on loopback, which read as little of a request as HTTP
 * allows and answer from memory: they share the processors with what is measured. HTTP/1.1, a
 * thread per connection, as long as standard input is open.
 *
 * <ul>
 *   <li>{@code /v1/chat/completions}: a completion of 1 KB; for a request with {@code
 *       "stream":true} 200 chunks, written one by one
 *   <li>the same at the paced host: ten chunks, one every 2 ms
 *   <li>{@code /other}: 1 KB of JSON; {@code /v1/traces} and the like: swallowed
 *   <li>{@code /served}: how many completions and streams it has given so far
 * </ul>
 */
public final class CannedHost {

  private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private static final LongAdder SERVED = new LongAdder();

  private CannedHost() {}

  /** What a stream of 200 chunks is on the wire, in bytes. */
  public static long streamBytes() {
    return Canned.STREAM.stream().mapToLong(piece -> piece.length).sum();
  }

  /** Prints the ports of the LLM host, the other host and the paced LLM host. */
  public static void main(String[] args) throws IOException {
    System.out.println(listen(false) + " " + listen(false) + " " + listen(true));
    while (System.in.read() >= 0) {
      // Until whoever started us is gone.
    }
    System.exit(0);
  }

  private static int listen(boolean paced) throws IOException {
    ServerSocket server = new ServerSocket();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    start(() -> accept(server, paced));
    return server.getLocalPort();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }

  private static void accept(ServerSocket server, boolean paced) {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        start(() -> serve(socket, paced));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void serve(Socket socket, boolean paced) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
      OutputStream out = socket.getOutputStream();
      while (answer(in, out, paced)) {
        // The next one on this connection.
      }
    } catch (IOException e) {
      // The application hung up, as it may.
    }
  }

  private static boolean answer(InputStream in, OutputStream out, boolean paced)
      throws IOException {
    String request = line(in);
    if (request.isEmpty()) {
      return false;
    }
    int length = 0;
    boolean chunked = false;
    for (String field = line(in); !field.isEmpty(); field = line(in)) {
      String lower = field.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      } else if (lower.startsWith("transfer-encoding:")) {
        chunked = lower.contains("chunked");
      }
    }
    byte[] body = chunked ? chunks(in) : in.readNBytes(length);
    if (paced) {
      write(out, Canned.SHORT_STREAM, PACE_NANOS);
    } else if (request.contains("/chat/completions ")) {
      SERVED.increment();
      if (asksForStream(body)) {
        write(out, Canned.STREAM, 0);
      } else {
        out.write(Canned.COMPLETION);
      }
    } else if (request.contains(" /served ")) {
      out.write(Canned.text(Long.toString(SERVED.sum())));
    } else {
      out.write(request.contains(" /other ") ? Canned.OTHER : Canned.CONFIRMED);
    }
    return true;
  }

  private static void write(OutputStream out, List<byte[]> pieces, long pause) throws IOException {
    long due = System.nanoTime();
    for (byte[] piece : pieces) {
      for (long left = due - System.nanoTime(); pause > 0 && left > 0; ) {
        LockSupport.parkNanos(left);
        left = due - System.nanoTime();
      }
      out.write(piece);
      due += pause;
    }
  }

  private static boolean asksForStream(byte[] body) {
    return new String(body, ISO_8859_1).contains("\"stream\":true");
  }

  private static byte[] chunks(InputStream in) throws IOException {
    byte[] last = {};
    for (int size = size(in); size > 0; size = size(in)) {
      last = in.readNBytes(size);
      line(in);
    }
    line(in);
    return last;
  }

  private static int size(InputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  /** A line without its end; empty at the end of the connection, too. */
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        if (line.length() > 0) {
          throw new EOFException();
        }
        return "";
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
