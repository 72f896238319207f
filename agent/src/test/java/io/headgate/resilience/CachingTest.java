// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import static io.headgate.resilience.Play.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.CacheResult;
import io.headgate.gateway.Content;
import io.headgate.gateway.GatewayResponse;
import io.headgate.resilience.Play.Reply;
import java.net.ConnectException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that were answered before: the whole pipeline before scripted providers, under a clock. */
class CachingTest {

  private static final String OPENAI = "https://api.openai.com/v1/chat/completions";
  private static final String OK = answer("yes", "stop");
  private static final String BUSY = "{\"error\":{\"message\":\"busy\",\"type\":\"server_error\"}}";
  private static final String ROLE = chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null");
  private static final String WORD = chunk("{\"content\":\"yes\"}", "null");
  private static final String STOP = chunk("{}", "\"stop\"");
  private static final String DONE = "data: [DONE]\n\n";
  private static final String STREAM = ROLE + WORD + STOP + DONE;

  private Play play = new Play(Yaml.config("mode: enforce"));

  private static String answer(String content, String finish) {
    return "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4o\",\"choices\":"
        + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
        + content
        + "\"},\"finish_reason\":\""
        + finish
        + "\"}],\"usage\":{\"prompt_tokens\":500,\"completion_tokens\":100,\"total_tokens\":600}}";
  }

  private static String chunk(String delta, String finish) {
    return "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4o\","
        + "\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + finish
        + "}]}\n\n";
  }

  private Play with(String... lines) {
    play = new Play(Yaml.config(lines));
    return play;
  }

  /** A cache for everything. */
  private Play caching(String... more) {
    String[] lines = new String[more.length + 3];
    lines[0] = "mode: enforce";
    lines[1] = "cache:";
    lines[2] = "  - ttl: 1h";
    for (int i = 0; i < more.length; i++) {
      lines[i + 3] = more[i];
    }
    return with(lines);
  }

  @AfterEach
  void nothingIsWrongInside() {
    assertThat(play.faults).isEmpty();
    assertThat(play.timers.pending()).as("timers left behind").isZero();
  }

  private static String header(GatewayResponse response, String name) {
    return String.valueOf(response.headers().first("x-headgate-" + name));
  }

  private static String status(CompletableFuture<GatewayResponse> call) {
    return header(call.join(), "cache");
  }

  /** The answer, read to its end. */
  private String read(CompletableFuture<GatewayResponse> call) {
    return text(call.join());
  }

  private CacheResult result() {
    return Objects.requireNonNull(Objects.requireNonNull(play.exchange).cache());
  }

  @Test
  void theSameQuestionIsSentOnce() {
    caching()
        .then(
            Reply.json(
                200,
                OK,
                "x-request-id",
                "r1",
                "set-cookie",
                "a=b",
                "openai-organization",
                "org",
                "OpenAI-Project",
                "p",
                "cf-ray",
                "1",
                "x-amzn-bedrock-input-token-count",
                "7"));
    GatewayResponse first = play.call("gpt-4o").join();
    assertThat(text(first)).isEqualTo(OK);
    GatewayResponse second = play.call("gpt-4o").join();
    assertThat(text(second)).isEqualTo(OK);
    assertThat(play.sent).hasSize(1);
    assertThat(header(first, "cache")).isEqualTo("MISS");
    assertThat(header(second, "cache")).isEqualTo("HIT");
    assertThat(header(second, "cache-age")).isEqualTo("0");
    assertThat(header(second, "cache-key")).isEqualTo(header(first, "cache-key")).hasSize(64);
    assertThat(second.headers().first("x-request-id")).isEqualTo("r1");
    for (String gone : List.of("set-cookie", "openai-organization", "openai-project", "cf-ray")) {
      assertThat(first.headers().contains(gone)).as(gone).isTrue();
      assertThat(second.headers().contains(gone)).as(gone).isFalse();
    }
    assertThat(second.headers().first("x-amzn-bedrock-input-token-count")).isEqualTo("7");
    assertThat(header(second, "provider")).isEqualTo("openai");
    assertThat(header(second, "attempts")).isEqualTo("0");
  }

