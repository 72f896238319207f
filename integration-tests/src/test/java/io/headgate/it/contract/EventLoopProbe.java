// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.HttpComponentsClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.JettyClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/**
 * Makes calls with {@code WebClient} on threads that must not block, watched by BlockHound, and
 * prints what blocked one of them. Knows nothing of the agent.
 */
public final class EventLoopProbe {

  private static final List<Throwable> BLOCKED = new CopyOnWriteArrayList<>();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private EventLoopProbe() {}

  public static void main(String[] arguments) throws Exception {
    watch();
    Mono.fromRunnable(EventLoopProbe::sleep).subscribeOn(Schedulers.parallel()).block(PATIENCE);
    System.out.println("watches " + !BLOCKED.isEmpty());
    BLOCKED.clear();
    Scheduler loop = Schedulers.fromExecutor(LoopResources.create("app").onClient(true).next());
    try (ScriptedServer server = new ScriptedServer(0)) {
      String url = "http://127.0.0.1:" + server.port() + "/v1/chat/completions?do=";
      for (ClientHttpConnector connector :
          List.of(
              new ReactorClientHttpConnector(),
              new JettyClientHttpConnector(),
              new HttpComponentsClientHttpConnector(),
              new JdkClientHttpConnector())) {
        WebClient client = WebClient.builder().clientConnector(connector).build();
        for (Scheduler on : List.of(Schedulers.parallel(), loop)) {
          server.gate = new CountDownLatch(0);
          System.out.println(run(client, url + "json", Answers.REQUEST, on, false));
          System.out.println(run(client, url + "stream", Answers.STREAM_REQUEST, on, false));
          System.out.println(run(client, url + "error", Answers.REQUEST, on, false));
          CountDownLatch gate = new CountDownLatch(1);
          server.gate = gate;
          System.out.println(run(client, url + "stream-gated", Answers.STREAM_REQUEST, on, true));
          gate.countDown();
        }
      }
    }
    for (Throwable blocked : BLOCKED) {
      ByteArrayOutputStream trace = new ByteArrayOutputStream();
      blocked.printStackTrace(new PrintStream(trace, true, StandardCharsets.UTF_8));
      boolean agents =
          Arrays.stream(blocked.getStackTrace())
              .anyMatch(
                  frame ->
                      frame.getClassName().startsWith("io.headgate.")
                          && !frame.getClassName().startsWith("io.headgate.it."));
      System.out.println((agents ? "AGENT " : "other ") + trace.toString(StandardCharsets.UTF_8));
    }
    System.exit(0);
  }

  private static String run(
      WebClient client, String url, String body, Scheduler on, boolean cancelled) {
    Mono<String> answer =
        client
            .post()
            .uri(url)
            .contentType(MediaType.APPLICATION_JSON)
            .bodyValue(body.getBytes(StandardCharsets.UTF_8))
            .exchangeToFlux(
                response ->
                    response
                        .bodyToFlux(DataBuffer.class)
                        .publishOn(on)
                        .map(
                            buffer -> {
                              int size = buffer.readableByteCount();
                              DataBufferUtils.release(buffer);
                              return size;
                            }))
            .as(sizes -> cancelled ? sizes.take(1) : sizes)
            .reduce(0, Integer::sum)
            .map(size -> "answered " + (size > 0));
    return answer.subscribeOn(on).block(PATIENCE);
  }

  private static void sleep() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** By reflection, so that no other test has BlockHound on its class path. */
  private static void watch() throws ReflectiveOperationException {
    Class<?> type = Class.forName("reactor.blockhound.BlockHound");
    Object builder = type.getMethod("builder").invoke(null);
    Class<?> api = builder.getClass();
    Class<?> integrations =
        Array.newInstance(Class.forName("reactor.blockhound.integration.BlockHoundIntegration"), 0)
            .getClass();
    api.getMethod("loadIntegrations", integrations)
        .invoke(builder, Array.newInstance(integrations.getComponentType(), 0));
    Consumer<Object> note = method -> BLOCKED.add(new Throwable(String.valueOf(method)));
    api.getMethod("blockingMethodCallback", Consumer.class).invoke(builder, note);
    api.getMethod("install").invoke(builder);
  }
}
