// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.route;

import io.headgate.it.WireRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A provider on raw sockets that does what its scripts say, one request a connection. Which script
 * is told by the prompt, which holds {@code case=ID;} and passes every gateway unchanged. An app
 * tells that it has seen the first content by a connection of its own that says {@code SEEN ID},
 * and waits for its request to come by one that says {@code AWAIT ID}: that is closed when it has.
 */
final class FaultServer implements AutoCloseable {

  /** What to do with a request. */
  interface Script {
    /**
     * Answers.
     *
     * @param id the case
     * @param number how many requests of the case there were, this one included
     */
    void run(String id, int number, Wire wire) throws IOException, InterruptedException;
  }

  private static final Pattern CASE = Pattern.compile("case=([a-z0-9.-]+);");
  private static final String SEEN = "SEEN ";
  private static final String AWAIT = "AWAIT ";

  private final ServerSocket socket = new ServerSocket(0, 256, InetAddress.getByName("127.0.0.1"));
  private final Script script;
  private final Map<String, List<WireRequest>> requests = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> seen = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> came = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "fault-server");
            thread.setDaemon(true);
            return thread;
          });

  FaultServer(Script script) throws IOException {
    this.script = script;
    threads.execute(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** The requests of a case, in order. */
  List<WireRequest> requests(String id) {
    return requests.getOrDefault(id, List.of());
  }

  Map<String, List<WireRequest>> requests() {
    return requests;
  }

  /** How many connections are open. */
  int open() {
    return open.get();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        open.incrementAndGet();
        threads.execute(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = connection.getInputStream();
      WireRequest request = WireRequest.read(in, connection.getOutputStream());
      if (request == null) {
        return;
      }
      if (request.line().startsWith(SEEN)) {
        seen(request.line().substring(SEEN.length())).countDown();
        return;
      }
      if (request.line().startsWith(AWAIT)) {
        came(request.line().substring(AWAIT.length())).await();
        return;
      }
      Matcher prompt = CASE.matcher(request.text());
      String id = prompt.find() ? prompt.group(1) : "none";
      List<WireRequest> before = requests.computeIfAbsent(id, any -> new CopyOnWriteArrayList<>());
      before.add(request);
      came(id).countDown();
      script.run(id, before.size(), new Wire(connection, seen(id)));
    } catch (IOException | InterruptedException e) {
      // The client went away.
    } finally {
      open.decrementAndGet();
    }
  }

  private CountDownLatch seen(String id) {
    return seen.computeIfAbsent(id, any -> new CountDownLatch(1));
  }

  private CountDownLatch came(String id) {
    return came.computeIfAbsent(id, any -> new CountDownLatch(1));
  }

  /** Tells a server that the app has seen the first content of a case. */
  static void tellSeen(int port, String id) throws IOException {
    say(port, SEEN + id);
  }

  /** Waits until a server has a request of a case. */
  static void awaitRequest(int port, String id) throws IOException {
    say(port, AWAIT + id);
  }

  private static void say(int port, String line) throws IOException {
    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
      Wire wire = new Wire(socket, new CountDownLatch(0));
      wire.raw(line + "\r\n\r\n");
      wire.hang();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
