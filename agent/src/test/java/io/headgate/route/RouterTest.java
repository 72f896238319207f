// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import static io.headgate.route.Sample.condition;
import static io.headgate.route.Sample.deny;
import static io.headgate.route.Sample.first;
import static io.headgate.route.Sample.model;
import static io.headgate.route.Sample.models;
import static io.headgate.route.Sample.operation;
import static io.headgate.route.Sample.provider;
import static io.headgate.route.Sample.retry;
import static io.headgate.route.Sample.route;
import static io.headgate.route.Sample.target;
import static io.headgate.route.Sample.traffic;
import static io.headgate.route.Sample.use;
import static io.headgate.route.Sample.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.config.Models;
import io.headgate.config.RouteSettings;
import io.headgate.config.TimeoutSettings;
import io.headgate.config.Traffic;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which route a call takes. */
class RouterTest {

  private static final Plan.Policy TWICE = new Plan.Policy(TimeoutSettings.NONE, retry(2), null);

  @Test
  void nothingConfiguredMeansAsSent() {
    Desk desk = new Desk(Traffic.NONE);

    assertThat(desk.router.idle()).isTrue();
    assertThat(desk.chat("gpt-4o")).isEqualTo(new Route(null, Plan.AS_SENT));
    assertThat(desk.words.compilersMade).isZero();
  }

  @Test
  void theFirstRouteThatFitsCounts() {
    Desk desk =
        Desk.of(
            route("a", model("gpt-3*"), use("openai/a")),
            route("b", model("gpt-4*"), use("openai/b")),
            route("c", model("gpt-4o"), use("openai/c")));

    Route chosen = desk.chat("gpt-4o");

    assertThat(chosen.label()).isEqualTo("b");
    assertThat(Desk.targets(chosen.plan())).containsExactly("openai/b");
    assertThat(desk.noted("route")).containsExactly("{route=b, by=match}");
  }

  @Test
  void exactNamesAndGlobsKeepTheOrderOfTheFile() {
    Desk desk =
        Desk.of(
            route("exact", model("m", "n"), use("openai/a")),
            route("glob", model("*"), use("openai/b")),
            route("late", model("o"), use("openai/c")));

    assertThat(desk.chat("m").label()).isEqualTo("exact");
    assertThat(desk.chat("n").label()).isEqualTo("exact");
    assertThat(desk.chat("o").label()).isEqualTo("glob");
  }

  @Test
  void modelNamesCompareWithCase() {
    Desk desk = Desk.of(route("a", model("GPT-*"), use("openai/a")));

    assertThat(desk.chat("gpt-4o").label()).isNull();
    assertThat(desk.chat("GPT-4o").label()).isEqualTo("a");
  }

  @Test
  void aStarMayStandAnywhereInAModelName() {
    Desk desk = Desk.of(route("a", model("gpt-*-mini*x"), use("openai/a")));

    assertThat(desk.chat("gpt-4o-mini-x").label()).isEqualTo("a");
    assertThat(desk.chat("gpt-4o-maxi-x").label()).isNull();
    assertThat(desk.chat("gpt-x").label()).isNull();
  }

  @Test
  void providerOperationAndConditionHaveToFit() {
    Desk desk =
        Desk.of(
            route("p", provider("groq"), use("openai/a")),
            route("o", operation(Operation.EMBEDDINGS), use("openai/b")),
            route("c", condition("vip"), use("openai/c")));

    assertThat(desk.chat("m").label()).isNull();
    assertThat(desk.call("groq", Operation.CHAT, "m", null).label()).isEqualTo("p");
    assertThat(desk.call("openai", Operation.EMBEDDINGS, "m", null).label()).isEqualTo("o");
    desk.metadata.put("vip", true);
    assertThat(desk.chat("m").label()).isEqualTo("c");
  }

  @Test
  void aConditionIsNotAskedIfTheRestDoesNotFit() {
    RouteSettings.Match match =
        new RouteSettings.Match(Set.of(), List.of("gpt*"), List.of(), Sample.text("vip"));
    Desk desk = Desk.of(route("a", match, use("openai/a")));

    desk.chat("claude");

    assertThat(desk.words.evaluated).isZero();
    assertThat(desk.notes).isEmpty();
  }

  @Test
  void conditionsAreNotedWithoutContent() {
    Desk desk =
        Desk.of(
            route("a", condition("vip"), use("openai/a")),
            route("b", condition("known"), use("openai/b")));
    desk.metadata.put("known", true);

    desk.chat("m");

    assertThat(desk.noted("condition"))
        .containsExactly(
            "{route=a, at=routes[?].expression, value=false}",
            "{route=b, at=routes[?].expression, value=true}");
  }

  @Test
  void withoutAnOperationARouteIsForAllThatUseAModel() {
    Desk desk = Desk.of(route("all", RouteSettings.Match.ALL, use("openai/a")));

    assertThat(desk.call("openai", Operation.IMAGE, null, null).label()).isEqualTo("all");
    assertThat(desk.call("openai", Operation.FILES, null, null).label()).isNull();
    assertThat(desk.call("openai", Operation.MODELS, null, null).plan()).isSameAs(Plan.AS_SENT);
  }

  @Test
  void aHeaderTakesARouteWhateverItsMatchSays() {
    Desk desk =
        Desk.of(
            route("all", RouteSettings.Match.ALL, use("openai/a")),
            route("b", model("never"), use("openai/*")));

    Route chosen = desk.call("openai", Operation.CHAT, "m", "b");

    assertThat(chosen.label()).isEqualTo("b");
    assertThat(Desk.targets(chosen.plan())).containsExactly("openai/m");
    assertThat(desk.noted("route")).containsExactly("{route=b, by=header}");
  }

