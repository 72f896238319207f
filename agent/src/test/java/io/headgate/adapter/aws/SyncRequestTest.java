// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.internal.http.RequestExecutionContext;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

class SyncRequestTest {

  private static final String PATH = "/model/anthropic.claude%3A0/converse";

  private final TestDoor door = new TestDoor();
  private final SdkHttpClient client = UrlConnectionHttpClient.create();
  private final RequestExecutionContext run = SignedApp.run();

  @AfterEach
  void close() {
    client.close();
    door.close();
  }

  @Test
  void aCallGoesOutAsTheAppBuiltItAndItsAnswerComesBack() throws Exception {
    try (StandInHost host = StandInHost.saying("{\"a\":1}")) {
      HttpExecuteRequest request = SignedApp.request(host.uri(PATH), "{}", run);

      HttpExecuteResponse answer = call(request);

      assertThat(answer.httpResponse().statusCode()).isEqualTo(200);
      assertThat(answer.httpResponse().firstMatchingHeader("x-amzn-RequestId")).contains("r-1");
      assertThat(text(answer)).isEqualTo("{\"a\":1}");
      assertThat(host.only().fields().get("Authorization"))
          .isEqualTo(request.httpRequest().headers().get("Authorization"));
      assertThat(host.only().text()).isEqualTo("{}");
      assertThat(SignedApp.check(host.only())).isEqualTo("eu-central-1/bedrock");
      assertThat(door.requests.get(0).uri()).isEqualTo(host.uri(PATH));
      assertThat(door.requests.get(0).body().text()).isEqualTo("{}");
    }
  }

  @Test
  void aChangedBodyIsSignedAnew() throws Exception {
    try (StandInHost host = StandInHost.saying("ok")) {
      door.changing(request -> request.withBody(TestDoor.body("{\"other\":true}")));

      assertThat(text(call(SignedApp.request(host.uri(PATH), "{}", run)))).isEqualTo("ok");

      assertThat(host.only().text()).isEqualTo("{\"other\":true}");
      assertThat(SignedApp.check(host.only())).isEqualTo("eu-central-1/bedrock");
    }
  }

  @Test
  void aRequestLedElsewhereIsSignedForThatHostAndTheAppsRegion() throws Exception {
    try (StandInHost host = StandInHost.saying("no");
        StandInHost other = StandInHost.saying("yes")) {
      door.changing(request -> request.withUri(other.uri("/b/" + PATH.substring(1) + "?x=a%20b")));

      assertThat(text(call(SignedApp.request(host.uri(PATH), "{}", run)))).isEqualTo("yes");

      assertThat(host.arrived).isEmpty();
      assertThat(other.only().uri().getRawPath()).isEqualTo("/b" + PATH);
      assertThat(other.only().fields().getFirst("Host"))
          .isEqualTo(other.uri("/").getRawAuthority());
      assertThat(SignedApp.check(other.only())).isEqualTo("eu-central-1/bedrock");
    }
  }

  @Test
  void aFieldThatIsNotSignedLeavesTheSignatureAlone() throws Exception {
    try (StandInHost host = StandInHost.saying("ok")) {
      HttpExecuteRequest request = SignedApp.request(host.uri(PATH), "{}", run);
      door.changing(asked -> asked.withHeaders(asked.headers().with("traceparent", "00-1-2-01")));

      call(request);

      assertThat(host.only().fields().get("Authorization"))
          .isEqualTo(request.httpRequest().headers().get("Authorization"));
      assertThat(host.only().fields().getFirst("traceparent")).isEqualTo("00-1-2-01");
    }
  }

  @Test
  void aChangeOfASignedFieldIsSignedAnew() throws Exception {
    try (StandInHost host = StandInHost.saying("ok")) {
      door.changing(asked -> asked.withHeaders(asked.headers().with("x-app", "2")));

      call(SignedApp.request(host.uri(PATH), "{}", run));

      assertThat(host.only().fields().getFirst("x-app")).isEqualTo("2");
      assertThat(SignedApp.check(host.only())).isEqualTo("eu-central-1/bedrock");
    }
  }

  @Test
  void withoutTheAppsSignerItsOwnRequestGoesOutInsteadOfAChangedOne() throws Exception {
    try (StandInHost host = StandInHost.saying("ok")) {
      door.changing(request -> request.withBody(TestDoor.body("{\"other\":true}")));

      assertThat(text(call(SignedApp.request(host.uri(PATH), "{}", null)))).isEqualTo("ok");

      assertThat(host.only().text()).isEqualTo("{}");
      assertThat(SignedApp.check(host.only())).isEqualTo("eu-central-1/bedrock");
      assertThat(door.requests.get(0).sealed()).isTrue();
      assertThat(door.faults).singleElement().isInstanceOf(Unsigned.class);
    }
  }

