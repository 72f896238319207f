// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import static io.headgate.route.Sample.arm;
import static io.headgate.route.Sample.balance;
import static io.headgate.route.Sample.first;
import static io.headgate.route.Sample.member;
import static io.headgate.route.Sample.policy;
import static io.headgate.route.Sample.route;
import static io.headgate.route.Sample.split;
import static io.headgate.route.Sample.sticky;
import static io.headgate.route.Sample.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headgate.config.RouteSettings;
import io.headgate.config.StepSettings;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same user, the same arm. */
class StickyTest {

  private static final StepSettings.Arm A = arm("a", 50, use("openai/a"));
  private static final StepSettings.Arm B = arm("b", 30, use("openai/b"));
  private static final StepSettings.Arm C = arm("c", 20, use("openai/c"));

  private static Desk desk(StepSettings step) {
    return Desk.of(route("support", RouteSettings.Match.ALL, step));
  }

  private static Desk desk(StepSettings.Arm... arms) {
    return desk(split(sticky("user"), arms));
  }

  private static Map<String, String> arms(Desk desk, int users) {
    Map<String, String> arms = new LinkedHashMap<>();
    for (int i = 0; i < users; i++) {
      arms.put("user-" + i, String.valueOf(Desk.arm(desk.planFor("user-" + i))));
    }
    return arms;
  }

  private static double share(Map<String, String> arms, String arm) {
    return arms.values().stream().filter(arm::equals).count() / (double) arms.size();
  }

  @Test
  void aThousandUsersKeepTheirArmsAcrossRestarts() {
    assertThat(arms(desk(A, B, C), 1000)).isEqualTo(arms(desk(A, B, C), 1000));
    assertThat(new HashSet<>(arms(desk(A, B, C), 1000).values())).containsOnly("a", "b", "c");
  }

  @Test
  void theOrderOfTheArmsDoesNotMatter() {
    assertThat(arms(desk(C, A, B), 1000)).isEqualTo(arms(desk(A, B, C), 1000));
  }

  @Test
  void theHashIsTheDocumentedOneOnEveryJvm() {
    // sha256("support" 0 "user-1" 0 "a"): the first eight bytes, computed with another program.
    long bits = 0x8893610aab9b445aL;

    assertThat(Draw.unit("support", "user-1", "a")).isEqualTo(Draw.unit(bits));
    assertThat(Draw.unit(-1L)).isLessThan(1);
    assertThat(Draw.unit(0L)).isGreaterThan(0);
  }

  @Test
  void sharesAreWithinTwoPercentOfTheWeights() {
    Map<String, String> arms = arms(desk(A, B, C), 10_000);

    assertThat(share(arms, "a")).isCloseTo(0.5, within(0.02));
    assertThat(share(arms, "b")).isCloseTo(0.3, within(0.02));
    assertThat(share(arms, "c")).isCloseTo(0.2, within(0.02));
  }

  @Test
  void anArmThatIsTakenOutMovesOnlyItsUsers() {
    Map<String, String> before = arms(desk(A, B, C), 1000);
    Map<String, String> after = arms(desk(A, C), 1000);

    before.forEach(
        (user, arm) -> {
          if (!arm.equals("b")) {
            assertThat(after).containsEntry(user, arm);
          }
        });
    assertThat(after.values()).doesNotContain("b");
  }

  @Test
  void aLargerWeightOnlyAttractsUsers() {
    Map<String, String> before = arms(desk(arm("a", 90, A.step()), arm("b", 10, B.step())), 1000);
    Map<String, String> after = arms(desk(arm("a", 90, A.step()), arm("b", 30, B.step())), 1000);

    assertThat(share(after, "b")).isGreaterThan(share(before, "b"));
    before.forEach(
        (user, arm) -> {
          if (arm.equals("b")) {
            assertThat(after).containsEntry(user, "b");
          }
        });
  }

  @Test
  void armsWithoutNamesAreKnownByTheirTargets() {
    Desk before =
        desk(
            arm("0", 1, use("openai/a")),
            arm("1", 1, use("openai/b")),
            arm("2", 1, use("openai/c")));
    Desk after = desk(arm("0", 1, use("openai/b")), arm("1", 1, use("openai/c")));

    for (int i = 0; i < 1000; i++) {
      String had = Desk.targets(before.planFor("user-" + i)).get(0);
      if (!had.equals("openai/a")) {
        assertThat(Desk.targets(after.planFor("user-" + i))).containsExactly(had);
      }
    }
  }

  @Test
  void usersOfADeadArmGetAnotherUntilItLives() {
    Desk desk = desk(A, B, C);
    Map<String, String> before = arms(desk, 1000);
    desk.health.dead("openai/b");
    Map<String, String> meanwhile = arms(desk, 1000);

    assertThat(meanwhile).isEqualTo(arms(desk(A, C), 1000));
    String moved =
        before.entrySet().stream()
            .filter(entry -> entry.getValue().equals("b"))
            .findFirst()
            .orElseThrow()
            .getKey();
    desk.planFor(moved);
    assertThat(desk.noted("arm"))
        .containsExactly("{arm=" + meanwhile.get(moved) + ", sticky=true, instead-of=b}");
    desk.health.alive("openai/b");
    assertThat(arms(desk, 1000)).isEqualTo(before);
  }

