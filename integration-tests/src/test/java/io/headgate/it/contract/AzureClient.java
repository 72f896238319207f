// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpClientProvider;
import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.ProxyOptions;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.core.util.HttpClientOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;

/** One of azure-core's HTTP modules, without the policies that an SDK puts before it. */
class AzureClient implements Client {

  private static final HttpHeaderName AUTHORIZATION = HttpHeaderName.AUTHORIZATION;

  private final HttpClientProvider provider;
  private final HttpClient client;
  private final boolean sync;

  /** Whether the answer to a blocking call, or to any, is a stream in the first place. */
  private final boolean streams;

  private final boolean limitsCalls;
  private final boolean jdk;

  /**
   * @param module a part of the name of the module's package
   */
  AzureClient(String module, boolean sync, boolean streams) {
    this.provider =
        ServiceLoader.load(HttpClientProvider.class).stream()
            .filter(one -> one.type().getName().contains("." + module + "."))
            .findFirst()
            .orElseThrow()
            .get();
    this.client = provider.createInstance();
    this.sync = sync;
    this.streams = streams;
    this.limitsCalls = limitsCalls(module);
    this.jdk = module.equals("jdk");
  }

  @Override
  public Reply call(Call call) throws Exception {
    try (HttpResponse response = send(call)) {
      byte[] body = unwrapped(() -> response.getBodyAsByteArray().block());
      return new Reply(
          response.getStatusCode(), fields(response), body == null ? new byte[0] : body);
    }
  }

  @Override
  public Reply stream(Call call, Consumer<byte[]> onChunk) throws Exception {
    try (HttpResponse response = send(call)) {
      byte[] body;
      if (streams) {
        try (InputStream stream = response.getBodyAsBinaryData().toStream()) {
          body = JdkSendClient.read(stream, onChunk);
        }
      } else {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        unwrapped(
            () ->
                response
                    .getBody()
                    .doOnNext(
                        chunk -> {
                          byte[] bytes = new byte[chunk.remaining()];
                          chunk.get(bytes);
                          all.writeBytes(bytes);
                          onChunk.accept(bytes);
                        })
                    .blockLast());
        body = all.toByteArray();
      }
      return new Reply(response.getStatusCode(), fields(response), body);
    }
  }

  @Override
  public void abandon(Call call) throws Exception {
    try (HttpResponse response = send(call)) {
      if (streams) {
        try (InputStream stream = response.getBodyAsBinaryData().toStream()) {
          stream.read();
        }
      } else {
        unwrapped(() -> response.getBody().blockFirst());
      }
    }
  }

  /** By disposing of the subscription; a blocking call by interrupting its thread. */
  @Override
  public String cancel(Call call, Sent sent) throws Exception {
    if (!sync) {
      CompletableFuture<String> outcome = new CompletableFuture<>();
      Disposable started =
          client(call)
              .send(request(call), context(call))
              .doOnCancel(() -> outcome.complete("cancelled"))
              .subscribe(
                  response -> outcome.complete("status " + response.getStatusCode()),
                  failure -> outcome.complete(failure.toString()));
      sent.await();
      started.dispose();
      return outcome.get();
    }
    // OkHttp does not heed an interrupt while it reads.
    Call limited = streams ? call.within(Duration.ofSeconds(2)) : call;
    CompletableFuture<String> outcome = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                outcome.complete("status " + send(limited).getStatusCode());
              } catch (Exception e) {
                outcome.complete(e.getClass().getName());
              }
            });
    thread.start();
    sent.await();
    thread.interrupt();
    return outcome.get();
  }

  private HttpResponse send(Call call) throws Exception {
    if (!sync) {
      return unwrapped(() -> client(call).send(request(call), context(call)).block());
    }
    try {
      return client(call).sendSync(request(call), context(call));
    } catch (UncheckedIOException e) {
      // Whether a body that breaks soon fails here or where it is read is chance with the JDK's.
      throw jdk ? e.getCause() : e;
    }
  }

  private HttpClient client(Call call) {
    HttpClientOptions options = new HttpClientOptions();
    if (call.proxy() != 0) {
      InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", call.proxy());
      options.setProxyOptions(new ProxyOptions(ProxyOptions.Type.HTTP, proxy));
    } else if (call.timeout() != null && !limitsCalls) {
      options.setReadTimeout(call.timeout());
    } else {
      return client;
    }
    return provider.createInstance(options);
  }

  /** Whether the module heeds a limit for one call: OkHttp's did not before 1.12. */
  private static boolean limitsCalls(String module) {
    String limit = "com/azure/core/http/okhttp/implementation/PerCallTimeoutCall.class";
    return !module.equals("okhttp") || ClassLoader.getSystemResource(limit) != null;
  }

  private static Context context(Call call) {
    return call.timeout() == null
        ? Context.NONE
        : new Context("azure-response-timeout", call.timeout());
  }

  private static HttpRequest request(Call call) {
    byte[] body = call.body();
    HttpRequest request =
        new HttpRequest(body == null ? HttpMethod.GET : HttpMethod.POST, call.url());
    request.setHeader(AUTHORIZATION, "Bearer sk-app");
    if (body == null) {
      return request;
    }
    request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json");
    return switch (call.framing()) {
      case FIXED -> request.setBody(body);
      case CHUNKED -> request.setBody(Flux.just(ByteBuffer.wrap(body)));
      case ONE_SHOT -> request.setBody(BinaryData.fromStream(once(body), (long) body.length));
    };
  }

  private static InputStream once(byte[] body) {
    return new FilterInputStream(new ByteArrayInputStream(body)) {
      @Override
      public boolean markSupported() {
        return false;
      }
    };
  }

  private static Map<String, List<String>> fields(HttpResponse response) {
    Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (HttpHeader field : response.getHeaders()) {
      fields.put(field.getName(), field.getValuesList());
    }
    return fields;
  }

  /** What Reactor wraps because nobody declares it. */
  private static <T> T unwrapped(java.util.function.Supplier<T> waiting) throws Exception {
    try {
      return waiting.get();
    } catch (RuntimeException e) {
      Throwable cause = Exceptions.unwrap(e);
      if (cause instanceof ExecutionException && cause.getCause() != null) {
        cause = cause.getCause();
      }
      if (cause instanceof Exception checked) {
        throw checked;
      }
      throw e;
    }
  }
}
