// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import static io.headgate.route.Sample.arm;
import static io.headgate.route.Sample.balance;
import static io.headgate.route.Sample.first;
import static io.headgate.route.Sample.member;
import static io.headgate.route.Sample.policy;
import static io.headgate.route.Sample.route;
import static io.headgate.route.Sample.split;
import static io.headgate.route.Sample.target;
import static io.headgate.route.Sample.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headgate.config.RouteSettings;
import io.headgate.config.StepSettings;
import io.headgate.config.StepSettings.Modifiers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Arms and members taken by chance and by how targets do. */
class ChanceTest {

  private static final int CALLS = 10_000;

  private static Desk desk(StepSettings step) {
    return Desk.of(route("r", RouteSettings.Match.ALL, step));
  }

  /** How often each target came at that place of the order, as a share of all calls. */
  private static Map<String, Double> shares(Desk desk, int place) {
    Map<String, Double> shares = new HashMap<>();
    for (int i = 0; i < CALLS; i++) {
      shares.merge(order(desk).get(place), 1.0 / CALLS, Double::sum);
    }
    return shares;
  }

  private static List<String> order(Desk desk) {
    return Desk.targets(desk.chat("m").plan());
  }

  /** Three standard deviations of a share of 10,000 calls are 0.015 at most. */
  private static void assertShare(Map<String, Double> shares, String target, double share) {
    assertThat(shares.getOrDefault(target, 0.0)).as(target).isCloseTo(share, within(0.015));
  }

  @Test
  void armsAreTakenAsOftenAsTheirWeightsSay() {
    Map<String, Double> shares =
        shares(
            desk(
                split(
                    Modifiers.NONE,
                    arm("a", 90, use("openai/a")),
                    arm("b", 9, use("openai/b")),
                    arm("c", 1, use("openai/c")),
                    arm("d", 0, use("openai/d")))),
            0);

    assertShare(shares, "openai/a", 0.90);
    assertShare(shares, "openai/b", 0.09);
    assertShare(shares, "openai/c", 0.01);
    assertThat(shares).doesNotContainKey("openai/d");
  }

  @Test
  void membersAreDrawnWithoutReplacement() {
    Desk desk =
        desk(
            balance(
                Modifiers.NONE,
                member(2, use("openai/a")),
                member(1, use("openai/b")),
                member(1, use("openai/c"))));

    Map<String, Double> firsts = shares(desk, 0);
    Map<String, Double> seconds = shares(desk, 1);

    assertShare(firsts, "openai/a", 0.5);
    assertShare(firsts, "openai/b", 0.25);
    assertShare(firsts, "openai/c", 0.25);
    // a is second if it is not first, and then drawn before one of the same weight: 1/2 * 2/3.
    assertShare(seconds, "openai/a", 1.0 / 3);
    assertShare(seconds, "openai/b", 1.0 / 3);
    assertThat(order(desk)).containsExactlyInAnyOrder("openai/a", "openai/b", "openai/c");
  }

  @Test
  void aMemberThatMayNotBeTriedGoesLastAndNeverAway() {
    Desk desk =
        desk(balance(Modifiers.NONE, member(99, use("openai/a")), member(1, use("openai/b"))));
    desk.health.dead("openai/a");

    for (int i = 0; i < 100; i++) {
      assertThat(order(desk)).containsExactly("openai/b", "openai/a");
    }
    desk.health.dead("openai/b");
    assertThat(order(desk)).containsExactlyInAnyOrder("openai/a", "openai/b");
  }

  @Test
  void aMemberWithoutWeightIsForWhenTheOthersFail() {
    Desk desk =
        desk(
            balance(
                policy(StepSettings.Policy.LATENCY),
                member(1, use("openai/a")),
                member(0, use("openai/spare"))));
    desk.health.latency("openai/a", 900);

    assertThat(order(desk)).containsExactly("openai/a", "openai/spare");
    desk.health.dead("openai/a");
    assertThat(order(desk)).containsExactly("openai/spare", "openai/a");
  }

  @Test
  void ofTwoDrawnTheFasterGoesFirst() {
    Desk desk =
        desk(
            balance(
                policy(StepSettings.Policy.LATENCY),
                member(1, use("openai/slow")),
                member(1, use("openai/fast")),
                member(1, use("openai/middle"))));
    desk.health
        .latency("openai/slow", 900)
        .latency("openai/middle", 500)
        .latency("openai/fast", 100);

    Map<String, Double> shares = shares(desk, 0);

    assertShare(shares, "openai/fast", 2.0 / 3);
    assertShare(shares, "openai/middle", 1.0 / 3);
    assertThat(shares).doesNotContainKey("openai/slow");
  }

  @Test
  void anUnknownTargetCountsAsTheFastest() {
    Desk desk =
        desk(
            balance(
                policy(StepSettings.Policy.LATENCY),
                member(9, use("openai/known")),
                member(1, use("openai/new"))));
    desk.health.latency("openai/known", 1);

    assertThat(order(desk)).containsExactly("openai/new", "openai/known");
    assertThat(desk.noted("balance"))
        .containsExactly("{policy=latency, order=openai/new, openai/known}");
  }

  @Test
  void theLeastBusyGoesFirstAndTiesGoByWeight() {
    Desk desk =
        desk(
            balance(
                policy(StepSettings.Policy.LEAST_BUSY),
                member(100, use("openai/busy")),
                member(3, use("openai/a")),
                member(1, use("openai/b"))));
    desk.health.busy("openai/busy", 7);

    Map<String, Double> shares = shares(desk, 0);

    assertShare(shares, "openai/a", 0.75);
    assertShare(shares, "openai/b", 0.25);
    assertThat(order(desk).get(2)).isEqualTo("openai/busy");
  }

  @Test
  void theCheapestGoesFirstAndWhatHasNoPriceLast() {
    Desk desk =
        desk(
            balance(
                policy(StepSettings.Policy.COST),
                member(100, use("openai/unknown")),
                member(1, use("openai/dear")),
                member(1, first(use("openai/cheap"), use("openai/dear")))));
    desk.prices.put(target("openai/dear"), 9_000_000_000L);
    desk.prices.put(target("openai/cheap"), 0L);

    assertThat(order(desk))
        .containsExactly("openai/cheap", "openai/dear", "openai/dear", "openai/unknown");
  }

  @Test
  void chanceAvoidsADeadArm() {
    Desk desk =
        desk(split(Modifiers.NONE, arm("a", 99, use("openai/a")), arm("b", 1, use("openai/b"))));
    desk.health.dead("openai/a");

    assertThat(order(desk)).containsExactly("openai/b");
  }
}
