// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import static io.headgate.resilience.Play.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.gateway.GatewayResponse;
import io.headgate.resilience.Play.Reply;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of calls: the whole pipeline before scripted providers, under a clock. */
class RoutingTest {

  private static final String OK =
      "{\"id\":\"c1\",\"model\":\"m-1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
          + "\"content\":\"yes\"},\"finish_reason\":\"stop\"}],"
          + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1,\"total_tokens\":6}}";
  private static final String BUSY = "{\"error\":{\"message\":\"busy\",\"type\":\"server_error\"}}";
  private static final String ROLE =
      "data: {\"id\":\"c1\",\"model\":\"m-1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";
  private static final String WORD =
      "data: {\"id\":\"c1\",\"model\":\"m-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"yes\"}}]}\n\n";
  private static final String STOP =
      "data: {\"id\":\"c1\",\"model\":\"m-1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
  private static final String DONE = "data: [DONE]\n\n";
  private static final String OOPS =
      "data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\",\"code\":\"server_error\"}}\n\n";

  private Play play = new Play(Yaml.config("mode: enforce"));

  private Play with(String... lines) {
    play = new Play(Yaml.config(lines));
    return play;
  }

  @AfterEach
  void nothingIsWrongInside() {
    assertThat(play.faults).isEmpty();
    assertThat(play.timers.pending()).as("timers left behind").isZero();
    for (int i = 0; i + 1 < play.replies.size(); i++) {
      Reply reply = play.replies.get(i);
      assertThat(reply.closed || reply.aborted || play.abandoned || i == kept)
          .as("answer %s is let go of", i + 1)
          .isTrue();
    }
  }

  private int kept = -1;

  private static String header(GatewayResponse response, String name) {
    return String.valueOf(response.headers().first("x-headgate-" + name));
  }

  @Test
  void aCallThatNoRuleTouchesIsTheClientsOwn() {
    play.then(Reply.json(200, OK));
    GatewayResponse answer = play.call("gpt-4o").join();
    assertThat(play.counted).containsExactly("plain");
    assertThat(play.sent.get(0).body().text()).isEqualTo(Play.body("gpt-4o", false));
    assertThat(header(answer, "provider")).isEqualTo("openai");
    assertThat(header(answer, "reason")).isEqualTo("as-sent");
    text(answer);
  }

  @Test
  void anAliasChangesTheModelAndNothingElse() {
    with("models:", "  fast: openai/gpt-4o-mini").then(Reply.json(200, OK));
    GatewayResponse answer = play.call("fast").join();
    assertThat(play.sent.get(0).body().text()).isEqualTo(Play.body("gpt-4o-mini", false));
    assertThat(play.sent.get(0).uri().toString())
        .isEqualTo("https://api.openai.com/v1/chat/completions");
    assertThat(play.sent.get(0).headers().first("Authorization")).isEqualTo("Bearer app-key");
    assertThat(header(answer, "model")).isEqualTo("gpt-4o-mini");
    assertThat(text(answer)).isEqualTo(OK.replace("m-1", "fast"));
  }

  @Test
  void theAnswerNamesTheModelThatServedItIfToldSo() {
    with("response-model: served", "models:", "  fast: openai/gpt-4o-mini")
        .then(Reply.json(200, OK));
    assertThat(text(play.call("fast").join())).isEqualTo(OK);
  }

  @Test
  void aStreamNamesTheModelThatWasAskedForInEachEvent() {
    with("models:", "  fast: openai/gpt-4o-mini").then(Reply.sse(ROLE, WORD, STOP, DONE));
    assertThat(text(play.stream("fast").join()))
        .isEqualTo((ROLE + WORD + STOP + DONE).replace("m-1", "fast"));
  }

