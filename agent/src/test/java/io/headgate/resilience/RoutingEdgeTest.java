// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import static io.headgate.resilience.Play.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.dialect.WireEdits;
import io.headgate.gateway.Causes;
import io.headgate.gateway.Content;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.WireEditor;
import io.headgate.resilience.Play.Reply;
import io.headgate.route.Target;
import java.io.InterruptedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of calls where several things go wrong together. */
class RoutingEdgeTest {

  static final String OK =
      "{\"id\":\"c1\",\"model\":\"m-1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
          + "\"content\":\"yes\"},\"finish_reason\":\"stop\"}],"
          + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1,\"total_tokens\":6}}";
  static final String BUSY = "{\"error\":{\"message\":\"busy\",\"type\":\"server_error\"}}";
  static final String ROLE =
      "data: {\"id\":\"c1\",\"model\":\"m-1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";
  static final String WORD =
      "data: {\"id\":\"c1\",\"model\":\"m-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"yes\"}}]}\n\n";
  static final String STOP =
      "data: {\"id\":\"c1\",\"model\":\"m-1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
  static final String DONE = "data: [DONE]\n\n";

  private Play play = new Play(Yaml.config("mode: enforce"));

  private Play with(String... lines) {
    play = new Play(Yaml.config(lines));
    return play;
  }

  @AfterEach
  void noTimerIsLeft() {
    assertThat(play.timers.pending()).as("timers left behind").isZero();
  }

  private static String header(GatewayResponse response, String name) {
    return String.valueOf(response.headers().first("x-headgate-" + name));
  }

  @Test
  void aRetryAfterInTheFarFutureIsNoFault() {
    with("retry: {max-attempts: 2, delay: 100ms, max-delay: 2s, jitter: 0}")
        .then(Reply.json(429, BUSY, "retry-after", "Fri, 31 Dec 9999 23:59:59 GMT"))
        .then(Reply.json(200, OK));
    CompletableFuture<GatewayResponse> call = play.call("gpt-4o");
    play.timers.pass(2000);
    assertThat(text(call.join())).isEqualTo(OK);
    assertThat(play.faults).isEmpty();
  }

  private static final String[] OPENED = {
    "breaker: {min-calls: 1, failure-rate: 50%, open-for: 30s}",
    "routes:",
    "  - match: {model: smart}",
    "    first: [{use: openai/gpt-4o}, {use: deepseek/deepseek-chat}]"
  };

  @Test
  void anOpenBreakerAndAnUnusableTargetDoNotSendTheCallAsItIs() {
    with(OPENED).then(Reply.json(503, BUSY));
    text(play.call("smart").join());
    GatewayResponse answer = play.call("smart").join();
    assertThat(play.sent).hasSize(1);
    assertThat(answer.status()).isEqualTo(502);
    assertThat(text(answer)).contains("the circuit breaker of openai/gpt-4o is open");
  }

  @Test
  void openBreakersInsideGiveWayToAHealthyTargetOutside() {
    with(
            "breaker: {min-calls: 1, failure-rate: 50%, open-for: 30s}",
            "routes:",
            "  - match: {model: smart}",
            "    first:",
            "      - first: [{use: openai/gpt-4o}, {use: openai/gpt-4o-mini}]",
            "      - {use: groq/llama-3.1-8b}")
        .then(Reply.json(503, BUSY))
        .then(Reply.json(503, BUSY))
        .then(Reply.json(200, OK));
    text(play.call("smart").join());
    text(play.call("smart").join());
    assertThat(play.hosts())
        .containsExactly("api.openai.com", "api.openai.com", "api.groq.com", "api.groq.com");
  }

  @Test
  void breakersThatAreAllOpenAreBypassed() {
    with(
            "breaker: {min-calls: 1, failure-rate: 50%, open-for: 30s}",
            "routes:",
            "  - match: {model: smart}",
            "    first: [{use: openai/gpt-4o}, {use: groq/llama-3.1-8b}]")
        .then(Reply.json(503, BUSY))
        .then(Reply.json(503, BUSY))
        .then(Reply.json(200, OK));
    text(play.call("smart").join());
    assertThat(play.call("smart").join().status()).isEqualTo(200);
    assertThat(play.decisions("bypass")).hasSize(1);
    text(play.call("smart").join());
  }

