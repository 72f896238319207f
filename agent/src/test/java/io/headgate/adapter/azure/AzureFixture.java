// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpClientProvider;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import io.headgate.gateway.Ingress;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;
import reactor.core.publisher.Mono;

/** Every HTTP module of azure-core that is on the class path, called as the advice does. */
abstract class AzureFixture {

  static final Duration SOON = Duration.ofSeconds(20);
  static final Context EAGER = new Context("azure-eagerly-read-response", true);

  final Door door = new Door();

  @BeforeEach
  void install() {
    Ingress.install(door);
  }

  @AfterEach
  void uninstall() {
    Ingress.install(null);
    door.close();
  }

  /** The clients, and whether the app blocks. */
  static Stream<Arguments> clients() {
    return ServiceLoader.load(HttpClientProvider.class).stream()
        .map(provider -> provider.get().createInstance())
        .flatMap(
            client ->
                Stream.of(false, true)
                    .map(
                        sync ->
                            Arguments.of(
                                Named.of(client.getClass().getSimpleName(), client),
                                Named.of(sync ? "sync" : "async", sync))));
  }

  static HttpRequest post(String url, String body) {
    return new HttpRequest(HttpMethod.POST, url)
        .setHeader(HttpHeaderName.CONTENT_TYPE, "application/json")
        .setHeader(HttpHeaderName.fromString("api-key"), "k")
        .setBody(BinaryData.fromString(body));
  }

  @SuppressWarnings("unchecked")
  static Mono<HttpResponse> mono(HttpClient client, HttpRequest request, Context context) {
    Object answer = AzureAdapter.send(client, request, context);
    if (answer == null) {
      throw new AssertionError("left to the client");
    }
    return (Mono<HttpResponse>) answer;
  }

  static HttpResponse call(HttpClient client, boolean sync, HttpRequest request, Context context) {
    if (!sync) {
      return mono(client, request, context).block(SOON);
    }
    Object[] both = AzureAdapter.sendSync(client, request, context);
    if (both == null) {
      throw new AssertionError("left to the client");
    }
    if (both[1] instanceof RuntimeException thrown) {
      throw thrown;
    }
    return (HttpResponse) both[0];
  }

  static HttpResponse call(HttpClient client, boolean sync, HttpRequest request) {
    return call(client, sync, request, Context.NONE);
  }
}