  @Test
  void anAnswerFromTheCacheCostsNothingAndSaysWhatItSaved() {
    caching().then(Reply.json(200, OK));
    read(play.call("gpt-4o"));
    long cost = Objects.requireNonNull(Objects.requireNonNull(play.exchange).cost()).total();
    assertThat(cost).isPositive();
    GatewayResponse hit = play.call("gpt-4o").join();
    text(hit);
    assertThat(Objects.requireNonNull(Objects.requireNonNull(play.exchange).cost()).total())
        .isZero();
    assertThat(Objects.requireNonNull(result().saved()).total()).isEqualTo(cost);
    assertThat(header(hit, "cost-usd")).isEqualTo("0");
    assertThat(play.exchange.usage().isEmpty()).isTrue();
  }

  @Test
  void orderAndSpellingMakeNoDifference() {
    caching().then(Reply.json(200, OK));
    String url = "https://api.openai.com/v1/chat/completions";
    read(
        play.request(
            url,
            "{\"model\":\"m\",\"temperature\":1.0,\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}"));
    assertThat(
            status(
                play.request(
                    url,
                    "{ \"messages\": [{\"content\":\"\\u0061\",\"role\":\"user\"}], \"temperature\":1, \"model\":\"m\"}")))
        .isEqualTo("HIT");
  }

  @Test
  void aMissNamesWhatDiffersFromTheNearestQuestion() {
    caching().then(Reply.json(200, OK));
    String url = "https://api.openai.com/v1/chat/completions";
    String body =
        "{\"model\":\"m\",\"temperature\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";
    read(play.request(url, body.formatted("0.7", "secret question")));
    read(play.request(url, body.formatted("0.3", "secret question")));
    assertThat(result().nearest()).contains("temperature").contains("0.7").contains("0.3");
    read(play.request(url, body.formatted("0.7", "another secret")));
    assertThat(result().nearest()).contains("messages[0].content").doesNotContain("secret");
  }

  @Test
  void anotherCredentialIsAnotherPartition() {
    caching().then(Reply.json(200, OK));
    read(play.call("gpt-4o"));
    assertThat(status(play.call("gpt-4o", "api-key", "another"))).isEqualTo("MISS");
    assertThat(status(play.call("gpt-4o"))).isEqualTo("HIT");
  }

  @Test
  void anotherTenantBehindAProxyIsAnotherPartition() {
    caching().then(Reply.json(200, OK));
    read(play.call("gpt-4o", "apikey", "a"));
    assertThat(status(play.call("gpt-4o", "apikey", "b"))).isEqualTo("MISS");
    assertThat(status(play.call("gpt-4o", "apikey", "a", "traceparent", "x"))).isEqualTo("HIT");
  }

  @Test
  void withoutACredentialThatIsSeenNothingIsSharedUnlessARuleSaysSo() {
    caching().then(Reply.json(200, OK));
    for (int i = 0; i < 2; i++) {
      GatewayResponse unseen = play.bare(OPENAI, Play.body("gpt-4o", false)).join();
      assertThat(header(unseen, "cache")).isEqualTo("BYPASS");
      assertThat(result().reason()).isEqualTo("no credential is seen; name isolate");
      text(unseen);
    }
    assertThat(play.sent).hasSize(2);
    GatewayResponse only =
        play.bare(OPENAI, Play.body("gpt-4o", false), "x-headgate-cache", "only").join();
    assertThat(only.status()).isEqualTo(504);

    with("mode: enforce", "cache:", "  - {ttl: 1h, isolate: []}").then(Reply.json(200, OK));
    read(play.bare(OPENAI, Play.body("gpt-4o", false)));
    assertThat(status(play.bare(OPENAI, Play.body("gpt-4o", false)))).isEqualTo("HIT");

    caching().then(Reply.json(200, OK));
    String local = "http://localhost:11434/v1/chat/completions";
    read(play.bare(local, Play.body("gpt-4o", false)));
    assertThat(status(play.bare(local, Play.body("gpt-4o", false)))).isEqualTo("HIT");
  }

