// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import static io.headgate.route.Sample.arm;
import static io.headgate.route.Sample.balance;
import static io.headgate.route.Sample.cascade;
import static io.headgate.route.Sample.deny;
import static io.headgate.route.Sample.first;
import static io.headgate.route.Sample.member;
import static io.headgate.route.Sample.on;
import static io.headgate.route.Sample.reference;
import static io.headgate.route.Sample.retry;
import static io.headgate.route.Sample.rewrite;
import static io.headgate.route.Sample.route;
import static io.headgate.route.Sample.split;
import static io.headgate.route.Sample.stage;
import static io.headgate.route.Sample.timeout;
import static io.headgate.route.Sample.traffic;
import static io.headgate.route.Sample.tried;
import static io.headgate.route.Sample.use;
import static io.headgate.route.Sample.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.FailureKind;
import io.headgate.config.BreakerSettings;
import io.headgate.config.FailureSet;
import io.headgate.config.Models;
import io.headgate.config.RouteSettings;
import io.headgate.config.StepSettings;
import io.headgate.config.StepSettings.Modifiers;
import io.headgate.config.TimeoutSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of the steps of a route, and of what they say of themselves. */
class PlanningTest {

  private static final FailureSet EMPTY_ANSWERS =
      new FailureSet(Set.of(FailureKind.EMPTY), Set.of(), Set.of());

  private static Desk desk(StepSettings step) {
    return Desk.of(route("r", RouteSettings.Match.ALL, step));
  }

  private static Plan plan(StepSettings step) {
    return desk(step).chat("gpt-4o").plan();
  }

  @Test
  void aStarIsTheModelOfTheApp() {
    assertThat(Desk.targets(plan(use("azure/*")))).containsExactly("azure/gpt-4o");
  }

  @Test
  void firstIsAChainInOrder() {
    Plan.Chain chain = (Plan.Chain) plan(first(use("openai/a"), use("azure/b")));

    assertThat(Desk.targets(chain)).containsExactly("openai/a", "azure/b");
    assertThat(chain.on()).isEqualTo(FailureSet.FALLBACK);
  }

  @Test
  void onIsInheritedUntilAStepSaysOtherwise() {
    Plan.Chain chain =
        (Plan.Chain)
            plan(
                first(
                    on(EMPTY_ANSWERS),
                    first(use("openai/a"), use("openai/b")),
                    first(on(FailureSet.RETRY), use("openai/c"), use("openai/d"))));

    assertThat(chain.on()).isEqualTo(EMPTY_ANSWERS);
    assertThat(((Plan.Chain) chain.plans().get(0)).on()).isEqualTo(EMPTY_ANSWERS);
    assertThat(((Plan.Chain) chain.plans().get(1)).on()).isEqualTo(FailureSet.RETRY);
  }

  @Test
  void aCascadeKeepsWhatItAccepts() {
    Plan.Cascade cascade =
        (Plan.Cascade) plan(cascade(stage(use("openai/a"), "good"), stage(use("openai/b"), null)));

    assertThat(Desk.targets(cascade)).containsExactly("openai/a", "openai/b");
    assertThat(cascade.stages().get(0).accept()).isNotNull();
    assertThat(cascade.stages().get(0).accept().source()).isEqualTo("good");
    assertThat(cascade.stages().get(1).accept()).isNull();
  }

  @Test
  void aConditionChoosesABranchAndIsAskedOnce() {
    StepSettings.When when = when("vip", use("openai/a"), use("openai/b"));
    Desk desk = desk(first(when, when));
    desk.metadata.put("vip", true);

    assertThat(Desk.targets(desk.chat("m").plan())).containsExactly("openai/a", "openai/a");
    assertThat(desk.words.evaluated).isEqualTo(1);
    desk.metadata.put("vip", false);
    assertThat(Desk.targets(desk.chat("m").plan())).containsExactly("openai/b", "openai/b");
  }