  @Test
  void aModelNamesARouteInTwoWays() {
    Desk desk = Desk.of(route("b", model("never"), use("openai/a")));

    assertThat(desk.chat("route/b").label()).isEqualTo("b");
    assertThat(desk.chat("dynamic/b").label()).isEqualTo("b");
    assertThat(desk.noted("route")).containsExactly("{route=b, by=model}");
    assertThat(desk.chat("b").label()).isNull();
  }

  @Test
  void anUnknownNameFallsThroughAndIsNotRepeated() {
    Desk desk = Desk.of(route("all", RouteSettings.Match.ALL, use("openai/a")));

    assertThat(desk.call("openai", Operation.CHAT, "m", "secret").label()).isEqualTo("all");
    assertThat(desk.noted("route"))
        .containsExactly("{error=unknown, by=header}", "{route=all, by=match}");
    assertThat(desk.notes.toString()).doesNotContain("secret");
    assertThat(desk.chat("route/secret").label()).isEqualTo("all");
    assertThat(desk.noted("route").get(0)).isEqualTo("{error=unknown, by=model}");
  }

  @Test
  void whatIsStoredTakesANamedRouteOnlyIfThatIsForIt() {
    Desk desk =
        Desk.of(
            route("b", model("m"), use("openai/a")),
            route("f", operation(Operation.FILES), when("vip", deny("no files"), null)));
    desk.metadata.put("vip", true);

    assertThat(desk.call("openai", Operation.BATCH, null, "b").plan()).isSameAs(Plan.AS_SENT);
    assertThat(desk.noted("route")).containsExactly("{error=operation, by=header}");
    assertThat(desk.call("openai", Operation.FILES, null, "b").label()).isEqualTo("f");
    assertThat(desk.call("openai", Operation.FILES, null, "f").label()).isEqualTo("f");
    assertThat(desk.noted("route")).containsExactly("{route=f, by=header}");
  }

  @Test
  void aRouteAskedForByModelLeavesNoModelForAStar() {
    Desk desk =
        Desk.of(route("b", model("never"), first(use("anthropic/*"), use("openai/gpt-4o"))));

    assertThat(Desk.targets(desk.chat("route/b").plan())).containsExactly("openai/gpt-4o");
    assertThat(desk.noted("skip"))
        .containsExactly("{step=anthropic/*, reason=the call names no model}");
  }

  @Test
  void withoutARouteAnAliasDecides() {
    Desk desk =
        new Desk(traffic(models("fast", "openai/gpt-4o-mini", "claude-*", "anthropic/*"), TWICE));

    assertThat(desk.chat("fast").plan())
        .isEqualTo(new Plan.Try(target("openai/gpt-4o-mini"), null, TWICE, null));
    assertThat(desk.noted("model")).containsExactly("{model=fast, target=openai/gpt-4o-mini}");
    assertThat(Desk.targets(desk.chat("claude-x").plan())).containsExactly("anthropic/claude-x");
  }

  @Test
  void withoutARouteAndAnAliasThePolicyDecidesWhetherTheCallIsManaged() {
    Desk aliases = new Desk(traffic(models("fast", "openai/x"), Plan.Policy.NONE));
    Desk retries = new Desk(traffic(Models.NONE, TWICE));

    assertThat(aliases.chat("gpt-4o").plan()).isSameAs(Plan.AS_SENT);
    assertThat(retries.chat("gpt-4o").plan()).isEqualTo(new Plan.Try(null, null, TWICE, null));
    assertThat(retries.chat(null).plan()).isEqualTo(new Plan.Try(null, null, TWICE, null));
  }

  @Test
  void aBatchIsNotSentTwiceForATopLevelRetry() {
    Desk desk = new Desk(traffic(Models.NONE, TWICE));

    assertThat(desk.call("openai", Operation.BATCH, null, null).plan()).isSameAs(Plan.AS_SENT);
    assertThat(desk.call("openai", Operation.UNKNOWN, null, null).plan()).isSameAs(Plan.AS_SENT);
  }

  @Test
  void aRouteThatDecidesNothingIsAsIfThereWereNone() {
    RouteSettings undecided =
        route("a", RouteSettings.Match.ALL, when("vip", use("openai/a"), null));
    Desk plain = Desk.of(undecided);
    Desk managed = new Desk(traffic(models("fast", "openai/x"), TWICE, undecided));

    assertThat(plain.chat("m")).isEqualTo(new Route(null, Plan.AS_SENT));
    assertThat(plain.noted("skip")).containsExactly("{step=a, reason=no step decides}");
    assertThat(managed.chat("m").plan()).isEqualTo(new Plan.Try(null, null, TWICE, null));
    assertThat(Desk.targets(managed.chat("fast").plan())).containsExactly("openai/x");
  }

  @Test
  void aRouteThatDecidesNothingLeavesTheCallToTheNext() {
    Desk desk =
        Desk.of(
            route("a", RouteSettings.Match.ALL, when("vip", use("openai/a"), null)),
            route("b", RouteSettings.Match.ALL, use("openai/b")));

    assertThat(desk.chat("m").label()).isEqualTo("b");
  }

  @Test
  void noIsNoted() {
    Desk desk = Desk.of(route(null, RouteSettings.Match.ALL, deny("upgrade")));

    assertThat(desk.chat("m")).isEqualTo(new Route("routes[0]", new Plan.Deny("upgrade", 403)));
    assertThat(desk.noted("deny")).containsExactly("{status=403}");
  }

  @Test
  void oneCompilerIsAskedForAllExpressions() {
    Desk desk =
        Desk.of(
            route("a", condition("vip"), use("openai/a")),
            route("b", condition("vip"), when("known", use("openai/b"), null)));

    assertThat(desk.words.compilersMade).isEqualTo(1);
    assertThat(desk.words.compiled).isEqualTo(2);
  }
}