  @Test
  void whatIsolatesDecidesWhoShares() {
    with(
            "mode: enforce",
            "metadata: {tenant: header:x-tenant}",
            "cache:",
            "  - {ttl: 1h, isolate: [metadata.tenant]}")
        .then(Reply.json(200, OK));
    read(play.call("gpt-4o", "x-tenant", "a"));
    assertThat(status(play.call("gpt-4o", "x-tenant", "b"))).isEqualTo("MISS");
    assertThat(status(play.call("gpt-4o", "x-tenant", "a", "api-key", "other"))).isEqualTo("HIT");
    GatewayResponse nobody = play.call("gpt-4o").join();
    assertThat(header(nobody, "cache")).isEqualTo("BYPASS");
    assertThat(result().reason()).contains("metadata.tenant");
  }

  @Test
  void aStreamAnswersAPlainCallAndTheOtherWayRound() {
    caching().then(Reply.sse(ROLE, WORD, STOP, DONE));
    assertThat(read(play.stream("gpt-4o"))).isEqualTo(STREAM);
    GatewayResponse plain = play.call("gpt-4o").join();
    assertThat(header(plain, "cache")).isEqualTo("HIT");
    assertThat(plain.headers().first("content-type")).isEqualTo("application/json");
    assertThat(text(plain)).contains("\"yes\"").contains("chat.completion\"");

    caching().then(Reply.json(200, OK));
    read(play.call("gpt-4o"));
    GatewayResponse stream = play.stream("gpt-4o").join();
    assertThat(header(stream, "cache")).isEqualTo("HIT");
    assertThat(stream.headers().first("content-type")).isEqualTo("text/event-stream");
    assertThat(text(stream)).contains("\"yes\"").endsWith("data: [DONE]\n\n");
    assertThat(play.sent).hasSize(1);
  }

  @Test
  void aStreamIsReplayedByteForByte() {
    caching().then(Reply.sse(ROLE, WORD, STOP, DONE));
    read(play.stream("gpt-4o"));
    assertThat(read(play.stream("gpt-4o"))).isEqualTo(STREAM);
    assertThat(play.sent).hasSize(1);
  }

  @Test
  void aStreamCutAnywhereIsNotKept() {
    for (int end = 1; end < STREAM.length() - 2; end += 7) {
      caching().then(Reply.sse(STREAM.substring(0, end)));
      read(play.stream("gpt-4o"));
      assertThat(status(play.stream("gpt-4o"))).as("cut at " + end).isEqualTo("MISS");
      read(play.stream("gpt-4o"));
    }
  }

  @Test
  void aStreamIsKeptThoughItsReaderStopsAtItsLastEvent() {
    caching().then(Reply.sse(ROLE, WORD, STOP, DONE).thenHangs());
    Content content = Objects.requireNonNull(play.stream("gpt-4o").join().content());
    for (int i = 0; i < 4; i++) {
      content.next().toCompletableFuture().join();
    }
    content.close();
    assertThat(status(play.stream("gpt-4o"))).isEqualTo("HIT");
  }