  @Test
  void aBreakerThatOpensBetweenTwoAttemptsLeavesTheProvidersAnswer() {
    with(
            "retry: {max-attempts: 3, delay: 100ms, jitter: 0}",
            "breaker: {min-calls: 1, failure-rate: 50%, open-for: 30s}")
        .then(Reply.json(503, BUSY));
    GatewayResponse answer = play.call("gpt-4o").join();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(text(answer)).isEqualTo(BUSY);
    assertThat(play.sent).hasSize(1);
  }

  @Test
  void anInterruptedWaitEndsTheCallAsTheClientDoes() {
    with(
            "routes:",
            "  - match: {model: smart}",
            "    first:",
            "      - {use: openai/gpt-4o}",
            "      - {use: groq/llama-3.1-8b, retry: {max-attempts: 2}}")
        .then(Reply.json(503, BUSY));
    InterruptedIOException interrupted = new InterruptedIOException("interrupted");
    play.interrupt = interrupted;
    CompletableFuture<GatewayResponse> call = play.call("smart");
    assertThatThrownBy(call::join).hasCause(interrupted);
    assertThat(play.replies).allMatch(reply -> reply.closed);
  }

  @Test
  void theArmIsThatOfTheAnswerWhichTheAppGets() {
    with(
            "routes:",
            "  - match: {model: smart}",
            "    first:",
            "      - split: [{arm: kimi, weight: 1, use: openai/gpt-4o}]",
            "      - {use: groq/llama-3.1-8b}")
        .then(Reply.json(503, "{\"error\":{\"message\":\"first\"}}"))
        .then(Reply.json(503, BUSY));
    GatewayResponse answer = play.call("smart").join();
    assertThat(text(answer)).contains("first");
    assertThat(header(answer, "arm")).isEqualTo("kimi");
    assertThat(header(answer, "provider")).isEqualTo("openai");
  }

  @Test
  void afterTheAppsOwnDeadlineNoOtherTargetIsTried() {
    with(
            "routes:",
            "  - match: {model: smart}",
            "    first: [{use: openai/gpt-4o}, {use: groq/llama-3.1-8b}]")
        .then(Reply.mute());
    play.deadline = play.timers.now() + 1_000_000_000;
    CompletableFuture<GatewayResponse> call = play.call("smart");
    play.timers.pass(1000);
    // The client's own words, not ours: no limit of the configuration ran out.
    assertThatThrownBy(call::join).hasRootCauseMessage("timeout");
    assertThat(play.sent).hasSize(1);
  }

  @Test
  void howToWaitIsNoWishToTryAgain() {
    with("models:", "  fast: openai/gpt-4o-mini").then(Reply.json(503, BUSY));
    CompletableFuture<GatewayResponse> call =
        play.call("fast", "cf-aig-retry-delay", "10", "x-headgate-backoff", "linear");
    assertThat(call.join().status()).isEqualTo(503);
    assertThat(play.sent).hasSize(1);
    text(call.join());
  }

  @Test
  void anAnswerThatAnInnerCascadeAcceptsMayStillBeNoneForTheOuterOne() {
    with(
            "routes:",
            "  - match: {model: auto}",
            "    cascade:",
            "      - cascade: [{use: openai/a, accept: 'true'}, {use: openai/b}]",
            "        accept: 'response.text == \"sure\"'",
            "      - {use: openai/c}")
        .then(Reply.json(200, OK))
        .then(Reply.json(200, OK.replace("yes", "sure")));
    assertThat(text(play.call("auto").join())).contains("sure");
    assertThat(play.sent).hasSize(2);
  }

  @Test
  void aChainInACascadeFallsBackInsideAndEscalatesOutside() {
    with(
            "routes:",
            "  - match: {model: auto}",
            "    cascade:",
            "      - first: [{use: openai/a}, {use: groq/b}]",
            "        accept: 'response.text == \"sure\"'",
            "      - {use: mistral/c}")
        .then(Reply.json(503, BUSY))
        .then(Reply.json(200, OK))
        .then(Reply.json(200, OK.replace("yes", "sure")));
    assertThat(text(play.call("auto").join())).contains("sure");
    assertThat(play.hosts()).containsExactly("api.openai.com", "api.groq.com", "api.mistral.ai");
    assertThat(play.replies.subList(0, 2)).allMatch(reply -> reply.closed);
  }

