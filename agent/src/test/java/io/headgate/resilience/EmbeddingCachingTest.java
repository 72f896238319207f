// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import static io.headgate.resilience.Play.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.CacheResult;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.resilience.Play.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches of which some inputs were embedded before: the whole pipeline, scripted providers. */
class EmbeddingCachingTest {

  private static final String URL = "https://api.openai.com/v1/embeddings";
  private static final String BUSY = "{\"error\":{\"message\":\"busy\",\"type\":\"server_error\"}}";

  private Play play = caching();

  private static Play caching(String... more) {
    List<String> lines = new ArrayList<>(List.of("mode: enforce", "cache:", "  - ttl: 1h"));
    lines.addAll(List.of(more));
    return new Play(Yaml.config(lines.toArray(new String[0])));
  }

  @AfterEach
  void nothingIsWrongInside() {
    assertThat(play.faults).isEmpty();
    assertThat(play.timers.pending()).as("timers left behind").isZero();
  }

  private static String body(List<String> inputs) {
    return "{\"model\": \"text-embedding-3-small\", \"input\": "
        + (inputs.size() == 1 ? quoted(inputs.get(0)) : array(inputs))
        + ", \"dimensions\": 2}";
  }

  /** A request for one input out of several. */
  private static String listing(String input) {
    return body(List.of(input)).replace(quoted(input), "[" + quoted(input) + "]");
  }

  private static String array(List<String> inputs) {
    return "[" + String.join(",", inputs.stream().map(EmbeddingCachingTest::quoted).toList()) + "]";
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  /** Each vector says which input it is of, in digits that no double has. */
  private static String vector(String input) {
    return "[0." + "0".repeat(20) + Math.abs(input.hashCode()) + ",1.50]";
  }

  private static String answer(List<String> inputs) {
    List<String> items = new ArrayList<>();
    int tokens = 0;
    for (String input : inputs) {
      items.add(
          "{\"object\":\"embedding\",\"index\":"
              + items.size()
              + ",\"embedding\":"
              + vector(input)
              + "}");
      tokens += 10 * input.length();
    }
    return "{\"object\":\"list\",\"data\":["
        + String.join(",", items)
        + "],\"model\":\"text-embedding-3-small\",\"usage\":{\"prompt_tokens\":"
        + tokens
        + ",\"total_tokens\":"
        + tokens
        + "}}";
  }

  private static List<String> inputs(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "input-" + (1000 + i)).toList();
  }

  /** What the provider is going to answer next: those inputs. */
  private EmbeddingCachingTest answering(List<String> inputs) {
    return replying(Reply.json(200, answer(inputs)));
  }

  private EmbeddingCachingTest replying(Reply reply) {
    play.replaceScript();
    play.then(reply);
    return this;
  }

  private GatewayResponse call(List<String> inputs, String... headers) {
    return play.request(URL, body(inputs), headers).join();
  }

  private String lastSent() {
    GatewayRequest last = play.sent.get(play.sent.size() - 1);
    return last.body().text();
  }

  private static String header(GatewayResponse response, String name) {
    return String.valueOf(response.headers().first("x-headgate-" + name));
  }

  private CacheResult result() {
    return Objects.requireNonNull(Objects.requireNonNull(play.exchange).cache());
  }

  private void known(List<String> inputs) {
    assertThat(text(answering(inputs).call(inputs))).isEqualTo(answer(inputs));
  }

  @Test
  void ofAHundredInputsTheTenNewOnesAreSent() {
    known(inputs(0, 90));
    List<String> hundred = new ArrayList<>(inputs(0, 100));
    Collections.shuffle(hundred, new Random(3));
    List<String> fresh = hundred.stream().filter(input -> !inputs(0, 90).contains(input)).toList();
    GatewayResponse response = answering(fresh).call(hundred);
    assertThat(text(response)).isEqualTo(answer(hundred));
    assertThat(lastSent()).isEqualTo(body(fresh));
    assertThat(fresh).hasSize(10);
    assertThat(header(response, "cache")).isEqualTo("MISS");
    assertThat(result().reason()).isEqualTo("10 of 100 inputs are new");
    assertThat(response.headers().first("content-type")).isEqualTo("application/json");

    assertThat(text(call(hundred))).isEqualTo(answer(hundred));
    assertThat(result().status()).isEqualTo(CacheResult.Status.HIT);
    assertThat(play.sent).hasSize(2);
  }