  @Test
  void anotherProviderGetsItsOwnKeyAndNothingOfTheApps() {
    with("models:", "  fast: groq/llama-3.1-8b").then(Reply.json(200, OK));
    play.call("fast", "OpenAI-Organization", "org-secret", "Cookie", "a=b").join();
    assertThat(play.sent.get(0).uri().toString())
        .isEqualTo("https://api.groq.com/openai/v1/chat/completions");
    assertThat(play.sent.get(0).headers().first("Authorization")).isEqualTo("Bearer groq-key");
    assertThat(play.sent.get(0).headers().toMap().toString())
        .doesNotContain("app-key")
        .doesNotContain("org-secret")
        .doesNotContain("a=b");
    text(play.call("fast").join());
    kept = 0;
  }

  @Test
  void aFailureGoesOnToTheNextTarget() {
    with(
            "routes:",
            "  - name: support",
            "    match: {model: smart}",
            "    first:",
            "      - use: openai/gpt-4o",
            "      - use: groq/llama-3.1-8b")
        .then(Reply.json(503, BUSY))
        .then(Reply.json(200, OK));
    GatewayResponse answer = play.call("smart").join();
    assertThat(play.hosts()).containsExactly("api.openai.com", "api.groq.com");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(text(answer)).isEqualTo(OK.replace("m-1", "smart"));
    assertThat(header(answer, "route")).isEqualTo("support");
    assertThat(header(answer, "step")).isEqualTo("1");
    assertThat(header(answer, "attempts")).isEqualTo("2");
    assertThat(header(answer, "reason")).isEqualTo("fallback");
    assertThat(header(answer, "provider")).isEqualTo("groq");
    assertThat(play.counted).contains("failed openai server-error", "fell back");
  }

  private static final String[] TWO = {
    "routes:",
    "  - match: {model: smart}",
    "    first:",
    "      - use: openai/gpt-4o",
    "      - use: groq/llama-3.1-8b"
  };

  @Test
  void whenAllFailTheAppGetsTheFirstTargetsAnswer() {
    with(TWO).then(Reply.json(503, BUSY, "retry-after", "30")).then(Reply.json(500, "{}"));
    GatewayResponse answer = play.call("smart").join();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(text(answer)).isEqualTo(BUSY);
    assertThat(answer.headers().first("x-should-retry")).isEqualTo("false");
    assertThat(answer.headers().first("retry-after")).isNull();
    kept = 0;
  }

  @Test
  void whatTheAppDidWrongIsNotTriedElsewhere() {
    with(TWO).then(Reply.json(400, "{\"error\":{\"message\":\"no such parameter\"}}"));
    GatewayResponse answer = play.call("smart").join();
    assertThat(answer.status()).isEqualTo(400);
    assertThat(play.hosts()).containsExactly("api.openai.com");
    assertThat(answer.headers().first("x-should-retry")).isNull();
    text(answer);
  }

  @Test
  void aConnectionThatFailsGoesOnToTheNextTarget() {
    with(TWO).then(Reply.thrown(new ConnectException("refused"))).then(Reply.json(200, OK));
    assertThat(play.call("smart").join().status()).isEqualTo(200);
    kept = 0;
  }

  @Test
  void whenNoTargetCanBeReachedTheAppGetsItsClientsException() {
    ConnectException first = new ConnectException("refused");
    with(TWO).then(Reply.thrown(first)).then(Reply.thrown(new ConnectException("also refused")));
    kept = 0;
    CompletableFuture<GatewayResponse> call = play.call("smart");
    assertThatThrownBy(call::join).hasCause(first);
  }