  @Test
  void anArmIsDeadOnlyIfAllItsTargetsAre() {
    Desk desk = desk(arm("a", 1, first(use("openai/a"), use("azure/a"))), arm("b", 1, B.step()));
    Map<String, Plan> before = plans(desk);
    desk.health.dead("openai/a");

    assertThat(plans(desk)).isEqualTo(before);
  }

  @Test
  void ifAllArmsAreDeadEachUserKeepsTheirs() {
    Desk desk = desk(A, B, C);
    Map<String, String> before = arms(desk, 1000);
    desk.health.dead("openai/a").dead("openai/b").dead("openai/c");

    assertThat(arms(desk, 1000)).isEqualTo(before);
  }

  @Test
  void whoIsNotKnownIsLeftToChance() {
    Desk desk = desk(A, B, C);
    Set<String> arms =
        IntStream.range(0, 100)
            .mapToObj(i -> String.valueOf(Desk.arm(desk.chat("m").plan())))
            .collect(Collectors.toSet());

    assertThat(arms).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(desk.noted("arm").get(0)).endsWith("sticky=false}");
  }

  @Test
  void anEmptyKeyIsNobodys() {
    Desk desk = desk(A, B, C);
    Set<String> arms =
        IntStream.range(0, 100)
            .mapToObj(i -> String.valueOf(Desk.arm(desk.planFor(""))))
            .collect(Collectors.toSet());

    assertThat(arms).hasSize(3);
  }

  @Test
  void splitsInSplitsAreIndependent() {
    Desk desk =
        desk(
            arm(
                "x",
                1,
                split(StepSettings.Modifiers.NONE, arm("x", 1, A.step()), arm("y", 1, B.step()))),
            arm(
                "y",
                1,
                split(StepSettings.Modifiers.NONE, arm("x", 1, A.step()), arm("y", 1, B.step()))));
    Map<String, String> arms = arms(desk, 10_000);

    for (String arm : Set.of("x/x", "x/y", "y/x", "y/y")) {
      assertThat(share(arms, arm)).as(arm).isCloseTo(0.25, within(0.02));
    }
  }

  @Test
  void routesChooseIndependently() {
    StepSettings step = split(sticky("user"), arm("x", 1, A.step()), arm("y", 1, B.step()));
    Map<String, String> one = arms(desk(step), 10_000);
    Map<String, String> other =
        arms(Desk.of(route("other", RouteSettings.Match.ALL, step)), 10_000);

    long same = one.keySet().stream().filter(u -> one.get(u).equals(other.get(u))).count();
    assertThat(same / 10_000.0).isCloseTo(0.5, within(0.02));
  }

  @Test
  void aRoutesPlaceInTheFileMovesNobody() {
    StepSettings step = split(sticky("user"), A, B, C);
    Desk alone = Desk.of(route(null, RouteSettings.Match.ALL, step));
    Desk second =
        Desk.of(
            route(null, Sample.model("never"), use("openai/x")),
            route(null, RouteSettings.Match.ALL, step));

    assertThat(arms(second, 1000)).isEqualTo(arms(alone, 1000));
  }

  @Test
  void aStickyBalanceKeepsItsOrderAndDeadMembersGoLast() {
    StepSettings step =
        balance(
            sticky("user"),
            member(2, use("openai/a")),
            member(1, use("openai/b")),
            member(1, use("openai/c")));
    Desk desk = desk(step);
    Map<String, Plan> before = plans(desk);

    assertThat(plans(desk(step))).isEqualTo(before);
    assertThat(
            before.values().stream()
                    .filter(plan -> Desk.targets(plan).get(0).equals("openai/a"))
                    .count()
                / 1000.0)
        .isCloseTo(0.5, within(0.05));
    desk.health.dead("openai/a");
    Map<String, Plan> meanwhile = plans(desk);
    assertThat(meanwhile.values())
        .allSatisfy(plan -> assertThat(Desk.targets(plan).get(2)).isEqualTo("openai/a"));
    before.forEach(
        (user, plan) -> {
          String had = Desk.targets(plan).get(0);
          if (!had.equals("openai/a")) {
            assertThat(Desk.targets(meanwhile.get(user)).get(0)).isEqualTo(had);
          }
        });
    assertThat(desk.noted("balance").get(0)).startsWith("{policy=sticky");
  }

  @Test
  void aPolicyNearerThanStickyDecidesInABalance() {
    Desk desk =
        desk(
            arm(
                "a",
                1,
                balance(
                    policy(StepSettings.Policy.LEAST_BUSY),
                    member(1, use("openai/a")),
                    member(1, use("openai/b")))));
    desk.health.busy("openai/a", 1);

    for (Plan plan : plans(desk).values()) {
      assertThat(Desk.targets(plan)).containsExactly("openai/b", "openai/a");
    }
  }

  private static Map<String, Plan> plans(Desk desk) {
    Map<String, Plan> plans = new LinkedHashMap<>();
    for (int i = 0; i < 1000; i++) {
      plans.put("user-" + i, desk.planFor("user-" + i));
    }
    return plans;
  }
}