  @Test
  void anInputIsKnownHoweverItCame() {
    known(List.of("a"));
    String list = "{\"dimensions\":2,\"input\":[\"\\u0061\"],\"model\":\"text-embedding-3-small\"}";
    GatewayResponse response = play.request(URL, list).join();
    assertThat(header(response, "cache")).isEqualTo("HIT");
    assertThat(text(response)).isEqualTo(answer(List.of("a")));
    String other = list.replace("\"dimensions\":2", "\"dimensions\":3");
    assertThat(header(play.request(URL, other).join(), "cache")).isEqualTo("MISS");
  }

  @Test
  void whatIsInABatchTwiceIsSentOnce() {
    List<String> twice = List.of("b", "a", "b", "b");
    GatewayResponse response = answering(List.of("b", "a")).call(twice);
    assertThat(text(response)).isEqualTo(answer(twice));
    assertThat(lastSent()).isEqualTo(body(List.of("b", "a")));
    assertThat(text(call(List.of("a", "b")))).isEqualTo(answer(List.of("a", "b")));
    assertThat(play.sent).hasSize(1);
  }

  @Test
  void aHitIsAsOldAsItsOldestPartAndSavesWhatAllCost() {
    known(List.of("a"));
    long first = Objects.requireNonNull(Objects.requireNonNull(play.exchange).cost()).total();
    play.timers.pass(60_000);
    known(List.of("b"));
    long second = Objects.requireNonNull(Objects.requireNonNull(play.exchange).cost()).total();
    play.timers.pass(60_000);
    GatewayResponse hit = call(List.of("a", "b"));
    assertThat(text(hit)).isEqualTo(answer(List.of("a", "b")));
    assertThat(header(hit, "cache-age")).isEqualTo("120");
    assertThat(first).isPositive();
    assertThat(Objects.requireNonNull(result().saved()).total()).isEqualTo(first + second);
    assertThat(play.exchange.usage().isEmpty()).isTrue();
  }

  @Test
  void whatABatchCostIsSharedByItsInputs() {
    known(List.of("a", "bbb"));
    long both = Objects.requireNonNull(Objects.requireNonNull(play.exchange).cost()).total();
    text(call(List.of("a")));
    long one = Objects.requireNonNull(result().saved()).total();
    text(call(List.of("bbb")));
    assertThat(one + Objects.requireNonNull(result().saved()).total()).isEqualTo(both);
    assertThat(one).isEqualTo(Math.round(both / 4.0));
  }

  @Test
  void eachInputHasItsOwnTime() {
    known(List.of("a"));
    play.timers.pass(3_000_000);
    known(List.of("b"));
    play.timers.pass(600_000);
    GatewayResponse response = answering(List.of("a")).call(List.of("a", "b"));
    assertThat(text(response)).isEqualTo(answer(List.of("a", "b")));
    assertThat(lastSent()).isEqualTo(listing("a"));
  }

  @Test
  void anErrorToTheRestIsTheProvidersOwn() {
    known(List.of("a"));
    GatewayResponse limited = replying(Reply.json(429, BUSY)).call(List.of("a", "b"));
    assertThat(limited.status()).isEqualTo(429);
    assertThat(text(limited)).isEqualTo(BUSY);
    GatewayResponse good = replying(Reply.json(200, BUSY)).call(List.of("a", "b"));
    assertThat(text(good)).isEqualTo(BUSY);
    assertThat(text(answering(List.of("b")).call(List.of("a", "b"))))
        .isEqualTo(answer(List.of("a", "b")));
  }

