// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import static io.headgate.route.Sample.arm;
import static io.headgate.route.Sample.balance;
import static io.headgate.route.Sample.cascade;
import static io.headgate.route.Sample.condition;
import static io.headgate.route.Sample.first;
import static io.headgate.route.Sample.member;
import static io.headgate.route.Sample.provider;
import static io.headgate.route.Sample.reference;
import static io.headgate.route.Sample.route;
import static io.headgate.route.Sample.split;
import static io.headgate.route.Sample.stage;
import static io.headgate.route.Sample.use;
import static io.headgate.route.Sample.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.config.Models;
import io.headgate.config.ProviderSettings;
import io.headgate.config.RouteSettings;
import io.headgate.config.StepSettings;
import io.headgate.config.StepSettings.Modifiers;
import io.headgate.config.Traffic;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The mistakes in routes that are found before the first call. */
class RouteCheckTest {

  private static final String WHY = "; nothing is translated between these";

  private final Words words = new Words();

  private List<String> problems(Traffic traffic, Map<String, ProviderSettings> providers) {
    List<String> problems = new ArrayList<>();
    new RouteCheck(words::make)
        .check(Sample.config(traffic, providers), (at, text) -> problems.add(at + ": " + text));
    return problems;
  }

  private List<String> problems(RouteSettings... routes) {
    return problems(Sample.routes(routes), Map.of());
  }

  private List<String> problems(StepSettings step) {
    return problems(route(null, RouteSettings.Match.ALL, step));
  }

  private static ProviderSettings server(WireFormat dialect) {
    return new ProviderSettings(
        dialect, URI.create("http://llm.internal/v1"), null, Map.of(), List.of(), false);
  }

  @Test
  void withoutExpressionsNoCompilerIsAskedFor() {
    assertThat(problems(first(use("openai/a"), use("azure/b")))).isEmpty();
    assertThat(problems(Traffic.NONE, Map.of())).isEmpty();
    assertThat(words.compilersMade).isZero();
  }

  @Test
  void everyExpressionIsCompiledAndEveryMistakeReported() {
    StepSettings.When bad = when("a b", use("openai/a"), use("openai/b"));
    RouteSettings.Match match = condition("not this");
    StepSettings sticky = split(Sample.sticky("nor that"), arm("a", 1, bad));
    StepSettings.Stage stage = stage(use("openai/a"), "or th is");

    List<String> problems =
        problems(
            route("a", match, sticky),
            route("b", condition("fine"), cascade(stage, stage(use("openai/b"), null))));

    assertThat(problems)
        .containsExactly(
            match.when().at() + ": routes[?].expression: a blank at 3",
            sticky.modifiers().sticky().at() + ": routes[?].expression: a blank at 3",
            bad.condition().at() + ": routes[?].expression: a blank at 1",
            stage.accept().at() + ": routes[?].expression: a blank at 2");
    assertThat(words.compilersMade).isEqualTo(1);
  }

  @Test
  void aConditionThatIsNoneNeverHolds() {
    CompiledRoutes routes =
        CompiledRoutes.of(
            Sample.routes(route("a", condition("a b"), use("openai/a"))),
            words::make,
            (at, message) -> {});
    Router router = new Router(routes, new FakeHealth(), target -> CostOf.UNKNOWN, () -> 0);
    Desk desk = Desk.of();

    Route route =
        router.plan(
            new RouteCall("openai", Operation.CHAT, "m", null, desk.variables()), decision -> {});

    assertThat(route.label()).isNull();
  }

  @Test
  void providersThatShareAFormatMayBeMixed() {
    assertThat(problems(first(use("openai/a"), use("anthropic/b"), use("gemini/c")))).isEmpty();
    assertThat(problems(first(use("anthropic/a"), use("anthropic-aws/b")))).isEmpty();
    assertThat(problems(first(use("replicate/a"), use("replicate/b")))).isEmpty();
  }

  @Test
  void formatsThatAreTranslatedMayBeMixed() {
    StepSettings.Use openai = use("groq/a");
    StepSettings.Use claude = use("anthropic-aws/b");

    assertThat(problems(first(openai, claude, use("bedrock/c"), use("cohere/d")))).isEmpty();
    assertThat(problems(route("a", provider("groq", "anthropic"), claude))).isEmpty();
  }

