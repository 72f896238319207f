// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.Headers;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** Fields that the gateway adds to an answer which is the client's own. */
class OkHttpPlainHeadersTest extends OkHttpFixture {

  private final Response[] own = new Response[1];
  private final OkHttpClient noting =
      through(
          new OkHttpClient.Builder()
              .addNetworkInterceptor(
                  chain -> {
                    own[0] = chain.proceed(chain.request());
                    return own[0];
                  }));

  private Response call(UnaryOperator<Headers> change) throws Exception {
    door.behaviour =
        (request, upstream) ->
            upstream
                .send(request)
                .thenApply(response -> response.withHeaders(change.apply(response.headers())));
    try (Loopback host =
            new Loopback(
                (exchange, request) -> {
                  exchange.getResponseHeaders().add("X-Twice", "1");
                  exchange.getResponseHeaders().add("X-Twice", "2");
                  exchange.getResponseHeaders().add("X-Once", "ü");
                  Loopback.respond(exchange, 200, "{}");
                });
        Response response = noting.newCall(post(host.url("/"), "{}")).execute()) {
      assertThat(response.body().string()).isEqualTo("{}");
      return response;
    } finally {
      noting.connectionPool().evictAll();
    }
  }

  @Test
  void addedFieldsReachTheAppAndTheOthersStayAsTheyWere() throws Exception {
    Response response = call(headers -> headers.with("x-headgate-model", "m"));
    assertThat(response.header("X-Headgate-Model")).isEqualTo("m");
    assertThat(response.headers().newBuilder().removeAll("x-headgate-model").build())
        .isEqualTo(own[0].headers());
    assertThat(response.networkResponse().headers()).isEqualTo(own[0].headers());
  }

  @Test
  void removedAndReplacedFieldsAreTheOnlyOnesThatDiffer() throws Exception {
    Response response =
        call(headers -> headers.without(n -> n.equals("x-twice")).with("X-Once", "v"));
    assertThat(response.headers("X-Twice")).isEmpty();
    assertThat(response.headers("X-Once")).containsExactly("v");
    assertThat(response.header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void nothingChangedLeavesThemAsTheyCame() throws Exception {
    Response response = call(headers -> headers);
    assertThat(response.headers()).isEqualTo(own[0].headers());
  }

  @Test
  void headersOfAnAnswerThatTheAppDoesNotGetAreNotTaken() throws Exception {
    door.behaviour =
        (request, upstream) ->
            upstream
                .send(request)
                .thenCompose(
                    first ->
                        upstream
                            .send(request)
                            .thenApply(
                                second -> first.withHeaders(first.headers().with("x-a", "1"))));
    try (Loopback host = Loopback.answering("{}");
        Response response = client.newCall(post(host.url("/"), "{}")).execute()) {
      assertThat(response.header("x-a")).isNull();
      assertThat(response.body().string()).isEqualTo("{}");
    }
  }
}