  @Test
  void anAnswerThatWasNotAcceptedIsBetterThanAFailure() {
    with(
            "routes:",
            "  - match: {model: auto}",
            "    cascade:",
            "      - {use: openai/a, accept: 'false'}",
            "      - {use: openai/b}")
        .then(Reply.json(200, OK))
        .then(Reply.json(503, BUSY));
    GatewayResponse answer = play.call("auto").join();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(text(answer)).contains("yes");
    assertThat(play.replies.get(1).closed).isTrue();
  }

  @Test
  void aDenialAfterAFailureIsTheAnswer() {
    with(
            "routes:",
            "  - match: {model: smart}",
            "    first: [{use: openai/gpt-4o}, {deny: \"not today\"}]")
        .then(Reply.json(503, BUSY));
    GatewayResponse answer = play.call("smart").join();
    assertThat(answer.status()).isEqualTo(403);
    assertThat(text(answer)).contains("not today");
    assertThat(play.replies.get(0).closed).isTrue();
  }

  @Test
  void aStreamThatDoesNotBeginInTimeIsAnErrorAndNoStream() {
    with("timeout: {first-token: 8s}").then(Reply.sse(ROLE).thenHangs());
    CompletableFuture<GatewayResponse> call = play.stream("gpt-4o");
    play.timers.pass(8000);
    assertThat(call.join().status()).isEqualTo(504);
    assertThat(text(call.join())).contains("timeout.first-token of 8000 ms ran out");
  }

  @Test
  void anAppThatReadsLateLosesNoStreamThatBeganInTime() {
    with("timeout: {first-token: 8s}").then(Reply.sse(ROLE, WORD, STOP, DONE));
    CompletableFuture<GatewayResponse> call = play.stream("gpt-4o");
    play.timers.pass(20_000);
    assertThat(text(call.join())).isEqualTo(ROLE + WORD + STOP + DONE);
  }

  @Test
  void anErrorWhoseBodyNeverComesIsGivenUpInTime() {
    with(
            "timeout: {first-token: 8s}",
            "routes:",
            "  - match: {model: smart}",
            "    first: [{use: openai/gpt-4o}, {use: groq/llama-3.1-8b}]")
        .then(Reply.empty(503).thenHangs())
        .then(Reply.json(200, OK));
    CompletableFuture<GatewayResponse> call = play.call("smart");
    play.timers.pass(8000);
    assertThat(call.join().status()).isEqualTo(200);
    text(call.join());
  }

  @Test
  void theTotalTimeEndsAStreamThatFlows() {
    with("timeout: {total: 3s}").then(Reply.sse(ROLE, WORD).thenHangs());
    GatewayResponse answer = play.stream("gpt-4o").join();
    Reader reader = new Reader(answer);
    play.timers.pass(3000);
    assertThat(reader.text.toString())
        .startsWith(ROLE + WORD)
        .contains("timeout.total of 3000 ms ran out")
        .endsWith("#");
    assertThat(play.counted).contains("failed openai timeout");
  }

  @Test
  void aPackedStreamThatStallsEndsWithAnExceptionRatherThanNoise() {
    with("timeout: {idle: 2s}")
        .then(Reply.sse(ROLE, WORD).thenHangs().with("content-encoding", "x-unknown"));
    Reader reader = new Reader(play.stream("gpt-4o").join());
    play.timers.pass(2000);
    assertThat(reader.text.toString()).isEqualTo(ROLE + WORD + "!timeout.idle of 2000 ms ran out");
  }

  @Test
  void anAppThatGivesUpAStreamIsNoFailureOfTheProvider() {
    with("retry: {max-attempts: 2}")
        .then(Reply.sse(ROLE, WORD).thenBreaks(new InterruptedIOException("interrupted")));
    assertThat(text(play.stream("gpt-4o").join())).isEqualTo(ROLE + WORD + "!interrupted");
    assertThat(play.counted).isEmpty();
  }

  @Test
  void aStreamThatBreaksIsCountedAsWhatItIs() {
    with("retry: {max-attempts: 2}").then(Reply.sse(ROLE, WORD).thenBreaks("reset"));
    text(play.stream("gpt-4o").join());
    assertThat(play.counted).containsExactly("failed openai connect");
  }

