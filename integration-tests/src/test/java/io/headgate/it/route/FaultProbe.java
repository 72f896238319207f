// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.route;

import io.headgate.it.contract.JdkAsyncClient;
import io.headgate.it.contract.JdkSendClient;
import io.headgate.it.contract.OkHttpEnqueueClient;
import io.headgate.it.contract.OkHttpExecuteClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes the calls of a file with one client after the other, some at a time, and prints what it
 * saw, a line each. Then says {@code END} and waits for a line before it goes.
 */
public final class FaultProbe {

  /** Most of a call is waiting for a timer, if it is anything. */
  private static final int THREADS = 4;

  private FaultProbe() {}

  /**
   * Arguments: the clients' names, with commas between; the file with the cases; the URL that
   * stands for the provider's; and the port to tell of first contents.
   */
  public static void main(String[] arguments) throws Exception {
    List<String> cases = Files.readAllLines(Path.of(arguments[1]));
    int port = Integer.parseInt(arguments[3]);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    for (String name : arguments[0].split(",")) {
      App app = app(name, arguments[2], port);
      List<Future<?>> calls = new ArrayList<>();
      for (String line : cases) {
        FaultCase asked = FaultCase.parse(line);
        if (asked.client().equals(name)) {
          calls.add(threads.submit(() -> ask(app, asked, port)));
        }
        if (calls.size() == 1) {
          calls.get(0).get(); // The first call loads the classes of the client.
        }
      }
      for (Future<?> call : calls) {
        call.get();
      }
    }
    System.out.println("END");
    System.in.read();
    System.exit(0);
  }

  private static void ask(App app, FaultCase asked, int port) {
    Saw saw = new Saw(() -> tellSeen(port, asked.toString()));
    try {
      app.ask(asked, saw);
    } catch (Exception e) {
      saw.threw(e);
    }
    System.out.println("CASE " + asked + saw.line());
  }

  private static void tellSeen(int port, String id) {
    try {
      FaultServer.tellSeen(port, id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static App app(String name, String base, int port) {
    return switch (name) {
      case "jdk-send" -> new RawApp(new JdkSendClient(), base, port);
      case "jdk-async" -> new RawApp(new JdkAsyncClient(), base, port);
      case "okhttp-execute" -> new RawApp(new OkHttpExecuteClient(), base, port);
      case "okhttp-enqueue" -> new RawApp(new OkHttpEnqueueClient(), base, port);
      case "openai" -> openai(base);
      case "anthropic" -> anthropic(base);
      case "webclient" -> webClient(base);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static App openai(String base) {
    return new OpenAiApp(base);
  }

  private static App anthropic(String base) {
    return new AnthropicApp(base);
  }

  private static App webClient(String base) {
    return new WebClientApp(base);
  }
}
