// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.coexist;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Makes calls on virtual threads, half of them with the JDK's client, half with OkHttp, while a
 * recording notes which threads are pinned. Arguments: the URL, the number of threads, the file.
 */
public final class VirtualThreadsProbe {

  private static final String BODY =
      "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello?\"}]}";

  /** So many are under way at once; the others wait, since the server is a small one. */
  private static final int AT_ONCE = 64;

  private VirtualThreadsProbe() {}

  public static void main(String[] arguments) throws Exception {
    String url = arguments[0];
    int count = Integer.parseInt(arguments[1]);
    HttpClient jdk = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    OkHttpClient okhttp =
        new OkHttpClient.Builder()
            .connectionPool(new ConnectionPool(AT_ONCE, 1, TimeUnit.MINUTES))
            .build();
    Callable<Integer> first = () -> post(jdk, url);
    Callable<Integer> second = () -> post(okhttp, url);
    ExecutorService one = virtualThreads();
    warmPoller(one);
    System.out.println("warm " + one.submit(first).get() + " " + one.submit(second).get());

    Semaphore places = new Semaphore(AT_ONCE);
    AtomicInteger[] answered = {new AtomicInteger(), new AtomicInteger()};
    Map<String, Integer> failures = new TreeMap<>();
    try (Recording recording = new Recording()) {
      recording.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
      recording.start();
      ExecutorService threads = virtualThreads();
      for (int i = 0; i < count; i++) {
        int kind = i % 2;
        threads.execute(
            () -> {
              places.acquireUninterruptibly();
              try {
                int status = kind == 0 ? first.call() : second.call();
                if (status == 200) {
                  answered[kind].incrementAndGet();
                }
              } catch (Exception e) {
                synchronized (failures) {
                  failures.merge(e.toString(), 1, Integer::sum);
                }
              } finally {
                places.release();
              }
            });
      }
      threads.shutdown();
      boolean over = threads.awaitTermination(120, TimeUnit.SECONDS);
      recording.stop();
      recording.dump(Path.of(arguments[2]));
      System.out.println("over " + over + " " + answered[0] + " " + answered[1] + " " + failures);
    }
    System.exit(0);
  }

  /**
   * The JDK initialises what parks virtual threads on sockets when the first of them parks there;
   * others that do meanwhile are pinned, whoever called.
   */
  private static void warmPoller(ExecutorService threads) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Thread> waiting = new CompletableFuture<>();
      Future<?> accepted =
          threads.submit(
              () -> {
                waiting.complete(Thread.currentThread());
                server.accept().close();
                return null;
              });
      while (waiting.get().getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      new Socket(server.getInetAddress(), server.getLocalPort()).close();
      accepted.get();
    }
  }

  /** By reflection: these tests are compiled for Java 17. */
  private static ExecutorService virtualThreads() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  private static int post(HttpClient client, String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("content-type", "application/json")
            .header("authorization", "Bearer sk-app")
            .POST(HttpRequest.BodyPublishers.ofString(BODY))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private static int post(OkHttpClient client, String url) throws Exception {
    Request request =
        new Request.Builder()
            .url(url)
            .header("Authorization", "Bearer sk-app")
            .post(RequestBody.create(BODY, MediaType.parse("application/json")))
            .build();
    try (Response response = client.newCall(request).execute()) {
      response.body().bytes();
      return response.code();
    }
  }
}