  @Test
  void withoutTheAppsSignerSignedFieldsStayWhatTheyWere() throws Exception {
    try (StandInHost host = StandInHost.saying("ok")) {
      door.changing(asked -> asked.withHeaders(asked.headers().without("x-app"::equals)));

      call(SignedApp.request(host.uri(PATH), "{}", null));

      assertThat(host.only().fields().getFirst("x-app")).isEqualTo("1");
      assertThat(SignedApp.check(host.only())).isEqualTo("eu-central-1/bedrock");
      assertThat(door.faults).isEmpty();
    }
  }

  @Test
  void aBearerKeyNeedsNoSignature() throws Exception {
    try (StandInHost host = StandInHost.saying("ok")) {
      SdkHttpFullRequest bearer =
          SignedApp.unsigned(host.uri(PATH), "{}").toBuilder()
              .putHeader("Authorization", "Bearer k")
              .build();
      door.changing(request -> request.withBody(TestDoor.body("{\"other\":true}")));

      call(
          HttpExecuteRequest.builder()
              .request(bearer)
              .contentStreamProvider(bearer.contentStreamProvider().orElseThrow())
              .build());

      assertThat(host.only().text()).isEqualTo("{\"other\":true}");
      assertThat(host.only().fields().getFirst("Authorization")).isEqualTo("Bearer k");
    }
  }

  @Test
  void anAnswerOfOursComesInTheSdksTypes() throws Exception {
    door.answering(429, "{\"message\":\"later\"}", "x-amzn-errortype", "ThrottlingException");
    try (StandInHost host = StandInHost.saying("no")) {
      HttpExecuteResponse answer = call(SignedApp.request(host.uri(PATH), "{}", run));

      assertThat(answer.httpResponse().statusCode()).isEqualTo(429);
      assertThat(answer.httpResponse().statusText()).contains("Too Many Requests");
      assertThat(answer.httpResponse().firstMatchingHeader("X-Amzn-ErrorType"))
          .contains("ThrottlingException");
      assertThat(text(answer)).isEqualTo("{\"message\":\"later\"}");
      assertThat(host.arrived).isEmpty();
    }
  }

  @Test
  void aBodyOfUnknownLengthFlowsPast() throws Exception {
    try (StandInHost host = StandInHost.saying("ok")) {
      SdkHttpFullRequest request =
          SignedApp.unsigned(host.uri(PATH), "").toBuilder()
              .removeHeader("Content-Length")
              .putHeader("Transfer-Encoding", "chunked")
              .build();

      call(
          HttpExecuteRequest.builder()
              .request(request)
              .contentStreamProvider(
                  () -> new ByteArrayInputStream("long".getBytes(StandardCharsets.UTF_8)))
              .build());

      assertThat(host.only().text()).isEqualTo("long");
      assertThat(door.requests.get(0).body().opaque()).isTrue();
    }
  }

  @Test
  void aRequestThatIsAbortedStopsWaiting() throws Exception {
    CompletableFuture<Void> arrived = new CompletableFuture<>();
    CountDownLatch end = new CountDownLatch(1);
    try (StandInHost host =
        new StandInHost(
            exchange -> {
              arrived.complete(null);
              end.await();
            })) {
      ExecutableHttpRequest prepared =
          new SyncRequest(client, SignedApp.request(host.uri(PATH), "{}", run));
      CompletableFuture<HttpExecuteResponse> answer =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return prepared.call();
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              },
              door::background);
      arrived.get(20, TimeUnit.SECONDS);

      prepared.abort();

      assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .rootCause()
          .isInstanceOf(IOException.class);
      end.countDown();
    }
  }

  @Test
  void aRequestThatWasAbortedIsNotSent() throws Exception {
    try (StandInHost host = StandInHost.saying("no")) {
      ExecutableHttpRequest prepared =
          new SyncRequest(client, SignedApp.request(host.uri(PATH), "{}", run));
      prepared.abort();

      assertThatThrownBy(prepared::call).isInstanceOf(InterruptedIOException.class);
      assertThat(host.arrived).isEmpty();
    }
  }

  private HttpExecuteResponse call(HttpExecuteRequest request) throws IOException {
    Object prepared = PrepareRequestAdvice.enter(client, request);
    assertThat(PrepareRequestAdvice.exit(prepared, List.of())).isSameAs(prepared);
    return ((ExecutableHttpRequest) prepared).call();
  }

  private static String text(HttpExecuteResponse answer) throws IOException {
    try (InputStream body = answer.responseBody().orElseThrow()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