  @Test
  void aStepThatDoesNotDecideIsSkipped() {
    StepSettings undecided = when("never", use("openai/x"), null);

    assertThat(plan(first(undecided, use("openai/a")))).isInstanceOf(Plan.Try.class);
    assertThat(Desk.targets(plan(cascade(stage(undecided, "good"), stage(use("openai/a"), null)))))
        .containsExactly("openai/a");
    assertThat(
            Desk.targets(
                plan(split(Modifiers.NONE, arm("x", 99, undecided), arm("a", 1, use("openai/a"))))))
        .containsExactly("openai/a");
    assertThat(
            Desk.targets(
                plan(balance(Modifiers.NONE, member(99, undecided), member(1, use("openai/a"))))))
        .containsExactly("openai/a");
    assertThat(plan(first(undecided, undecided))).isSameAs(Plan.AS_SENT);
  }

  @Test
  void theSameTargetTwiceIsTwoMembers() {
    Desk desk =
        desk(balance(Modifiers.NONE, member(1, use("openai/a")), member(0, use("openai/a"))));

    assertThat(Desk.targets(desk.chat("m").plan())).containsExactly("openai/a", "openai/a");
    assertThat(desk.noted("balance"))
        .containsExactly("{policy=weighted, order=openai/a, openai/a#2}");
  }

  @Test
  void aBalanceOfNothingIsNotNoted() {
    Desk desk = desk(balance(Modifiers.NONE, member(1, when("never", use("openai/a"), null))));

    assertThat(desk.chat("m").plan()).isSameAs(Plan.AS_SENT);
    assertThat(desk.noted("balance")).isEmpty();
  }

  @Test
  void noIsAStepLikeAnyOther() {
    Plan.Chain chain = (Plan.Chain) plan(first(use("openai/a"), deny("busy")));

    assertThat(chain.plans().get(1)).isEqualTo(new Plan.Deny("busy", 403));
  }

  @Test
  void anotherRouteIsTakenWithoutItsMatchAndInheritsWhatIsAroundIt() {
    Desk desk =
        Desk.of(
            route("a", RouteSettings.Match.ALL, first(rewrite("terse"), reference("b"))),
            route("b", Sample.model("never"), use("openai/b")));

    Plan.Try attempt = (Plan.Try) desk.chat("m").plan();

    assertThat(attempt.target()).isEqualTo(Sample.target("openai/b"));
    assertThat(attempt.rewrite()).isEqualTo("terse");
    assertThat(desk.noted("route")).containsExactly("{route=a, by=match}");
  }

  @Test
  void aLoopThatGotPastTheConfigurationEnds() {
    Desk desk =
        Desk.of(
            route("a", RouteSettings.Match.ALL, first(use("openai/a"), reference("b"))),
            route("b", RouteSettings.Match.ALL, first(use("openai/b"), reference("a"))));

    assertThat(Desk.targets(desk.chat("m").plan())).hasSizeBetween(2, 100).contains("openai/b");
    assertThat(desk.noted("skip"))
        .isNotEmpty()
        .allSatisfy(note -> assertThat(note).contains("too many"));
  }

  @Test
  void routesThatDoubleOverAndOverDoNotGrowWithoutEnd() {
    List<RouteSettings> routes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      routes.add(
          route(
              "r" + i,
              RouteSettings.Match.ALL,
              first(use("openai/m" + i), reference("r" + (i + 1)), reference("r" + (i + 1)))));
    }
    routes.add(route("r40", RouteSettings.Match.ALL, use("openai/end")));
    Desk desk = Desk.of(routes.toArray(RouteSettings[]::new));

