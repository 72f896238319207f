// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.config.CacheRule.Replay;
import io.headgate.config.CacheRule.Semantic;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheConfigTest {
  private static final String MODELS = "models: {small: openai/text-embedding-3-small}";
  private final Fixture fixture = new Fixture();

  private List<CacheRule> rules(String yaml) {
    return fixture.file(MODELS, "cache: [" + yaml + "]").cache();
  }

  private CacheRule rule(String yaml) {
    return rules(yaml).get(0);
  }

  @Test
  void everyKeyIsRead() {
    CacheRule rule =
        rules(
                "{match: {operation: embeddings}, ttl: 1s}, "
                    + "{match: {operation: [chat], model: 'gpt-*', provider: openai, when: a},"
                    + " ttl: 1h, stale-if-error: 24h, stale-while-revalidate: 5m,"
                    + " isolate: [metadata.tenant, b], key: {ignore: [user, metadata.id],"
                    + " version: 3}, store-when: c, max-entry: 512KB, replay: 50/1s,"
                    + " semantic: {threshold: 90%, embed: openai/e, mode: shadow}}")
            .get(1);

    assertThat(rule.at()).startsWith("headgate.yaml:2:");
    assertThat(rule.index()).isEqualTo(1);
    assertThat(rule.match().operations()).containsExactly(Operation.CHAT);
    assertThat(rule.match().models()).containsExactly("gpt-*");
    assertThat(rule.match().providers()).containsExactly("openai");
    assertThat(rule.match().when().path()).isEqualTo("cache[1].match.when");
    assertThat(rule.ttl()).isEqualTo(Duration.ofHours(1));
    assertThat(rule.staleIfError()).isEqualTo(Duration.ofHours(24));
    assertThat(rule.staleWhileRevalidate()).isEqualTo(Duration.ofMinutes(5));
    assertThat(rule.isolate()).extracting("source").containsExactly("metadata.tenant", "b");
    assertThat(rule.isolate())
        .extracting("path")
        .containsExactly("cache[1].isolate[0]", "cache[1].isolate[1]");
    assertThat(rule.ignore()).containsExactlyInAnyOrder("user", "metadata.id");
    assertThat(rule.version()).isEqualTo("3");
    assertThat(rule.storeWhen().source()).isEqualTo("c");
    assertThat(rule.storeWhen().path()).isEqualTo("cache[1].store-when");
    assertThat(rule.maxEntry()).isEqualTo(512 * 1024);
    assertThat(rule.replay()).isEqualTo(new Replay(Replay.Kind.PACED, 50, Duration.ofSeconds(1)));
    assertThat(rule.semantic()).isEqualTo(new Semantic(0.9, new TargetRef("openai", "e"), true));
  }

  @Test
  void onlyTheTtlHasToBeSaid() {
    CacheRule rule = rule("{ttl: 365d}");
    assertThat(rule.match()).isEqualTo(RouteSettings.Match.ALL);
    assertThat(rule.ttl()).isEqualTo(Duration.ofDays(365));
    assertThat(rule.staleIfError()).isZero();
    assertThat(rule.staleWhileRevalidate()).isZero();
    assertThat(rule.isolate()).isNull();
    assertThat(rule.ignore()).isEmpty();
    assertThat(rule.version()).isEmpty();
    assertThat(rule.storeWhen()).isNull();
    assertThat(rule.maxEntry()).isEqualTo(CacheRule.MAX_ENTRY);
    assertThat(rule.replay()).isEqualTo(Replay.INSTANT);
    assertThat(rule.semantic()).isNull();
  }

  @Test
  void onlyAnEmptyListIsolatesNothing() {
    assertThat(rule("{ttl: 1h, isolate: []}").isolate()).isEmpty();
    assertThat(rule("{ttl: 1h, isolate: }").isolate()).isNull();
    assertThat(rule("{ttl: 1h, isolate: metadata.user}").isolate())
        .extracting("path")
        .containsExactly("cache[0].isolate");
  }

  @Test
  void similarityHasDefaults() {
    assertThat(rule("{ttl: 1h, semantic: {}}").semantic())
        .isEqualTo(new Semantic(0.95, null, false));
    assertThat(rule("{ttl: 1h, semantic: }").semantic()).isNull();
    assertThat(rule("{ttl: 1h, semantic: {threshold: 1, embed: Local, mode: Enforce}}").semantic())
        .isEqualTo(new Semantic(1, null, false));
    assertThat(rule("{ttl: 1h, semantic: {embed: small}}").semantic().embed())
        .hasToString("openai/text-embedding-3-small");
  }

  @Test
  void wordsOfReplayMayVaryInCase() {
    assertThat(rule("{ttl: 1h, replay: Recorded}").replay()).isEqualTo(Replay.RECORDED);
    assertThat(rule("{ttl: 1h, replay: INSTANT}").replay()).isEqualTo(Replay.INSTANT);
  }

  @Test
  void aFileThatCachesNothingHasNoRules() {
    assertThat(fixture.file("cache:").cache()).isEmpty();
    assertThat(fixture.file("mode: enforce").cache()).isEmpty();
    assertThat(fixture.file("cache:").acts()).isFalse();
    assertThat(fixture.file("cache: [{ttl: 1h}]").acts()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1h | 2:9: cache[0]: expected a mapping such as {ttl: 1h}, found a single value",
        "{} | 2:9: cache[0]: ttl is missing; expected a time such as 1h",
        "{ttl: } | 2:9: cache[0]: ttl is missing; expected a time such as 1h",
        "{ttl: '${X:}'} | 2:15: cache[0].ttl: expected a time such as 1h, found an empty value",
        "{ttl: 60} | 2:15: cache[0].ttl: expected a time such as 250ms, 30s, 5m, 1h or 7d, found \"60\"",
        "{ttl: 999ms} | 2:15: cache[0].ttl: expected a time from 1s to 365d, found \"999ms\"",
        "{ttl: 366d} | 2:15: cache[0].ttl: expected a time from 1s to 365d, found \"366d\"",
        "{ttl: [1h]} | 2:15: cache[0].ttl: expected a time such as 250ms, 30s, 5m, 1h or 7d, found a list",
        "{ttl: 1h, tll: 2h} | 2:19: unknown key \"tll\" under cache[0]; did you mean \"ttl\"?",
        "{ttl: 1h, zzz: 2h} | 2:19: unknown key \"zzz\" under cache[0]; expected match, ttl, stale-if-error, stale-while-revalidate, isolate, key, store-when, max-entry, replay or semantic",
        "{ttl: 1h, stale-on-error: 2h} | 2:19: unknown key \"stale-on-error\" under cache[0]; did you mean \"stale-if-error\"?",
        "{ttl: 1h, stale-if-error: 366d} | 2:35: cache[0].stale-if-error: expected at most 365d, found \"366d\"",
        "{ttl: 1h, stale-while-revalidate: x} | 2:43: cache[0].stale-while-revalidate: expected a time such as 250ms, 30s, 5m, 1h or 7d, found \"x\"",
        "{ttl: 1h, match: {models: a}} | 2:27: unknown key \"models\" under cache[0].match; did you mean \"model\"?",
        "{ttl: 1h, match: {operation: chatt}} | 2:38: cache[0].match.operation: expected chat, text_completion, embeddings, image_generation, speech, transcription, rerank, moderation, count_tokens, models, files, batch, retrieve or unknown, found \"chatt\"; did you mean \"chat\"?",
        "{ttl: 1h, match: {operation: [chat, files]}} | 2:38: cache[0].match.operation: files uses no model and is never cached; remove it",
        "{ttl: 1h, match: {operation: count_tokens}} | 2:38: cache[0].match.operation: count_tokens uses no model and is never cached; remove it",
        "{ttl: 1h, match: {provider: opnai}} | 2:37: cache[0].match.provider: unknown provider \"opnai\"; did you mean \"openai\"?",
        "{ttl: 1h, isolate: {a: b}} | 2:28: cache[0].isolate: expected an expression, found a mapping",
        "{ttl: 1h, isolate: '${X:}'} | 2:28: cache[0].isolate: expected an expression, found an empty value",
        "{ttl: 1h, isolate: [a, '${X:}']} | 2:32: cache[0].isolate[1]: expected an expression, found an empty value",
        "{ttl: 1h, isolate: [a, ~]} | 2:32: cache[0].isolate[1]: expected an expression, found an empty value",
        "{ttl: 1h, isolate: [[a]]} | 2:29: cache[0].isolate[0]: expected an expression, found a list",
        "{ttl: 1h, key: user} | 2:24: cache[0].key: expected a mapping of ignore and version, found a single value",
        "{ttl: 1h, key: {ignored: user}} | 2:25: unknown key \"ignored\" under cache[0].key; did you mean \"ignore\"?",
        "{ttl: 1h, key: {ignore: []}} | 2:33: cache[0].key.ignore: the list is empty; expected a member of the request's body, such as user or metadata.session",
        "{ttl: 1h, key: {ignore: 'messages[0]'}} | 2:33: cache[0].key.ignore: expected a member of the request's body, such as user or metadata.session, found \"messages[0]\"",
        "{ttl: 1h, key: {ignore: a..b}} | 2:33: cache[0].key.ignore: expected a member of the request's body, such as user or metadata.session, found \"a..b\"",
        "{ttl: 1h, key: {ignore: [user, .a]}} | 2:40: cache[0].key.ignore: expected a member of the request's body, such as user or metadata.session, found \".a\"",
        "{ttl: 1h, key: {version: [1]}} | 2:34: cache[0].key.version: expected text, found a list",
        "{ttl: 1h, store-when: [a]} | 2:31: cache[0].store-when: expected an expression, found a list",
        "{ttl: 1h, max-entry: 1048576} | 2:30: cache[0].max-entry: expected a size such as 512KB, 16MB or 1GB, found \"1048576\"",
        "{ttl: 1h, max-entry: 0KB} | 2:30: cache[0].max-entry: expected a size from 1KB to 1GB, found \"0KB\"",
        "{ttl: 1h, max-entry: 1025MB} | 2:30: cache[0].max-entry: expected a size from 1KB to 1GB, found \"1025MB\"",
        "{ttl: 1h, replay: 50} | 2:27: cache[0].replay: expected instant, recorded or a rate such as 50/1s, found \"50\"",
        "{ttl: 1h, replay: record} | 2:27: cache[0].replay: expected instant, recorded or a rate such as 50/1s, found \"record\"; did you mean \"recorded\"?",
        "{ttl: 1h, semantic: true} | 2:29: cache[0].semantic: expected a mapping of settings, such as threshold: 0.95, found a single value",
        "{ttl: 1h, semantic: {treshold: 1}} | 2:30: unknown key \"treshold\" under cache[0].semantic; did you mean \"threshold\"?",
        "{ttl: 1h, semantic: {threshold: 0}} | 2:41: cache[0].semantic.threshold: expected more than 0, or any questions are the same",
        "{ttl: 1h, semantic: {threshold: 1.01}} | 2:41: cache[0].semantic.threshold: expected a share from 0% to 100%, found \"1.01\"",
        "{ttl: 1h, semantic: {embed: openai/*}} | 2:37: cache[0].semantic.embed: expected provider/model, such as openai/text-embedding-3-small, or local, found \"openai/*\"",
        "{ttl: 1h, semantic: {embed: opnai/e}} | 2:37: cache[0].semantic.embed: unknown provider in \"opnai/e\"; did you mean \"openai/e\"?",
        "{ttl: 1h, semantic: {mode: observe}} | 2:36: cache[0].semantic.mode: expected enforce or shadow, found \"observe\"",
        "{ttl: 1h, match: {operation: embeddings}, semantic: {}} | 2:61: cache[0].semantic: only chats are compared by their meaning; add chat to match.operation, or remove semantic",
        "{ttl: 1h}, {ttl: 2h, match: {model: a}} | 2:20: cache[1]: can never match, since cache[0] before it matches every call; move it up, or remove it",
        "{ttl: 1h, match: {model: 'a*'}}, {ttl: 2h, match: {model: ab, when: x}} | 2:42: cache[1]: can never match, since cache[0] before it matches all of its calls; move it up, or remove it",
      })
  void mistakesAreNamed(String yaml, String problem) {
    assertThat(fixture.problems(MODELS, "cache: [" + yaml + "]"))
        .containsExactly("headgate.yaml:" + problem);
  }

  @Test
  void theRulesAreAListThatIsNotEmpty() {
    assertThat(fixture.problems("cache: []"))
        .containsExactly(
            "headgate.yaml:1:8: cache: the list is empty; expected rules, such as - {ttl: 1h}");
    assertThat(fixture.problems("cache: {ttl: 1h}"))
        .containsExactly(
            "headgate.yaml:1:8: cache: expected a list of rules, such as - {ttl: 1h}, found a"
                + " mapping");
  }

  @Test
  void aMistakeInAMatchMakesNoOtherRuleUnreachable() {
    assertThat(fixture.problems("cache: [{ttl: 1h, match: {model: [[a]]}}, {ttl: 2h}]"))
        .singleElement()
        .asString()
        .contains("cache[0].match.model");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ttl: 1h, match: {when: x}}, {ttl: 2h}",
        "{ttl: 1h, match: {model: a}}, {ttl: 2h, match: {model: [a, b]}}",
        "{ttl: 1h, match: {operation: chat}}, {ttl: 2h}",
        "{ttl: 1h, match: {operation: [embeddings, chat]}, semantic: {}}",
      })
  void whatOnlyLooksLikeAMistakeIsFine(String yaml) {
    assertThat(rules(yaml)).isNotEmpty();
  }
}