  /** An editor that fails at one method. */
  private static WireEditor broken(String method) {
    WireEdits edits = new WireEdits();
    return (WireEditor)
        Proxy.newProxyInstance(
            WireEditor.class.getClassLoader(),
            new Class<?>[] {WireEditor.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals(method)) {
                throw new StackOverflowError();
              }
              try {
                return called.invoke(edits, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void aFaultOfTheJudgeLeavesTheAppItsAnswer() {
    play = new Play(Yaml.config("retry: {max-attempts: 2}"), broken("judge"));
    play.then(Reply.json(200, OK));
    assertThat(text(play.call("gpt-4o").join())).isEqualTo(OK);
    assertThat(play.faults).containsExactly("judge java.lang.StackOverflowError");
  }

  @Test
  void aFaultAfterPartWasReadLeavesTheAppAllOfItsAnswer() {
    play =
        new Play(
            Yaml.config("retry: {max-attempts: 2}", "models: {fast: openai/gpt-4o-mini}"),
            broken("answeringAs"));
    play.then(Reply.json(200, OK));
    assertThat(text(play.call("fast").join())).isEqualTo(OK);
    assertThat(play.faults).containsExactly("delivery java.lang.StackOverflowError");
  }

  @Test
  void aFaultOnTheWayToTheSecondTargetSendsNothingTwiceToTheFirst() {
    play =
        new Play(
            Yaml.config(
                "routes:",
                "  - match: {model: smart}",
                "    first: [{use: deepseek/deepseek-chat}, {use: openai/gpt-4o}]"),
            broken("withModel"));
    play.then(Reply.json(200, OK));
    assertThat(play.call("smart").join().status()).isEqualTo(200);
    assertThat(play.sent).hasSize(1);
    assertThat(play.faults).isNotEmpty();
  }

  @Test
  void manyAttemptsOfABlockingClientDoNotDigDeep() {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "retry: {max-attempts: 10, delay: 1ms, jitter: 0, budget: 100%}",
                "routes:", "  - match: {model: smart}", "    first:"));
    for (int i = 0; i < 12; i++) {
      lines.add("      - {use: openai/model-" + i + "}");
    }
    with(lines.toArray(new String[0])).then(Reply.thrown(new ConnectException("refused")));
    play.blocking = true;
    CompletableFuture<GatewayResponse> call = play.call("smart");
    assertThatThrownBy(call::join).hasRootCauseMessage("refused");
    assertThat(play.deepest).isLessThan(1500);
    assertThat(play.faults).isEmpty();
  }

  @Test
  void aRunThatWasGivenUpLeavesNoPlaceTakenInAHalfOpenBreaker() {
    with(
            "retry: {max-attempts: 2, delay: 1s, jitter: 0}",
            "breaker: {min-calls: 1, failure-rate: 50%, open-for: 30s, half-open-calls: 1}")
        .then(Reply.json(503, BUSY))
        .then(Reply.thrown(new InterruptedIOException("interrupted")))
        .then(Reply.json(200, OK));
    text(play.call("gpt-4o").join());
    play.timers.pass(30_000);
    assertThat(play.call("gpt-4o")).isCompletedExceptionally();
    assertThat(text(play.call("gpt-4o").join())).isEqualTo(OK);
  }

  @Test
  void aTargetThatAnswersIsNotBusyAnyMoreWhenItsAnswerWasRead() {
    with("retry: {max-attempts: 2}").then(Reply.sse(ROLE, WORD, STOP, DONE));
    GatewayResponse answer = play.stream("gpt-4o").join();
    Target target = new Target("openai", "gpt-4o");
    assertThat(play.health.busy(target)).isEqualTo(1);
    text(answer);
    assertThat(play.health.busy(target)).isZero();
    Content content = play.stream("gpt-4o").join().content();
    assertThat(content).isNotNull();
    content.close();
    assertThat(play.health.busy(target)).isZero();
  }

  /** Reads an answer as it comes; a {@code #} is its end, a {@code !} a failure. */
  private static final class Reader {
    final StringBuilder text = new StringBuilder();
    private final Content content;

    Reader(GatewayResponse response) {
      Content pulled = response.content();
      if (pulled == null) {
        throw new AssertionError("not a pulled answer");
      }
      content = pulled;
      read();
    }

    private void read() {
      var unused = content.next().whenComplete(this::came);
    }

    private void came(@Nullable ByteBuffer chunk, @Nullable Throwable failure) {
      if (failure != null) {
        text.append('!').append(Causes.of(failure).getMessage());
      } else if (chunk == null) {
        text.append('#');
      } else {
        text.append(StandardCharsets.UTF_8.decode(chunk));
        read();
      }
    }
  }
}
