// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the same answers with every kind of body handler of the JDK's client, blocking and not, and
 * prints what it got. Knows nothing of the agent.
 */
public final class BodyHandlersProbe {

  private BodyHandlersProbe() {}

  /** Arguments: base URL, HTTP version. */
  public static void main(String[] arguments) throws Exception {
    HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.valueOf(arguments[1])).build();
    // A server upgrades a plain connection to HTTP/2 on a request without a body only.
    client.send(
        HttpRequest.newBuilder(URI.create(arguments[0] + "/v1/models")).build(),
        BodyHandlers.discarding());
    for (String path : List.of("/v1/chat/completions", "/v1/chat/completions?stream")) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(arguments[0] + path))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(Answers.REQUEST))
              .build();
      for (Map.Entry<String, Reading<?>> reading : readings().entrySet()) {
        String name = path + " " + reading.getKey();
        print(name + " send", reading.getValue().send(client, request));
        print(name + " sendAsync", reading.getValue().sendAsync(client, request));
      }
    }
    System.exit(0);
  }

  private static void print(String name, String outcome) {
    System.out.println("CASE " + name + "\t" + outcome.replace("\n", "\\n"));
  }

  /** A body handler and how to tell what it gave. */
  private record Reading<T>(Handlers<T> handlers, Text<T> text) {
    interface Handlers<T> {
      BodyHandler<T> handler() throws Exception;
    }

    interface Text<T> {
      String of(T body) throws Exception;
    }

    String send(HttpClient client, HttpRequest request) throws Exception {
      return describe(client.send(request, handlers.handler()));
    }

    String sendAsync(HttpClient client, HttpRequest request) throws Exception {
      return describe(client.sendAsync(request, handlers.handler()).get());
    }

    private String describe(HttpResponse<T> response) throws Exception {
      return response.statusCode()
          + " "
          + response.version()
          + " "
          + response.headers().firstValue("content-type").orElse("")
          + " "
          + response.request().uri().getPath()
          + " "
          + response.previousResponse().isPresent()
          + " "
          + text.of(response.body());
    }
  }

  private static Map<String, Reading<?>> readings() {
    Map<String, Reading<?>> all = new LinkedHashMap<>();
    all.put("ofString", new Reading<>(BodyHandlers::ofString, body -> body));
    all.put(
        "ofByteArray",
        new Reading<>(BodyHandlers::ofByteArray, body -> new String(body, StandardCharsets.UTF_8)));
    all.put(
        "ofLines",
        new Reading<Stream<String>>(
            BodyHandlers::ofLines, body -> body.collect(Collectors.joining("|"))));
    all.put(
        "ofInputStream",
        new Reading<>(
            BodyHandlers::ofInputStream,
            body -> {
              try (body) {
                // Byte by byte at first, as parsers peek.
                return (char) body.read() + new String(body.readAllBytes(), StandardCharsets.UTF_8);
              }
            }));
    all.put("ofPublisher", new Reading<>(BodyHandlers::ofPublisher, BodyHandlersProbe::drain));
    all.put("discarding", new Reading<>(BodyHandlers::discarding, String::valueOf));
    all.put("replacing", new Reading<>(() -> BodyHandlers.replacing("instead"), body -> body));
    all.put(
        "ofFile",
        new Reading<Path>(
            () -> BodyHandlers.ofFile(Files.createTempFile("probe", ".body")),
            path -> {
              String text = Files.readString(path);
              Files.delete(path);
              return text;
            }));
    all.put("fromLineSubscriber", lines());
    all.put(
        "buffering",
        new Reading<>(() -> BodyHandlers.buffering(BodyHandlers.ofString(), 7), b -> b));
    all.put("ofByteArrayConsumer", consumed());
    all.put(
        "custom mapping",
        new Reading<Integer>(
            () ->
                info ->
                    BodySubscribers.mapping(
                        BodySubscribers.ofString(StandardCharsets.UTF_8),
                        text -> text.length() + info.statusCode()),
            String::valueOf));
    all.put("custom subscriber", new Reading<>(() -> info -> new OneByOne(), body -> body));
    return all;
  }

  private static Reading<Void> lines() {
    List<String> seen = new ArrayList<>();
    return new Reading<>(
        () -> {
          seen.clear();
          return BodyHandlers.fromLineSubscriber(
              new Flow.Subscriber<String>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                  subscription.request(Long.MAX_VALUE);
                }

                @Override
                public void onNext(String line) {
                  seen.add(line);
                }

                @Override
                public void onError(Throwable throwable) {
                  seen.add(throwable.toString());
                }

                @Override
                public void onComplete() {
                  seen.add("end");
                }
              });
        },
        body -> seen.toString());
  }

  private static Reading<Void> consumed() {
    StringBuilder seen = new StringBuilder();
    return new Reading<>(
        () -> {
          seen.setLength(0);
          return BodyHandlers.ofByteArrayConsumer(
              bytes ->
                  seen.append(
                      bytes.map(b -> new String(b, StandardCharsets.UTF_8)).orElse("|end")));
        },
        body -> seen.toString());
  }

  private static String drain(Flow.Publisher<List<ByteBuffer>> body) throws Exception {
    OneByOne all = new OneByOne();
    body.subscribe(all);
    return all.getBody().toCompletableFuture().get();
  }

  /** Asks for one item at a time, as reactive libraries do. */
  private static final class OneByOne implements BodySubscriber<String> {
    private final CompletableFuture<String> result = new CompletableFuture<>();
    private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    private Flow.Subscription subscription;

    @Override
    public CompletionStage<String> getBody() {
      return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
      subscription = newSubscription;
      subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> items) {
      for (ByteBuffer item : items) {
        byte[] chunk = new byte[item.remaining()];
        item.get(chunk);
        bytes.writeBytes(chunk);
      }
      subscription.request(1);
    }

    @Override
    public void onError(Throwable throwable) {
      result.completeExceptionally(throwable);
    }

    @Override
    public void onComplete() {
      result.complete(bytes.toString(StandardCharsets.UTF_8));
    }
  }
}
