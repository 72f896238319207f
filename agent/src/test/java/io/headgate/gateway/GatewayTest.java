// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.WireFormat;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class GatewayTest {

  private static final Endpoint ENDPOINT =
      new Endpoint("openai", "openai", WireFormat.OPENAI, Operation.CHAT, null, false);
  private static final GatewayRequest REQUEST =
      new GatewayRequest(
          "POST", URI.create("https://api.openai.com/v1/x"), Headers.EMPTY, RequestBody.NONE);
  private static final Exchange.CallSite SITE = new Exchange.CallSite("test", null);

  private final List<String> faults = new ArrayList<>();
  private final List<GatewayRequest> sent = new ArrayList<>();
  private final GatewayResponse response =
      new GatewayResponse(200, Headers.EMPTY, "1.1", new LiveBody(t -> faults.add("tap")));
  private CompletionStage<GatewayResponse> upstreamResult =
      CompletableFuture.completedFuture(response);

  private CompletionStage<GatewayResponse> execute(Interceptor... interceptors) {
    Gateway gateway =
        new Gateway(
            (method, uri) -> ENDPOINT,
            new NoReader(),
            List.of(interceptors),
            (stage, fault) -> faults.add(stage + " " + fault.getClass().getSimpleName()));
    return gateway.execute(
        REQUEST,
        SITE,
        request -> {
          sent.add(request);
          return upstreamResult;
        });
  }

  @Test
  void interceptorsRunInOrderAndSeeEachOthersRequest() {
    List<String> order = new ArrayList<>();
    CompletionStage<GatewayResponse> stage =
        execute(
            chain -> {
              order.add("a");
              return chain.proceed(
                  chain.request().withHeaders(chain.request().headers().with("x", "1")));
            },
            chain -> {
              order.add("b" + chain.request().headers().first("X"));
              return chain.proceed(chain.request());
            });
    assertThat(stage.toCompletableFuture().join()).isSameAs(response);
    assertThat(order).containsExactly("a", "b1");
    assertThat(sent)
        .singleElement()
        .satisfies(r -> assertThat(r.headers().first("x")).isEqualTo("1"));
  }

  @Test
  void aFaultBeforeProceedingLeavesTheInterceptorOut() {
    CompletionStage<GatewayResponse> stage =
        execute(
            chain -> {
              throw new StackOverflowError();
            },
            chain -> chain.proceed(chain.request()));
    assertThat(stage.toCompletableFuture().join()).isSameAs(response);
    assertThat(sent).containsExactly(REQUEST);
    assertThat(faults).singleElement().asString().endsWith("StackOverflowError");
  }

  @Test
  void aFaultAfterProceedingChangesNothingAndSendsNothingAgain() {
    CompletionStage<GatewayResponse> stage =
        execute(
            chain -> {
              var unused = chain.proceed(chain.request());
              throw new IllegalStateException();
            });
    assertThat(stage.toCompletableFuture().join()).isSameAs(response);
    assertThat(sent).hasSize(1);
  }

  @Test
  void aFaultOnTheWayBackChangesNothing() {
    CompletionStage<GatewayResponse> stage =
        execute(
            chain ->
                chain
                    .proceed(chain.request())
                    .thenApply(
                        r -> {
                          throw new LinkageError();
                        }));
    assertThat(stage.toCompletableFuture().join()).isSameAs(response);
    assertThat(sent).hasSize(1);
    assertThat(faults).singleElement().asString().endsWith("LinkageError");
  }

  @Test
  void aFaultThatComesLaterAndBeforeProceedingLeavesTheInterceptorOut() {
    CompletableFuture<GatewayResponse> later = new CompletableFuture<>();
    CompletionStage<GatewayResponse> stage = execute(chain -> later);
    later.completeExceptionally(new LinkageError());
    assertThat(stage.toCompletableFuture().join()).isSameAs(response);
    assertThat(sent).containsExactly(REQUEST);
    assertThat(faults).singleElement().asString().endsWith("LinkageError");
  }

  @Test
  void aFailureOnPurposeReachesTheAppAlsoIfNothingWasSent() {
    IOException failure = new IOException("interrupted");
    CompletionStage<GatewayResponse> stage =
        execute(chain -> CompletableFuture.failedFuture(new CallFailure(failure)));
    assertThatThrownBy(() -> stage.toCompletableFuture().join()).hasCause(failure);
    assertThat(sent).isEmpty();
    assertThat(faults).isEmpty();
  }

  @Test
  void aFaultInTheSecondAttemptDoesNotBringBackTheFirstAnswer() {
    List<GatewayResponse> answers = new ArrayList<>();
    int[] asked = new int[1];
    CompletionStage<GatewayResponse> stage =
        execute(
            chain ->
                chain
                    .proceed(chain.request())
                    .thenCompose(
                        first -> {
                          answers.add(first);
                          upstreamResult =
                              CompletableFuture.completedFuture(
                                  new GatewayResponse(
                                      201, Headers.EMPTY, "1.1", new LiveBody(t -> {})));
                          return chain.proceed(chain.request());
                        }),
            chain -> {
              if (++asked[0] == 2) {
                throw new IllegalStateException();
              }
              return chain.proceed(chain.request());
            });
    assertThat(stage.toCompletableFuture().join().status()).isEqualTo(201);
    assertThat(answers).containsExactly(response);
    assertThat(sent).hasSize(2);
  }

  @Test
  void nothingInsteadOfAnAnswerChangesNothingAndSendsNothingAgain() {
    CompletionStage<GatewayResponse> stage =
        execute(
            chain -> chain.proceed(chain.request()),
            chain -> {
              var unused = chain.proceed(chain.request());
              return null;
            });
    assertThat(stage.toCompletableFuture().join()).isSameAs(response);
    assertThat(sent).hasSize(1);
  }

  @Test
  void anInterceptorMayAnswerByItself() {
    GatewayResponse own =
        new GatewayResponse(429, Headers.EMPTY, "", new LiveBody(t -> faults.add("tap")));
    assertThat(
            execute(chain -> CompletableFuture.completedFuture(own)).toCompletableFuture().join())
        .isSameAs(own);
    assertThat(sent).isEmpty();
  }

  @Test
  void theClientsOwnExceptionComesOutUnchanged() {
    IOException failure = new IOException("refused");
    upstreamResult = CompletableFuture.failedFuture(failure);
    CompletionStage<GatewayResponse> stage =
        execute(chain -> chain.proceed(chain.request()).thenApply(r -> r));
    assertThatThrownBy(() -> stage.toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .hasCause(failure);
    assertThat(faults).isEmpty();
  }

  @Test
  void aFaultBeforeTheFirstInterceptorSendsTheCallAsItIs() {
    Gateway gateway =
        new Gateway(
            (method, uri) -> {
              throw new IllegalArgumentException();
            },
            new NoReader(),
            List.of(),
            (stage, fault) -> faults.add(stage));
    assertThat(gateway.execute(REQUEST, SITE, r -> upstreamResult).toCompletableFuture().join())
        .isSameAs(response);
    assertThat(faults).containsExactly("gateway");
  }

  private static final class NoReader implements WireReader {
    @Override
    public RequestFacts request(Endpoint endpoint, GatewayRequest request) {
      return RequestFacts.NONE;
    }

    @Override
    public ResponseReader response(
        Endpoint endpoint, RequestFacts request, int status, Headers responseHeaders) {
      return new ResponseReader() {
        @Override
        public void read(ByteBuffer bytes) {}

        @Override
        public ResponseFacts finish(boolean complete) {
          return ResponseFacts.NONE;
        }
      };
    }
  }
}
