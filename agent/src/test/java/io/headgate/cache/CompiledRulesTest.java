// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.config.CacheRule;
import io.headgate.config.Config;
import io.headgate.config.ExpressionText;
import io.headgate.config.RouteSettings.Match;
import io.headgate.config.StateSettings;
import io.headgate.config.Traffic;
import io.headgate.expression.CelCompiler;
import io.headgate.expression.ExpressionCompiler;
import io.headgate.expression.Variables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompiledRulesTest {

  private final List<String> problems = new ArrayList<>();
  private final Call call = new Call();
  private int compilers;

  /** A call by a user of the free plan, and its answer. */
  private static final class Call implements Variables {
    private @Nullable Map<String, @Nullable Object> response;
    private int asked;

    @Override
    public Map<String, @Nullable Object> request() {
      return Map.of("model", "gpt-4o");
    }

    @Override
    public @Nullable String header(String name) {
      return null;
    }

    @Override
    public @Nullable Object body() {
      return null;
    }

    @Override
    public Map<String, Object> metadata() {
      asked++;
      return Map.of("plan", "free", "tenant", "t1");
    }

    @Override
    public String environment() {
      return "";
    }

    @Override
    public @Nullable Map<String, @Nullable Object> response() {
      return response;
    }
  }

  private ExpressionCompiler compiler() {
    compilers++;
    return new CelCompiler(failure -> {});
  }

  private CompiledRules compile(CacheRule... rules) {
    return CompiledRules.of(
        List.of(rules), this::compiler, (at, message) -> problems.add(at + ": " + message));
  }

  private static ExpressionText text(String source) {
    return new ExpressionText("headgate.yaml:3:7", "cache[0].x", source);
  }

  private static Match match(
      Set<Operation> operations, List<String> models, @Nullable String when) {
    return new Match(operations, models, List.of(), when == null ? null : text(when));
  }

  private static CacheRule rule(Match match) {
    return rule(match, null, null);
  }

  private static CacheRule rule(
      Match match, @Nullable List<ExpressionText> isolate, @Nullable String storeWhen) {
    return new CacheRule(
        "headgate.yaml:2:5",
        0,
        match,
        Duration.ofHours(1),
        Duration.ZERO,
        Duration.ZERO,
        isolate,
        Set.of(),
        "",
        storeWhen == null ? null : text(storeWhen),
        CacheRule.MAX_ENTRY,
        CacheRule.Replay.INSTANT,
        null);
  }

  private @Nullable CacheRule found(
      CompiledRules rules, Operation operation, @Nullable String model) {
    CompiledRule rule = rules.match("openai", operation, model, call);
    return rule == null ? null : rule.settings();
  }

  @Test
  void theFirstRuleThatFitsCounts() {
    CacheRule embeddings = rule(match(Set.of(Operation.EMBEDDINGS), List.of(), null));
    CacheRule paid = rule(match(Set.of(), List.of(), "metadata.plan == 'paid'"));
    CacheRule free = rule(match(Set.of(), List.of("gpt-*"), "metadata.plan == 'free'"));
    CacheRule last = rule(new Match(Set.of(), List.of(), List.of("openai"), null));
    CompiledRules rules = compile(embeddings, paid, free, last);

    assertThat(found(rules, Operation.EMBEDDINGS, "e")).isSameAs(embeddings);
    assertThat(found(rules, Operation.CHAT, "gpt-4o")).isSameAs(free);
    assertThat(found(rules, Operation.CHAT, "o3")).isSameAs(last);
    assertThat(found(rules, Operation.CHAT, null)).isSameAs(last);
    assertThat(rules.match("azure", Operation.CHAT, "o3", call)).isNull();
    assertThat(compilers).isEqualTo(1);
    assertThat(problems).isEmpty();
  }

  @Test
  void aConditionIsAskedOnlyIfTheRestFits() {
    CompiledRules rules =
        compile(rule(match(Set.of(Operation.EMBEDDINGS), List.of(), "metadata.plan == 'free'")));
    assertThat(found(rules, Operation.CHAT, "gpt-4o")).isNull();
    assertThat(call.asked).isZero();
    assertThat(found(rules, Operation.EMBEDDINGS, "e")).isNotNull();
    assertThat(call.asked).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void onlyOperationsThatUseAModelAreCached(Operation operation) {
    CompiledRules named = compile(rule(match(Set.of(operation), List.of(), null)));
    CompiledRules all = compile(rule(Match.ALL));
    assertThat(found(named, operation, "m") != null).isEqualTo(operation.usesModel());
    assertThat(found(all, operation, "m") != null).isEqualTo(operation.usesModel());
  }

  @Test
  void withoutExpressionsNoCompilerIsAskedFor() {
    assertThat(found(compile(rule(Match.ALL, List.of(), null)), Operation.CHAT, "m")).isNotNull();
    assertThat(found(compile(), Operation.CHAT, "m")).isNull();
    assertThat(compilers).isZero();
  }

  @Test
  void whatIsolatesAndWhatStoresIsCompiled() {
    CompiledRule rule =
        compile(
                rule(
                    Match.ALL,
                    List.of(text("metadata.tenant"), text("request.model")),
                    "response.finish == 'stop'"))
            .match("openai", Operation.CHAT, "gpt-4o", call);

    assertThat(rule.when()).isNull();
    assertThat(rule.isolate())
        .extracting(dimension -> dimension.text(call))
        .containsExactly("t1", "gpt-4o");
    call.response = Map.of("finish", "stop");
    assertThat(rule.storeWhen().test(call)).isTrue();
    call.response = Map.of("finish", "length");
    assertThat(rule.storeWhen().test(call)).isFalse();
  }

  @Test
  void onlyWhatStoresMayAskForTheResponse() {
    CacheRule rule =
        rule(
            match(Set.of(), List.of(), "response.status == 200"),
            List.of(text("response.finish"), text("a ==")),
            "response.status == 200");

    new CacheCheck(this::compiler)
        .check(
            new Config(
                "headgate.yaml",
                Config.Mode.ENFORCE,
                Config.Fail.OPEN,
                "",
                Map.of(),
                List.of(),
                List.of(rule),
                StateSettings.usual(""),
                Traffic.NONE),
            (at, message) -> problems.add(at + ": " + message));

    assertThat(problems)
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).startsWith("headgate.yaml:3:7: cache[0].x: "));
    assertThat(problems).filteredOn(line -> line.contains("response")).hasSize(2);
    assertThat(compilers).isEqualTo(1);
  }

  @Test
  void aTextThatIsNoExpressionNeverHolds() {
    CompiledRules rules =
        compile(rule(match(Set.of(), List.of(), "a =="), List.of(text("b ==")), "c =="));
    assertThat(problems).hasSize(3);
    assertThat(found(rules, Operation.CHAT, "m")).isNull();

    CompiledRule open =
        compile(rule(Match.ALL, List.of(text("b ==")), "c =="))
            .match("openai", Operation.CHAT, "m", call);
    assertThat(open.isolate()).singleElement().matches(one -> one.text(call) == null);
    assertThat(open.storeWhen().test(call)).isFalse();
  }
}