  @Test
  void targetsThatShareNoFormatAreRejectedInEveryMix() {
    StepSettings.Use openai = use("groq/a");
    StepSettings.Use own = use("replicate/b");
    String end =
        ": replicate/b speaks replicate's own only, groq/a ("
            + openai.at()
            + ") speaks openai, openai-responses"
            + WHY;

    assertThat(problems(first(openai, own)))
        .containsExactly(own.at() + ": routes[0].first[1].use" + end);
    assertThat(problems(split(Modifiers.NONE, arm("x", 1, openai), arm("y", 1, own))))
        .containsExactly(own.at() + ": routes[0].split[1].use" + end);
    assertThat(problems(balance(Modifiers.NONE, member(1, openai), member(1, own))))
        .containsExactly(own.at() + ": routes[0].balance[1].use" + end);
    assertThat(problems(cascade(stage(openai, null), stage(own, null))))
        .containsExactly(own.at() + ": routes[0].cascade[1].use" + end);
  }

  @Test
  void aMixIsFoundThroughStepsAndOtherRoutes() {
    StepSettings.Use own = use("replicate/b");

    List<String> problems =
        problems(
            route("a", RouteSettings.Match.ALL, first(first(use("groq/a")), reference("b"))),
            route("b", RouteSettings.Match.ALL, first(own)));

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0))
        .startsWith(own.at() + ": routes[1].first[0].use: replicate/b speaks replicate's own");
  }

  @Test
  void aConditionMayKeepFormatsApart() {
    assertThat(problems(when("x", use("groq/a"), use("replicate/b")))).isEmpty();
    assertThat(problems(first(when("x", use("replicate/b"), null), use("groq/a")))).isEmpty();
  }

  @Test
  void formatsOfProvidersOwnAreNotShared() {
    assertThat(problems(first(use("replicate/a"), use("oci/b")))).hasSize(1);
    assertThat(problems(first(use("replicate/a"), use("groq/b")))).hasSize(1);
  }

  @Test
  void theMessageNamesTheTwoThatDoNotGoTogether() {
    List<String> problems = problems(first(use("deepseek/a"), use("groq/b"), use("replicate/c")));

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0)).contains("replicate/c speaks replicate's own only, ");
  }

  @Test
  void aServerOfOnesOwnSpeaksItsDialect() {
    Map<String, ProviderSettings> servers =
        Map.of("vllm", server(WireFormat.OPENAI), "new", server(WireFormat.OPENAI_RESPONSES));

    assertThat(
            problems(
                Sample.routes(
                    route(null, RouteSettings.Match.ALL, first(use("vllm/a"), use("groq/b")))),
                servers))
        .isEmpty();
    assertThat(
            problems(
                Sample.routes(
                    route(null, RouteSettings.Match.ALL, first(use("new/a"), use("mistral/b")))),
                servers))
        .isEmpty();
    assertThat(
            problems(
                Sample.routes(
                    route(null, RouteSettings.Match.ALL, first(use("new/a"), use("replicate/b")))),
                servers))
        .singleElement()
        .asString()
        .contains("new/a (", "speaks openai-responses only");
  }

  @Test
  void aRouteForAProvidersCallsNeedsTargetsThatSpeakLikeIt() {
    StepSettings.Use own = use("replicate/b");
    RouteSettings wrong = route("a", provider("groq", "anthropic"), own);

    assertThat(problems(wrong))
        .contains(
            wrong.at()
                + ": routes[0].match.provider: a call to groq speaks openai, openai-responses,"
                + " replicate/b ("
                + own.at()
                + ") speaks replicate's own only"
                + WHY);
    assertThat(problems(route("a", provider("replicate"), own))).isEmpty();
  }

  @Test
  void callsInAFormatThatIsOnlyWrittenAreNotTranslated() {
    Map<String, ProviderSettings> servers = Map.of("own", server(WireFormat.OLLAMA));

    assertThat(problems(Sample.routes(route("a", provider("own"), use("anthropic/b"))), servers))
        .singleElement()
        .asString()
        .contains("a call to own speaks ollama only");
    assertThat(problems(Sample.routes(route("a", provider("anthropic"), use("own/b"))), servers))
        .isEmpty();
  }

  @Test
  void onlyChatsAreTranslated() {
    Map<String, ProviderSettings> servers =
        Map.of("ours", server(WireFormat.OPENAI), "theirs", server(WireFormat.COHERE));
    StepSettings both = first(use("ours/a"), use("theirs/b"));

    assertThat(
            problems(
                Sample.routes(route("a", Sample.operation(Operation.EMBEDDINGS), both)), servers))
        .singleElement()
        .asString()
        .contains("ours/a", "theirs/b");
    assertThat(problems(Sample.routes(route("a", Sample.operation(Operation.CHAT), both)), servers))
        .isEmpty();
  }

  @Test
  void modelsAloneNeedNoCheck() {
    assertThat(problems(Sample.traffic(Models.NONE, Plan.Policy.NONE), Map.of())).isEmpty();
  }
}
