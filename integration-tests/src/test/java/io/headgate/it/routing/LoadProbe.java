// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.routing;

import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Eight threads that call one after the other until there is a line to read. */
final class LoadProbe {

  private static final String BODY =
      "{\"model\":\"smart\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello?\"}]}";

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  public static void main(String[] args) throws Exception {
    new LoadProbe().run();
    System.exit(0);
  }

  private void run() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    AppClient[] clients = AppClient.values();
    for (int i = 0; i < 8; i++) {
      AppClient client = clients[i % clients.length];
      threads.execute(() -> callOn(client));
    }
    System.out.println("ready");
    int unused = System.in.read();
    over.set(true);
    threads.shutdown();
    System.out.println("ended " + threads.awaitTermination(30, TimeUnit.SECONDS));
    System.out.println((calls.get() > 100) + " failed " + failed.get());
  }

  private void callOn(AppClient client) {
    while (!over.get()) {
      calls.incrementAndGet();
      try {
        AppClient.Answer answer =
            client.post(
                "https://api.openai.com/v1/chat/completions",
                Map.of("authorization", "Bearer sk-app"),
                BODY);
        if (answer.status() != 200 || !answer.body().contains("\"smart\"")) {
          report("status " + answer.status() + " " + answer.body());
        }
      } catch (Exception e) {
        report(e.toString());
      }
    }
  }

  private void report(String what) {
    if (failed.incrementAndGet() <= 5) {
      System.out.println("failed: " + what);
    }
  }
}