  @Test
  void anAnswerThatBreaksOffBreaksOff() {
    known(List.of("a"));
    Reply broken = Reply.json(200, answer(List.of("b")).substring(0, 40)).thenBreaks("reset");
    assertThat(text(replying(broken).call(List.of("a", "b")))).isEqualTo("!reset");
    assertThat(play.replies.get(1).over()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void embeddingsThatCannotBeAssignedAreAnErrorAndThenSentWhole(int count) {
    known(List.of("a"));
    GatewayResponse wrong = answering(inputs(0, count)).call(List.of("a", "b", "c"));
    assertThat(wrong.status()).isEqualTo(502);
    assertThat(text(wrong)).contains("\"error\"").doesNotContain("embedding\":[");
    List<String> all = List.of("a", "b", "c");
    assertThat(text(answering(all).call(all))).isEqualTo(answer(all));
    assertThat(lastSent()).isEqualTo(body(all));
    play.timers.pass(600_000);
    assertThat(text(answering(List.of("b", "c")).call(all))).isEqualTo(answer(all));
    assertThat(lastSent()).isEqualTo(body(List.of("b", "c")));
  }

  @Test
  void anEncodingThatIsNotOursToUndoIsNotAskedFor() {
    List<String> both = List.of("a", "b");
    answering(List.of("a")).call(List.of("a"), "accept-encoding", "br, gzip");
    assertThat(play.sent.get(0).headers().first("accept-encoding")).isEqualTo("br, gzip");
    known(List.of("a"));
    Reply packed = Reply.json(200, answer(List.of("b")), "content-encoding", "br");
    GatewayResponse wrong = replying(packed).call(both, "accept-encoding", "br, gzip");
    assertThat(lastSent()).isEqualTo(listing("b"));
    assertThat(play.sent.get(play.sent.size() - 1).headers().first("accept-encoding"))
        .isEqualTo("gzip");
    assertThat(wrong.status()).isEqualTo(502);
  }

  @Test
  void whatWasTrueOfTheBytesIsNotSaidOfOthers() {
    known(List.of("a"));
    Reply reply =
        Reply.json(200, answer(List.of("b")), "content-length", "7", "etag", "e", "x", "y");
    GatewayResponse merged = replying(reply).call(List.of("a", "b"));
    assertThat(text(merged)).isEqualTo(answer(List.of("a", "b")));
    assertThat(merged.headers().contains("content-length")).isFalse();
    assertThat(merged.headers().contains("etag")).isFalse();
    assertThat(merged.headers().first("x")).isEqualTo("y");
  }

  @Test
  void anUnknownAnswerToAnUnchangedRequestPassesAndIsNotKept() {
    String odd = answer(List.of("a", "b")).replace("\"index\":1", "\"index\":7");
    assertThat(text(replying(Reply.json(200, odd)).call(List.of("a", "b")))).isEqualTo(odd);
    assertThat(result().reason()).contains("not kept");
    assertThat(header(call(List.of("a", "b")), "cache")).isEqualTo("MISS");
  }

  @Test
  void whatIsNotUnderstoodIsKeptWhole() {
    String body = "{\"model\":\"m\",\"input\":[\"a\",\"b\"],\"late_chunking\":true}";
    answering(List.of("a", "b"));
    assertThat(text(play.request(URL, body).join())).isEqualTo(answer(List.of("a", "b")));
    assertThat(header(play.request(URL, body).join(), "cache")).isEqualTo("HIT");
    String one = body.replace("[\"a\",\"b\"]", "[\"a\"]");
    assertThat(header(play.request(URL, one).join(), "cache")).isEqualTo("MISS");
  }

  @Test
  void refreshSendsAllAgain() {
    known(List.of("a", "b"));
    GatewayResponse again =
        answering(List.of("a", "b")).call(List.of("a", "b"), "x-headgate-cache", "refresh");
    assertThat(header(again, "cache")).isEqualTo("REFRESH");
    assertThat(text(again)).isEqualTo(answer(List.of("a", "b")));
    assertThat(lastSent()).isEqualTo(body(List.of("a", "b")));
  }

  @Test
  void noStoreUsesWhatIsKnownAndKeepsNothing() {
    known(List.of("a"));
    List<String> both = List.of("a", "b");
    GatewayResponse merged = answering(List.of("b")).call(both, "x-headgate-cache", "no-store");
    assertThat(text(merged)).isEqualTo(answer(both));
    assertThat(lastSent()).isEqualTo(listing("b"));
    assertThat(text(call(both))).isEqualTo(answer(both));
    assertThat(play.sent).hasSize(3);
  }

  @Test
  void onlySendsNothing() {
    known(List.of("a", "b"));
    assertThat(text(call(List.of("b", "a"), "x-headgate-cache", "only")))
        .isEqualTo(answer(List.of("b", "a")));
    GatewayResponse refused = call(List.of("a", "c"), "x-headgate-cache", "only");
    assertThat(refused.status()).isEqualTo(504);
    assertThat(play.sent).hasSize(1);
  }

  @Test
  void staleEmbeddingsAreBetterThanAnError() {
    play = caching("    stale-if-error: 1h");
    known(List.of("a", "b"));
    play.timers.pass(3_600_000);
    GatewayResponse stale = replying(Reply.json(500, BUSY)).call(List.of("b", "a"));
    assertThat(text(stale)).isEqualTo(answer(List.of("b", "a")));
    assertThat(header(stale, "cache")).isEqualTo("STALE");
    assertThat(replying(Reply.json(500, BUSY)).call(List.of("a", "c")).status()).isEqualTo(500);
  }

  @Test
  void staleEmbeddingsAreFetchedAnewMeanwhile() {
    play = caching("    stale-while-revalidate: 1h");
    known(List.of("a", "b"));
    play.timers.pass(3_600_000);
    GatewayResponse stale = answering(List.of("b", "a")).call(List.of("b", "a"));
    assertThat(text(stale)).isEqualTo(answer(List.of("b", "a")));
    assertThat(header(stale, "cache")).isEqualTo("STALE");
    assertThat(lastSent()).isEqualTo(body(List.of("b", "a")));
    assertThat(header(call(List.of("a")), "cache")).isEqualTo("HIT");
    assertThat(play.sent).hasSize(2);
  }

  @Test
  void embeddingsThatAreTooLargeAreNotKept() {
    play = caching("    max-entry: 1KB");
    List<String> small = inputs(0, 20);
    known(small);
    assertThat(answer(small)).hasSizeGreaterThan(1024);
    assertThat(text(call(small))).isEqualTo(answer(small));
    assertThat(play.sent).hasSize(1);
    String large = answer(List.of("z")).replace("1.50", "1.5" + "0".repeat(1024));
    assertThat(text(replying(Reply.json(200, large)).call(List.of("z")))).isEqualTo(large);
    assertThat(result().reason()).contains("max-entry");
    assertThat(header(call(List.of("z")), "cache")).isEqualTo("MISS");
  }

  @Test
  void noInputGetsAnothersVector() {
    Random random = new Random(5);
    for (int round = 0; round < 12; round++) {
      play = caching();
      Set<String> known = new LinkedHashSet<>();
      for (int batch = 0; batch < 15; batch++) {
        List<String> wanted =
            random.ints(1 + random.nextInt(10), 0, 25).mapToObj(i -> "in-" + i).toList();
        List<String> fresh =
            wanted.stream().filter(input -> !known.contains(input)).distinct().toList();
        int before = play.sent.size();
        assertThat(withoutUsage(text(answering(fresh).call(wanted))))
            .isEqualTo(withoutUsage(answer(wanted)));
        if (fresh.isEmpty()) {
          assertThat(play.sent).hasSize(before);
        } else {
          assertThat(withoutBrackets(lastSent())).isEqualTo(withoutBrackets(body(fresh)));
        }
        known.addAll(fresh);
      }
      nothingIsWrongInside();
    }
  }

  private static String withoutUsage(String answer) {
    return answer.substring(0, answer.indexOf("\"usage\""));
  }

  /** One input may be sent as a list of one. */
  private static String withoutBrackets(String body) {
    return body.replace("[", "").replace("]", "");
  }
}