  @Test
  void anSdkThatCanBeToldNotToRetryIsTold() {
    with(TWO).then(Reply.thrown(new ConnectException("refused")));
    kept = 0;
    GatewayResponse answer = play.call("smart", "x-stainless-retry-count", "0").join();
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.headers().first("x-should-retry")).isEqualTo("false");
    assertThat(text(answer)).contains("\"error\"").contains("after 2 attempts");
  }

  @Test
  void retriesWaitLongerEachTime() {
    with("retry: {max-attempts: 3, delay: 100ms, jitter: 0}")
        .then(Reply.json(503, BUSY))
        .then(Reply.json(503, BUSY))
        .then(Reply.json(200, OK));
    CompletableFuture<GatewayResponse> call = play.call("gpt-4o");
    assertThat(play.sent).hasSize(1);
    play.timers.pass(99);
    assertThat(play.sent).hasSize(1);
    play.timers.pass(1);
    assertThat(play.sent).hasSize(2);
    play.timers.pass(200);
    assertThat(text(call.join())).isEqualTo(OK);
    assertThat(play.counted).contains("retried openai");
  }

  @Test
  void retriesHonourRetryAfter() {
    with("retry: {max-attempts: 2, delay: 100ms, max-delay: 2s, jitter: 0}")
        .then(Reply.json(429, BUSY, "retry-after-ms", "1500"))
        .then(Reply.json(200, OK));
    CompletableFuture<GatewayResponse> call = play.call("gpt-4o");
    play.timers.pass(1499);
    assertThat(play.sent).hasSize(1);
    play.timers.pass(1);
    assertThat(call.join().status()).isEqualTo(200);
    text(call.join());
  }

  @Test
  void aWaitBeyondTheCapGoesToTheNextTargetAtOnce() {
    with(
            "retry: {max-attempts: 3, delay: 100ms, max-delay: 2s}",
            "routes:",
            "  - match: {model: smart}",
            "    first: [{use: openai/gpt-4o}, {use: groq/llama-3.1-8b}]")
        .then(Reply.json(429, BUSY, "retry-after", "120"))
        .then(Reply.json(200, OK));
    GatewayResponse answer = play.call("smart").join();
    assertThat(play.hosts()).containsExactly("api.openai.com", "api.groq.com");
    text(answer);
  }

  @Test
  void anSdksOwnRetryIsNotMultiplied() {
    with("retry: {max-attempts: 3, delay: 100ms}").then(Reply.json(503, BUSY));
    GatewayResponse answer = play.call("gpt-4o", "x-stainless-retry-count", "1").join();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(play.sent).hasSize(1);
    text(answer);
  }

  @Test
  void noRetryStartsAfterTheAppsOwnDeadline() {
    with("retry: {max-attempts: 3, delay: 1s, jitter: 0}").then(Reply.json(503, BUSY));
    play.deadline = play.timers.now() + 500_000_000;
    GatewayResponse answer = play.call("gpt-4o").join();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(play.sent).hasSize(1);
    text(answer);
  }

  @Test
  void aStreamMayGoOnAfterTheAppsOwnDeadline() {
    with(TWO).then(Reply.sse(ROLE, WORD).thenHangs());
    play.deadline = play.timers.now() + 500_000_000;
    GatewayResponse answer = play.stream("smart").join();
    assertThat(text(answer)).endsWith("…");
    play.timers.pass(5000);
    assertThat(play.replies.get(0).aborted).isFalse();
  }

  @Test
  void anAppThatGaveUpGetsNoFurtherAttempt() {
    with("retry: {max-attempts: 3, delay: 1s, jitter: 0}").then(Reply.json(503, BUSY));
    CompletableFuture<GatewayResponse> call = play.call("gpt-4o");
    play.abandoned = true;
    play.timers.pass(5000);
    assertThat(call).isCompletedExceptionally();
    assertThat(play.sent).hasSize(1);
  }

  @Test
  void anErrorBeforeAStreamsFirstContentIsAFailedAttempt() {
    with(TWO).then(Reply.sse(ROLE, OOPS)).then(Reply.sse(ROLE, WORD, STOP, DONE));
    GatewayResponse answer = play.stream("smart").join();
    assertThat(play.hosts()).containsExactly("api.openai.com", "api.groq.com");
    assertThat(text(answer)).isEqualTo((ROLE + WORD + STOP + DONE).replace("m-1", "smart"));
  }

  @Test
  void anErrorAfterTheFirstContentReachesTheApp() {
    with(TWO).then(Reply.sse(ROLE, WORD, OOPS));
    GatewayResponse answer = play.stream("smart").join();
    assertThat(text(answer)).isEqualTo((ROLE + WORD + OOPS).replace("m-1", "smart"));
    assertThat(play.sent).hasSize(1);
  }

  @Test
  void aStreamThatBreaksAfterItsFirstContentEndsAsTheClientsOwn() {
    with(TWO).then(Reply.sse(ROLE, WORD).thenBreaks("reset"));
    GatewayResponse answer = play.stream("smart").join();
    assertThat(text(answer)).isEqualTo((ROLE + WORD).replace("m-1", "smart") + "!reset");
    assertThat(play.sent).hasSize(1);
  }

  @Test
  void aStreamThatEndsBeforeItsEndTellsSo() {
    with(TWO).then(Reply.sse(ROLE, WORD));
    String received = text(play.stream("smart").join());
    assertThat(received).startsWith((ROLE + WORD).replace("m-1", "smart")).contains("\"error\"");
  }

  @Test
  void anAnswerThatBreaksBeforeTheAppSawItIsTriedElsewhere() {
    with(TWO)
        .then(Reply.json(200, OK.substring(0, 30)).thenBreaks("reset"))
        .then(Reply.json(200, OK));
    assertThat(text(play.call("smart").join())).isEqualTo(OK.replace("m-1", "smart"));
  }

  @Test
  void aMuteServerIsGivenUpAfterTheFirstTokenTime() {
    with(
            "routes:",
            "  - match: {model: smart}",
            "    first:",
            "      - {use: openai/gpt-4o, timeout: {first-token: 8s}}",
            "      - use: groq/llama-3.1-8b")
        .then(Reply.mute())
        .then(Reply.json(200, OK));
    CompletableFuture<GatewayResponse> call = play.call("smart");
    play.timers.pass(7999);
    assertThat(call).isNotDone();
    play.timers.pass(1);
    assertThat(call.join().status()).isEqualTo(200);
    text(call.join());
  }

  @Test
  void aStreamWithoutContentIsGivenUpAfterTheFirstTokenTime() {
    with(
            "timeout: {first-token: 8s}",
            "routes:",
            "  - match: {model: smart}",
            "    first: [{use: openai/gpt-4o}, {use: groq/llama-3.1-8b}]",
            "    on: [slow-stream]")
        .then(Reply.sse(ROLE).thenHangs())
        .then(Reply.sse(ROLE, WORD, STOP, DONE));
    CompletableFuture<GatewayResponse> call = play.stream("smart");
    play.timers.pass(8000);
    assertThat(text(call.join())).contains("yes");
    assertThat(play.counted).contains("failed openai slow-stream");
  }

  @Test
  void sdksAreToldNotToRetryEvenAfterOneAttempt() {
    with("retry: {max-attempts: 1}").then(Reply.json(503, BUSY, "retry-after", "30"));
    GatewayResponse answer = play.call("gpt-4o").join();
    assertThat(answer.headers().first("x-should-retry")).isEqualTo("false");
    assertThat(answer.headers().first("retry-after")).isNull();
    text(answer);
  }

  @Test
  void aKeyWhoseBreakerIsOpenIsPassedOver() {
    with(
            "breaker: {min-calls: 1}",
            "providers:",
            "  openai:",
            "    keys: [{alias: a, value: \"${KEY_A}\"}, {alias: b, value: \"${KEY_B}\"}]")
        .then(Reply.json(503, BUSY))
        .then(Reply.json(200, OK));
    text(play.call("gpt-4o").join());
    for (int i = 0; i < 5; i++) {
      GatewayResponse answer = play.call("gpt-4o").join();
      assertThat(answer.status()).isEqualTo(200);
      text(answer);
    }
    play.replies.forEach(reply -> reply.closed = true);
  }

  @Test
  void aGatewayThatIsDownCountsAgainstNobodyElse() {
    with(
            "breaker: {min-calls: 1}",
            "providers:",
            "  cloudflare: {account: acc, gateway: prod}",
            "  openai: {via: cloudflare}")
        .then(Reply.thrown(new ConnectException("refused")))
        .then(Reply.json(200, OK));
    for (int i = 0; i < 5; i++) {
      GatewayResponse answer = play.call("gpt-4o").join();
      assertThat(answer.status()).isEqualTo(200);
      text(answer);
    }
    assertThat(play.hosts().subList(0, 3))
        .containsExactly("gateway.ai.cloudflare.com", "api.openai.com", "api.openai.com");
    play.replies.forEach(reply -> reply.closed = true);
  }

  @Test
  void aGatewayThatRefusesItsTokenLeavesTheProvidersKeysAlone() {
    with(
            "providers:",
            "  cloudflare: {account: acc, gateway: prod}",
            "  openai:",
            "    via: cloudflare",
            "    keys: [{alias: a, value: \"${KEY_A}\"}]")
        .then(
            Reply.json(401, "{\"success\":false,\"errors\":[{\"code\":2009,\"message\":\"no\"}]}"))
        .then(Reply.json(200, OK));
    GatewayResponse answer = play.call("gpt-4o").join();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(play.sent.get(1).headers().first("Authorization"))
        .isEqualTo("Bearer key-a-secret-aaaaaaaa");
    text(answer);
  }

  @Test
  void keysThatAreNotSentAreNotBlamed() {
    with("providers:", "  azure:", "    keys: [{alias: a, value: \"${KEY_A}\"}]")
        .then(Reply.json(401, "{\"error\":{\"message\":\"bad key\"}}"));
    String url = "https://res.openai.azure.com/openai/deployments/d/chat/completions?api-version=1";
    for (int i = 0; i < 2; i++) {
      text(play.request(url, Play.body("d", false)).join());
    }
    assertThat(play.sent).hasSize(2);
    assertThat(play.sent.get(1).headers().first("Authorization")).isEqualTo("Bearer app-key");
    play.replies.forEach(reply -> reply.closed = true);
  }

  @Test
  void aRouteMayDenyWhatRunsNoModel() {
    with("routes:", "  - match: {operation: [files, count_tokens]}", "    deny: not here");
    GatewayResponse files = play.request("https://api.openai.com/v1/files", "{}").join();
    assertThat(files.status()).isEqualTo(403);
    assertThat(play.sent).isEmpty();
    text(files);
  }

  @Test
  void aRouteByNameThatCannotServeTheCallIsAnErrorOfOurs() {
    with("routes:", "  - name: support", "    use: deepseek/deepseek-chat");
    GatewayResponse answer = play.call("route/support").join();
    assertThat(answer.status()).isEqualTo(404);
    assertThat(text(answer)).contains("no target of route/support can serve this call");
    assertThat(play.sent).isEmpty();
  }

  @Test
  void aTimerOfOursThatRunsOutIsAnAnswerInTheAppsFormat() {
    with("timeout: {total: 3s}").then(Reply.mute());
    CompletableFuture<GatewayResponse> call = play.call("gpt-4o");
    play.timers.pass(3000);
    assertThat(call.join().status()).isEqualTo(504);
    assertThat(text(call.join())).contains("timeout.total of 3000 ms ran out");
  }

  @Test
  void aStreamThatStallsTellsTheAppInItsFormat() {
    with("timeout: {idle: 2s}").then(Reply.sse(ROLE, WORD).thenHangs());
    GatewayResponse answer = play.stream("gpt-4o").join();
    assertThat(text(answer)).isEqualTo(ROLE + WORD + "…");
    play.timers.pass(2000);
    // The test's pull above is the one that the timer ended.
    assertThat(play.replies.get(0).aborted).isTrue();
  }

  @Test
  void anotherKeyIsTriedWhenOneIsRefused() {
    with(
            "providers:",
            "  openai:",
            "    keys: [{alias: a, value: \"${KEY_A}\"}, {alias: b, value: \"${KEY_B}\"}]")
        .then(Reply.json(401, "{\"error\":{\"message\":\"bad key\"}}"))
        .then(Reply.json(200, OK));
    text(play.call("gpt-4o").join());
    assertThat(play.sent.get(0).headers().first("Authorization"))
        .isEqualTo("Bearer key-a-secret-aaaaaaaa");
    assertThat(play.sent.get(1).headers().first("Authorization"))
        .isEqualTo("Bearer key-b-secret-bbbbbbbb");
    text(play.call("gpt-4o").join());
    assertThat(play.sent).hasSize(3);
    assertThat(play.sent.get(2).headers().first("Authorization"))
        .isEqualTo("Bearer key-b-secret-bbbbbbbb");
    kept = 1;
  }

  @Test
  void anOpenBreakerLeavesOutItsTarget() {
    with(
            "breaker: {min-calls: 2, failure-rate: 50%, open-for: 30s}",
            "routes:",
            "  - match: {model: smart}",
            "    first: [{use: openai/gpt-4o}, {use: groq/llama-3.1-8b}]")
        .then(Reply.json(503, BUSY))
        .then(Reply.json(200, OK))
        .then(Reply.json(503, BUSY))
        .then(Reply.json(200, OK));
    text(play.call("smart").join());
    text(play.call("smart").join());
    assertThat(play.counted).contains("opened openai");
    text(play.call("smart").join());
    assertThat(play.hosts())
        .containsExactly(
            "api.openai.com", "api.groq.com", "api.openai.com", "api.groq.com", "api.groq.com");
    kept = 1;
    play.replies.forEach(reply -> reply.closed = true);
  }

  @Test
  void aBreakerWorksWithASingleTarget() {
    with("breaker: {min-calls: 2, failure-rate: 50%, open-for: 30s}").then(Reply.json(503, BUSY));
    text(play.call("gpt-4o").join());
    text(play.call("gpt-4o").join());
    GatewayResponse answer = play.call("gpt-4o").join();
    assertThat(play.sent).hasSize(2);
    assertThat(answer.status()).isEqualTo(502);
    assertThat(text(answer)).contains("circuit breaker of openai/gpt-4o is open");
    play.timers.pass(30_000);
    text(play.call("gpt-4o").join());
    assertThat(play.sent).hasSize(3);
    play.replies.forEach(reply -> reply.closed = true);
  }

  @Test
  void aCascadeEscalatesWhenTheAnswerIsNotAccepted() {
    with(
            "routes:",
            "  - match: {model: auto}",
            "    cascade:",
            "      - {use: openai/gpt-4o-mini, accept: 'response.text.contains(\"sure\")'}",
            "      - {use: openai/gpt-4o}")
        .then(Reply.json(200, OK))
        .then(Reply.json(200, OK.replace("yes", "more")));
    GatewayResponse answer = play.call("auto").join();
    assertThat(text(answer)).isEqualTo(OK.replace("yes", "more").replace("m-1", "auto"));
    assertThat(play.sent.get(1).body().text()).isEqualTo(Play.body("gpt-4o", false));
    assertThat(play.exchange).isNotNull();
    assertThat(play.exchange.usage().input()).isEqualTo(10);
    assertThat(play.exchange.cost()).isNotNull();
  }

  @Test
  void aCascadeKeepsAnAcceptedStreamAsItCame() {
    with(
            "routes:",
            "  - match: {model: auto}",
            "    cascade:",
            "      - use: openai/gpt-4o-mini",
            "        accept: 'response.finish == \"stop\" && response.text == \"yes\"'",
            "      - {use: openai/gpt-4o}")
        .then(Reply.sse(ROLE, WORD, STOP, DONE));
    assertThat(text(play.stream("auto").join()))
        .isEqualTo((ROLE + WORD + STOP + DONE).replace("m-1", "auto"));
    assertThat(play.sent).hasSize(1);
  }

  @Test
  void aDenialIsAnAnswerInTheAppsFormatAndSendsNothing() {
    with("routes:", "  - match: {model: gpt-4o}", "    deny: upgrade your plan");
    GatewayResponse answer = play.call("gpt-4o").join();
    assertThat(answer.status()).isEqualTo(403);
    assertThat(text(answer)).contains("upgrade your plan").contains("permission_error");
    assertThat(answer.headers().first("x-should-retry")).isEqualTo("false");
    assertThat(play.sent).isEmpty();
  }

  @Test
  void shadowModeDecidesAndDoesNothing() {
    with("mode: shadow", "models:", "  gpt-4o: groq/llama-3.1-8b").then(Reply.json(200, OK));
    GatewayResponse answer = play.call("gpt-4o").join();
    assertThat(play.sent.get(0).uri().getHost()).isEqualTo("api.openai.com");
    assertThat(play.sent.get(0).body().text()).isEqualTo(Play.body("gpt-4o", false));
    assertThat(answer.headers().first("x-headgate-id")).isNull();
    assertThat(play.decisions("model")).hasSize(1);
    assertThat(play.counted).containsExactly("plain");
    text(answer);
  }

  @Test
  void bypassTouchesNothing() {
    with("models:", "  gpt-4o: groq/llama-3.1-8b").then(Reply.json(200, OK));
    play.call("gpt-4o", "x-headgate-bypass", "true").join();
    assertThat(play.sent.get(0).uri().getHost()).isEqualTo("api.openai.com");
    assertThat(play.sent.get(0).headers().first("x-headgate-bypass")).isNull();
  }

  @Test
  void headersOfTheCallSayHowOftenToTry() {
    with("mode: enforce").then(Reply.json(503, BUSY));
    CompletableFuture<GatewayResponse> call =
        play.call("gpt-4o", "cf-aig-max-attempts", "2", "x-headgate-retry-delay", "10");
    play.timers.pass(20);
    assertThat(call.join().status()).isEqualTo(503);
    assertThat(play.sent).hasSize(2);
    assertThat(play.sent.get(0).headers().first("cf-aig-max-attempts")).isNull();
    text(call.join());
  }

  @Test
  void aRewriteChangesWhatTheTargetGets() {
    with(
            "metadata: {tone: ['header:x-tone', 'value:kind']}",
            "rewrite:",
            "  terse:",
            "    system: {append: 'Be ${metadata.tone}.'}",
            "    set: {temperature: 0.2}",
            "    headers: {set: {x-team: search}}",
            "routes:",
            "  - match: {model: gpt-4o}",
            "    use: openai/gpt-4o",
            "    rewrite: terse")
        .then(Reply.json(200, OK));
    text(play.call("gpt-4o", "x-tone", "\"} evil").join());
    assertThat(play.sent.get(0).body().text())
        .contains("\"temperature\":0.2")
        .contains("Be \\\"} evil.")
        .contains("\"x_unknown\": 1e2");
    assertThat(play.sent.get(0).headers().first("x-team")).isEqualTo("search");
  }

  @Test
  void aRequestThatCannotBeReadGoesWhereTheAppSentIt() {
    with("models:", "  gpt-4o: groq/llama-3.1-8b").then(Reply.json(200, OK));
    play.repeatable = false;
    play.call("gpt-4o").join();
    assertThat(play.sent.get(0).uri().getHost()).isEqualTo("api.openai.com");
    assertThat(play.counted).containsExactly("plain");
  }

  @Test
  void aTargetWithoutAKeyIsLeftOut() {
    with("models:", "  smart: deepseek/deepseek-chat").then(Reply.json(200, OK));
    text(play.call("smart").join());
    assertThat(play.sent.get(0).uri().getHost()).isEqualTo("api.openai.com");
    assertThat(play.counted)
        .contains("unusable deepseek/deepseek-chat: there is no key for provider deepseek");
  }

  @Test
  void tlsFailuresAreNotTriedAgain() {
    with("retry: {max-attempts: 3, delay: 1ms}")
        .then(Reply.thrown(new javax.net.ssl.SSLHandshakeException("untrusted")));
    CompletableFuture<GatewayResponse> call = play.call("gpt-4o");
    assertThatThrownBy(call::join).hasCauseInstanceOf(IOException.class);
    assertThat(play.sent).hasSize(1);
  }
}