  @Test
  void anAnswerThatIsGivenUpIsNotKept() {
    caching().then(Reply.sse(ROLE, WORD, STOP, DONE));
    Content content = Objects.requireNonNull(play.stream("gpt-4o").join().content());
    content.next().toCompletableFuture().join();
    content.close();
    assertThat(play.replies.get(0).closed).isTrue();
    assertThat(result().reason()).contains("not kept");
    assertThat(status(play.stream("gpt-4o"))).isEqualTo("MISS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"content_filter", "length"})
  void anAnswerThatIsNotTheWholeOneIsNotKept(String finish) {
    caching().then(Reply.json(200, answer("ye", finish)));
    read(play.call("gpt-4o"));
    assertThat(status(play.call("gpt-4o"))).isEqualTo("MISS");
  }

  @Test
  void whatIsNoGoodAnswerIsNotKept() {
    for (Reply reply :
        new Reply[] {
          Reply.json(500, BUSY),
          Reply.json(429, BUSY),
          Reply.json(400, BUSY),
          Reply.json(200, BUSY),
          Reply.json(200, "<html>"),
          Reply.json(200, answer("", "stop")),
          Reply.json(200, OK.substring(0, OK.length() - 1)),
          Reply.json(200, OK).thenBreaks("reset"),
          Reply.empty(200),
        }) {
      caching().then(reply);
      read(play.call("gpt-4o"));
      assertThat(status(play.call("gpt-4o"))).isEqualTo("MISS");
    }
  }

  @Test
  void storeWhenDecidesWhatIsKept() {
    with(
            "mode: enforce",
            "cache:",
            "  - {ttl: 1h, store-when: 'response.finish == \"length\" && response.text == \"ye\"'}")
        .then(Reply.json(200, OK))
        .then(Reply.json(200, answer("ye", "length")));
    read(play.call("gpt-4o"));
    assertThat(result().reason()).contains("store-when");
    read(play.call("gpt-4o"));
    assertThat(status(play.call("gpt-4o"))).isEqualTo("HIT");
  }

  @Test
  void whatIsTooLargeFlowsAndIsNotKept() {
    with("mode: enforce", "cache:", "  - {ttl: 1h, max-entry: 1KB}")
        .then(Reply.json(200, answer("y".repeat(2000), "stop")));
    assertThat(read(play.call("gpt-4o"))).hasSizeGreaterThan(2000);
    assertThat(result().reason()).contains("max-entry");
    assertThat(status(play.call("gpt-4o"))).isEqualTo("MISS");
  }

  @Test
  void anAnswerIsUsedForItsTime() {
    caching().then(Reply.json(200, OK));
    read(play.call("gpt-4o"));
    play.timers.pass(3_599_000);
    GatewayResponse late = play.call("gpt-4o").join();
    assertThat(header(late, "cache")).isEqualTo("HIT");
    assertThat(header(late, "cache-age")).isEqualTo("3599");
    play.timers.pass(1_000);
    assertThat(status(play.call("gpt-4o"))).isEqualTo("MISS");
  }

  @Test
  void theCallsOwnFieldsGoOverTheRules() {
    caching().then(Reply.json(200, OK));
    read(play.call("gpt-4o", "x-headgate-cache-ttl", "10"));
    play.timers.pass(9_000);
    assertThat(status(play.call("gpt-4o"))).isEqualTo("HIT");
    play.timers.pass(1_000);
    assertThat(status(play.call("gpt-4o", "x-headgate-cache", "only"))).isEqualTo("MISS");
    assertThat(play.sent).hasSize(1);
    assertThat(play.sent.get(0).headers().first("x-headgate-cache-ttl")).isNull();
  }

  @Test
  void aCallTurnsTheCacheOnForItself() {
    with("mode: enforce").then(Reply.json(200, OK));
    assertThat(header(play.call("gpt-4o").join(), "cache")).isEqualTo("null");
    read(play.call("gpt-4o", "x-headgate-cache", "on"));
    assertThat(status(play.call("gpt-4o", "cf-aig-cache-ttl", "60"))).isEqualTo("HIT");
    play.timers.pass(60_000);
    assertThat(status(play.call("gpt-4o", "cf-aig-cache-ttl", "60"))).isEqualTo("MISS");
  }

  @Test
  void anOwnKeyTakesThePlaceOfTheComputedOneForFiveMinutes() {
    with("mode: enforce").then(Reply.json(200, OK));
    read(play.call("gpt-4o", "cf-aig-cache-key", "k"));
    String other = Play.body("gpt-4o", false).replace("hi", "something else");
    assertThat(status(play.request(OPENAI, other, "x-headgate-cache-key", "k"))).isEqualTo("HIT");
    assertThat(status(play.call("gpt-4.1", "x-headgate-cache-key", "k"))).isEqualTo("MISS");
    assertThat(status(play.call("gpt-4o", "x-headgate-cache-key", "k", "api-key", "else")))
        .isEqualTo("MISS");
    play.timers.pass(300_000);
    assertThat(status(play.call("gpt-4o", "cf-aig-cache-key", "k"))).isEqualTo("MISS");
  }

  @Test
  void anOwnKeyDoesNotGiveAFallbacksAnswerForTheFirstTargets() {
    with("mode: enforce", "routes:", "  - first: [{use: openai/gpt-4o}, {use: groq/llama-3.3-70b}]")
        .then(Reply.json(503, BUSY))
        .then(Reply.json(200, answer("second", "stop")))
        .then(Reply.json(200, OK));
    assertThat(read(play.call("gpt-4o", "x-headgate-cache-key", "k"))).contains("second");
    GatewayResponse again = play.call("gpt-4o", "x-headgate-cache-key", "k").join();
    assertThat(header(again, "cache")).isEqualTo("MISS");
    assertThat(text(again)).isEqualTo(OK);
  }

  @Test
  void offLooksAtNothingAndKeepsNothing() {
    caching().then(Reply.json(200, OK));
    read(play.call("gpt-4o", "x-headgate-cache", "off"));
    GatewayResponse skipped = play.call("gpt-4o", "cf-aig-skip-cache", "true").join();
    assertThat(header(skipped, "cache")).isEqualTo("OFF");
    assertThat(status(play.call("gpt-4o"))).isEqualTo("MISS");
    assertThat(play.sent).hasSize(3);
  }

  @Test
  void refreshPutsANewAnswerInThePlaceOfTheStoredOne() {
    caching().then(Reply.json(200, OK)).then(Reply.json(200, answer("new", "stop")));
    read(play.call("gpt-4o"));
    CompletableFuture<GatewayResponse> refreshed =
        play.call("gpt-4o", "x-headgate-cache", "refresh");
    assertThat(status(refreshed)).isEqualTo("REFRESH");
    read(refreshed);
    assertThat(read(play.call("gpt-4o"))).contains("new");
    assertThat(play.sent).hasSize(2);
  }

  @Test
  void noStoreReadsOnly() {
    caching().then(Reply.json(200, OK));
    read(play.call("gpt-4o", "x-headgate-cache", "no-store"));
    assertThat(status(play.call("gpt-4o"))).isEqualTo("MISS");
    read(play.call("gpt-4o"));
    read(play.call("gpt-4o"));
    assertThat(status(play.call("gpt-4o", "x-headgate-cache", "no-store"))).isEqualTo("HIT");
  }

  @Test
  void onlyNeverSends() {
    caching().then(Reply.json(200, OK));
    GatewayResponse missed = play.call("gpt-4o", "x-headgate-cache", "only").join();
    assertThat(missed.status()).isEqualTo(504);
    assertThat(missed.headers().first("x-should-retry")).isEqualTo("false");
    assertThat(text(missed)).contains("cache_miss");
    assertThat(play.sent).isEmpty();
    read(play.call("gpt-4o"));
    assertThat(status(play.call("gpt-4o", "x-headgate-cache", "only"))).isEqualTo("HIT");
  }

  @Test
  void anOldAnswerIsBetterThanAnError() {
    with("mode: enforce", "cache:", "  - {ttl: 60s, stale-if-error: 1h}")
        .then(Reply.json(200, OK))
        .then(Reply.json(503, BUSY))
        .then(Reply.thrown(new ConnectException("refused")));
    read(play.call("gpt-4o"));
    play.timers.pass(61_000);
    GatewayResponse stale = play.call("gpt-4o").join();
    assertThat(stale.status()).isEqualTo(200);
    assertThat(header(stale, "cache")).isEqualTo("STALE");
    assertThat(text(stale)).isEqualTo(OK);
    assertThat(status(play.call("gpt-4o"))).isEqualTo("STALE");
    play.timers.pass(3_600_000);
    assertThat(play.call("gpt-4o")).isCompletedExceptionally();
  }

  @Test
  void anOldAnswerIsGivenWhileANewOneIsFetched() {
    with("mode: enforce", "cache:", "  - {ttl: 60s, stale-while-revalidate: 1h}")
        .then(Reply.json(200, OK))
        .then(Reply.json(200, answer("new", "stop")));
    read(play.call("gpt-4o"));
    play.timers.pass(61_000);
    GatewayResponse stale = play.call("gpt-4o").join();
    assertThat(header(stale, "cache")).isEqualTo("STALE");
    assertThat(text(stale)).isEqualTo(OK);
    assertThat(play.sent).hasSize(2);
    assertThat(play.sent.get(1).headers().first("x-headgate-cache")).isNull();
    GatewayResponse fresh = play.call("gpt-4o").join();
    assertThat(header(fresh, "cache")).isEqualTo("HIT");
    assertThat(text(fresh)).contains("new");
  }

  @Test
  void callsAtTheSameTimeShareOneAnswer() {
    caching().then(Reply.sse(ROLE, WORD).thenHangs());
    CompletableFuture<GatewayResponse> leader = play.stream("gpt-4o");
    CompletableFuture<GatewayResponse> follower = play.stream("gpt-4o");
    assertThat(status(leader)).isEqualTo("MISS");
    assertThat(status(follower)).isEqualTo("COALESCED");
    assertThat(text(leader.join())).isEqualTo(ROLE + WORD + "…");
    assertThat(text(follower.join())).isEqualTo(ROLE + WORD + "…");
    assertThat(play.sent).hasSize(1);
    play.replies.get(0).breakOff();
  }

  @Test
  void aFollowerOutlivesItsLeader() {
    caching().then(Reply.sse(ROLE, WORD, STOP, DONE));
    CompletableFuture<GatewayResponse> leader = play.stream("gpt-4o");
    CompletableFuture<GatewayResponse> follower = play.stream("gpt-4o");
    Objects.requireNonNull(leader.join().content()).close();
    assertThat(text(follower.join())).isEqualTo(STREAM);
    assertThat(play.sent).hasSize(1);
    assertThat(status(play.stream("gpt-4o"))).isEqualTo("HIT");
  }

  @Test
  void aFollowerInAnotherFormGetsItsOwn() {
    caching().then(Reply.sse(ROLE, WORD, STOP, DONE));
    CompletableFuture<GatewayResponse> leader = play.stream("gpt-4o");
    CompletableFuture<GatewayResponse> follower = play.call("gpt-4o");
    assertThat(text(follower.join())).contains("chat.completion\"").contains("\"yes\"");
    assertThat(status(follower)).isEqualTo("COALESCED");
    assertThat(text(leader.join())).isEqualTo(STREAM);
    assertThat(play.sent).hasSize(1);
  }

  @Test
  void aFailureIsNotShared() {
    caching().then(Reply.mute()).then(Reply.json(200, OK));
    CompletableFuture<GatewayResponse> leader = play.call("gpt-4o");
    CompletableFuture<GatewayResponse> follower = play.call("gpt-4o");
    assertThat(follower).isNotDone();
    play.replies.get(0).breakOff();
    assertThat(leader).isCompletedExceptionally();
    assertThat(read(follower)).isEqualTo(OK);
    assertThat(play.sent).hasSize(2);
  }

  @Test
  void anAnswerBelongsToTheTargetThatGaveIt() {
    with(
            "mode: enforce",
            "routes:",
            "  - first: [{use: openai/gpt-4o}, {use: groq/llama-3.3-70b}]",
            "cache:",
            "  - ttl: 1h")
        .then(Reply.json(503, BUSY))
        .then(Reply.json(200, answer("second", "stop")))
        .then(Reply.json(503, BUSY));
    assertThat(read(play.call("gpt-4o"))).contains("second");
    GatewayResponse again = play.call("gpt-4o").join();
    assertThat(header(again, "cache")).isEqualTo("HIT");
    assertThat(header(again, "provider")).isEqualTo("groq");
    assertThat(header(again, "step")).isEqualTo("1");
    assertThat(text(again)).contains("second");
    assertThat(play.hosts()).containsExactly("api.openai.com", "api.groq.com", "api.openai.com");
  }

  @Test
  void aStreamIsReplayedAtThePaceThatIsAskedFor() {
    with("mode: enforce", "cache:", "  - {ttl: 1h, replay: 2/1s}")
        .then(Reply.sse(ROLE, WORD, STOP, DONE));
    read(play.stream("gpt-4o"));
    GatewayResponse replayed = play.stream("gpt-4o").join();
    assertThat(text(replayed)).isEqualTo(ROLE + "…");
    play.timers.pass(2_000);
  }

  @Test
  void soundThatIsNotReadToItsEndIsNotKept() {
    caching().then(Reply.sse("ID3-one", "ID3-two", "ID3-three").with("content-type", "audio/mpeg"));
    String url = "https://api.openai.com/v1/audio/speech";
    String body = "{\"model\":\"tts-1\",\"input\":\"hi\",\"voice\":\"alloy\"}";
    Content content = Objects.requireNonNull(play.request(url, body).join().content());
    content.next().toCompletableFuture().join();
    content.close();
    CompletableFuture<GatewayResponse> second = play.request(url, body);
    assertThat(status(second)).isEqualTo("MISS");
    read(second);
    assertThat(status(play.request(url, body))).isEqualTo("HIT");
  }

  @Test
  void anAnswerShorterThanItSaysIsNotKept() {
    caching().then(Reply.json(200, OK, "content-length", "5000"));
    read(play.call("gpt-4o"));
    assertThat(result().reason()).contains("not as long as it says");
  }

  @Test
  void partOfSomethingIsNotKept() {
    caching().then(Reply.json(206, OK));
    read(play.call("gpt-4o"));
    assertThat(status(play.call("gpt-4o"))).isEqualTo("MISS");
  }

  @Test
  void aFollowerIsToldOfACutStreamLikeItsLeader() {
    caching().then(Reply.sse(ROLE, WORD));
    CompletableFuture<GatewayResponse> leader = play.stream("gpt-4o");
    CompletableFuture<GatewayResponse> follower = play.stream("gpt-4o");
    String told = text(leader.join());
    assertThat(told).contains("before it was complete");
    assertThat(text(follower.join())).isEqualTo(told);
  }

  @Test
  void onlyAndNoStoreFetchNothingBehindTheAppsBack() {
    with(
            "mode: enforce",
            "cache:",
            "  - {ttl: 60s, stale-while-revalidate: 1h, stale-if-error: 1h}")
        .then(Reply.json(200, OK));
    read(play.call("gpt-4o"));
    play.timers.pass(61_000);
    assertThat(play.call("gpt-4o", "x-headgate-cache", "only").join().status()).isEqualTo(504);
    assertThat(play.sent).hasSize(1);
    read(play.call("gpt-4o", "x-headgate-cache", "no-store"));
    assertThat(play.sent).hasSize(2);
    assertThat(status(play.call("gpt-4o"))).isEqualTo("STALE");
  }

  @Test
  void onlyRefusesWhatCannotBeCached() {
    caching().then(Reply.json(200, OK));
    play.repeatable = false;
    assertThat(play.call("gpt-4o", "x-headgate-cache", "only").join().status()).isEqualTo(504);
    assertThat(play.sent).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 413})
  void anOldAnswerDoesNotHideWhatTheAppDidWrong(int status) {
    with("mode: enforce", "cache:", "  - {ttl: 60s, stale-if-error: 1h}")
        .then(Reply.json(200, OK))
        .then(Reply.json(status, BUSY));
    read(play.call("gpt-4o"));
    play.timers.pass(61_000);
    assertThat(play.call("gpt-4o").join().status()).isEqualTo(status);
  }

  @Test
  void anOldAnswerIsBetterThanAnErrorInA200() {
    with("mode: enforce", "cache:", "  - {ttl: 60s, stale-if-error: 1h}")
        .then(Reply.json(200, OK))
        .then(Reply.json(200, BUSY));
    read(play.call("gpt-4o"));
    play.timers.pass(61_000);
    assertThat(status(play.call("gpt-4o"))).isEqualTo("STALE");
  }

  @Test
  void aFailedRefreshIsNotTriedAgainAtOnce() {
    with("mode: enforce", "cache:", "  - {ttl: 60s, stale-while-revalidate: 1h}")
        .then(Reply.json(200, OK))
        .then(Reply.json(503, BUSY));
    read(play.call("gpt-4o"));
    play.timers.pass(61_000);
    for (int i = 0; i < 5; i++) {
      assertThat(status(play.call("gpt-4o"))).isEqualTo("STALE");
    }
    assertThat(play.sent).hasSize(2);
    play.timers.pass(10_000);
    read(play.call("gpt-4o"));
    assertThat(play.sent).hasSize(3);
  }

  @Test
  void aFollowerOfWhatIsTooLargeGoesItsOwnWay() {
    with("mode: enforce", "cache:", "  - {ttl: 1h, max-entry: 1KB}")
        .then(
            Reply.sse(
                ROLE, chunk("{\"content\":\"" + "y".repeat(2000) + "\"}", "null"), STOP, DONE));
    CompletableFuture<GatewayResponse> leader = play.stream("gpt-4o");
    CompletableFuture<GatewayResponse> inAnotherForm = play.call("gpt-4o");
    CompletableFuture<GatewayResponse> follower = play.stream("gpt-4o");
    assertThat(text(follower.join())).endsWith(DONE);
    assertThat(text(inAnotherForm.join())).isNotEmpty();
    assertThat(text(leader.join())).endsWith(DONE);
  }

  @Test
  void aStreamThatTellsNoUsageThoughAskedIsAnsweredAsItIs() {
    caching().then(Reply.sse(ROLE, WORD, STOP, DONE));
    String url = "https://api.openai.com/v1/chat/completions";
    String body =
        "{\"model\":\"gpt-4o\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}";
    read(play.request(url, body));
    assertThat(status(play.request(url, body))).isEqualTo("HIT");
  }

  @Test
  void anAnswerWithoutAReasonForItsEndIsNotKept() {
    caching().then(Reply.json(200, OK.replace("\"stop\"", "null")));
    read(play.call("gpt-4o"));
    assertThat(status(play.call("gpt-4o"))).isEqualTo("MISS");
  }

  @Test
  void aConversationThatTheProviderKeepsIsNotCached() {
    caching().then(Reply.json(200, OK));
    String body = "{\"model\":\"gpt-4o\",\"conversation\":\"conv_1\",\"input\":\"go on\"}";
    GatewayResponse answer = play.request("https://api.openai.com/v1/responses", body).join();
    assertThat(header(answer, "cache")).isEqualTo("BYPASS");
  }

  @Test
  void aTimeThatTheAppSaidWhenItWasKeptIsNotShortenedLater() {
    with("mode: enforce").then(Reply.json(200, OK));
    read(play.call("gpt-4o", "cf-aig-cache-key", "k", "cf-aig-cache-ttl", "3600"));
    play.timers.pass(3_000_000);
    assertThat(status(play.call("gpt-4o", "cf-aig-cache-key", "k"))).isEqualTo("HIT");
  }

  @Test
  void otherOperationsAreNone() {
    caching().then(Reply.json(200, "{\"data\":[]}"));
    GatewayResponse models = play.request("https://api.openai.com/v1/files", "{}").join();
    assertThat(header(models, "cache")).isEqualTo("null");
  }
}