    assertThat(Desk.targets(desk.chat("m").plan())).hasSizeLessThan(10_000).contains("openai/end");
  }

  @Test
  void theNearestRewriteWins() {
    Plan plan = plan(first(rewrite("outer"), use("openai/a", rewrite("inner")), use("openai/b")));

    assertThat(((Plan.Chain) plan).plans())
        .extracting(inner -> ((Plan.Try) inner).rewrite())
        .containsExactly("inner", "outer");
  }

  @Test
  void armsOfArmsAreNamedFromTheOutside() {
    Desk desk =
        desk(
            split(
                Modifiers.NONE,
                arm(
                    "outer",
                    1,
                    split(
                        Modifiers.NONE,
                        arm("inner", 1, first(use("openai/a"), use("openai/b")))))));

    Plan.Chain chain = (Plan.Chain) desk.chat("m").plan();

    assertThat(chain.plans()).extracting(Desk::arm).containsOnly("outer/inner");
    assertThat(desk.noted("arm"))
        .containsExactly("{arm=outer, sticky=false}", "{arm=outer/inner, sticky=false}");
  }

  @Test
  void timeoutsMergeFieldByFieldAndTheNearestWins() {
    Plan.Policy top = new Plan.Policy(timeout(1, 1, 1, 0), retry(2), BreakerSettings.DEFAULT);
    Desk desk =
        new Desk(
            traffic(
                Models.NONE,
                top,
                route(
                    "r",
                    RouteSettings.Match.ALL,
                    first(
                        tried(timeout(0, 5, 5, 5), retry(5), null),
                        use("openai/a", tried(timeout(0, 0, 8, 0), retry(8), null)),
                        use("openai/b")))));

    Plan.Chain chain = (Plan.Chain) desk.chat("m").plan();
    Plan.Policy a = ((Plan.Try) chain.plans().get(0)).policy();
    Plan.Policy b = ((Plan.Try) chain.plans().get(1)).policy();

    assertThat(a.timeout()).isEqualTo(timeout(1, 5, 8, 5));
    assertThat(a.retry()).isEqualTo(retry(8));
    assertThat(a.breaker()).isEqualTo(BreakerSettings.DEFAULT);
    assertThat(b.timeout()).isEqualTo(timeout(1, 5, 5, 5));
    assertThat(b.retry()).isEqualTo(retry(5));
  }

  @Test
  void aHeaderBeatsTheRouteButNoStepInsideIt() {
    Plan.Chain chain =
        (Plan.Chain)
            plan(
                first(
                    tried(timeout(5, 5, 5, 5), retry(5), null),
                    use("openai/a", tried(timeout(0, 8, 0, 0), retry(8), null)),
                    use("openai/b")));
    Plan.Policy a = ((Plan.Try) chain.plans().get(0)).policy();
    Plan.Policy b = ((Plan.Try) chain.plans().get(1)).policy();

    Plan.Policy askedOfA = a.asked(timeout(0, 3, 0, 3), retry(3));
    Plan.Policy askedOfB = b.asked(timeout(0, 3, 0, 3), retry(3));

    assertThat(askedOfA.timeout()).isEqualTo(timeout(5, 8, 5, 3));
    assertThat(askedOfA.retry()).isEqualTo(retry(8));
    assertThat(askedOfB.timeout()).isEqualTo(timeout(5, 3, 5, 3));
    assertThat(askedOfB.retry()).isEqualTo(retry(3));
    assertThat(b.asked(TimeoutSettings.NONE, null)).isEqualTo(b);
  }

  @Test
  void aReferenceThatIsTheWholeRouteSaysWhatTheRouteSays() {
    Modifiers slow = tried(timeout(0, 9, 0, 0), retry(9), null);
    RouteSettings other = route("b", Sample.model("never"), use("openai/b", slow));
    Desk whole = Desk.of(route("a", RouteSettings.Match.ALL, reference("b")), other);
    Desk part = Desk.of(route("a", RouteSettings.Match.ALL, first(reference("b"))), other);

    Plan.Policy atRoute = ((Plan.Try) whole.chat("m").plan()).policy();
    Plan.Policy inside = ((Plan.Try) part.chat("m").plan()).policy();

    assertThat(atRoute.asked(timeout(0, 1, 0, 0), retry(1)).timeout().firstToken()).hasSeconds(1);
    assertThat(inside.asked(timeout(0, 1, 0, 0), retry(1)).timeout().firstToken()).hasSeconds(9);
    assertThat(inside.asked(timeout(0, 1, 0, 0), retry(1)).retry()).isEqualTo(retry(9));
  }

  @Test
  void aHeaderBeatsTheTopLevel() {
    Plan.Policy top = new Plan.Policy(timeout(1, 1, 1, 1), retry(2), null);

    Plan.Policy asked = top.asked(timeout(0, 7, 0, 0), retry(7));

    assertThat(asked.timeout()).isEqualTo(timeout(1, 7, 1, 1));
    assertThat(asked.retry()).isEqualTo(retry(7));
  }
}
