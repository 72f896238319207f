// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.route;

import java.net.http.HttpClient;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Flux;

/** An app on Spring's WebClient, the JDK's client below it. */
final class WebClientApp implements App {

  private final WebClient client;

  WebClientApp(String base) {
    client =
        WebClient.builder()
            .clientConnector(
                new JdkClientHttpConnector(
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()))
            .baseUrl(base + "/v1")
            .defaultHeaders(headers -> headers.setBearerAuth(KEY))
            .build();
  }

  @Override
  public void ask(FaultCase asked, Saw saw) {
    WebClient.ResponseSpec response =
        client
            .post()
            .uri("/chat/completions")
            .contentType(MediaType.APPLICATION_JSON)
            .bodyValue(RawApp.body(asked))
            .retrieve();
    StringBuilder all = new StringBuilder();
    try {
      if (asked.stream()) {
        ResponseEntity<Flux<String>> entity = response.toEntityFlux(String.class).block();
        head(entity, saw);
        entity
            .getBody()
            .doOnNext(piece -> RawApp.read("data: " + piece + "\n\n", all, saw))
            .blockLast();
      } else {
        ResponseEntity<String> entity = response.toEntity(String.class).block();
        head(entity, saw);
        RawApp.read(String.valueOf(entity.getBody()), all, saw);
      }
      saw.ended(RawApp.end(all.toString(), asked.stream()));
    } catch (WebClientResponseException e) {
      saw.status(e.getStatusCode().value());
      fields(e.getHeaders(), saw);
      throw e;
    }
  }

  private static void head(ResponseEntity<?> entity, Saw saw) {
    saw.status(entity.getStatusCode().value());
    fields(entity.getHeaders(), saw);
  }

  private static void fields(HttpHeaders headers, Saw saw) {
    saw.fields(headers::getFirst);
  }
}
