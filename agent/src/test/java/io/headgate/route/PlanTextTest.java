// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import static io.headgate.route.Sample.arm;
import static io.headgate.route.Sample.cascade;
import static io.headgate.route.Sample.deny;
import static io.headgate.route.Sample.first;
import static io.headgate.route.Sample.on;
import static io.headgate.route.Sample.retry;
import static io.headgate.route.Sample.rewrite;
import static io.headgate.route.Sample.route;
import static io.headgate.route.Sample.split;
import static io.headgate.route.Sample.stage;
import static io.headgate.route.Sample.timeout;
import static io.headgate.route.Sample.tried;
import static io.headgate.route.Sample.use;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.FailureKind;
import io.headgate.config.BreakerSettings;
import io.headgate.config.FailureSet;
import io.headgate.config.RouteSettings;
import io.headgate.config.StepSettings.Modifiers;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What people get to read. */
class PlanTextTest {

  private static final FailureSet ON =
      new FailureSet(
          Set.of(FailureKind.EMPTY, FailureKind.CONNECT, FailureKind.CONTEXT_WINDOW),
          Set.of(429, 408),
          Set.of(5));

  @Test
  void theWholePlanIsWrittenDown() {
    Desk desk =
        Desk.of(
            route(
                "support",
                RouteSettings.Match.ALL,
                split(
                    Modifiers.NONE,
                    arm(
                        "kimi",
                        1,
                        first(
                            on(ON),
                            use(
                                "openai/a",
                                tried(timeout(2, 8, 0, 120), retry(3), BreakerSettings.DEFAULT)),
                            cascade(
                                stage(use("openai/b", rewrite("terse")), "good"),
                                stage(use("openai/c"), null)),
                            deny("busy"))))));
    Route chosen = desk.chat("gpt-4o");

    assertThat(PlanText.lines(chosen, desk.notes))
        .containsExactly(
            "route support",
            "  route: route=support by=match",
            "  arm: arm=kimi sticky=false",
            "plan",
            "  in turn, on connect context-window empty 408 429 5xx",
            "    use openai/a, arm kimi",
            "      timeout connect 2s, first-token 8s, total 2m",
            "      retry 3 attempts, exponential 250ms to 5s, on connect timeout slow-stream"
                + " rate-limit overloaded server-error 408 429 5xx",
            "      breaker 50% of 10 or more in 30s, open for 30s",
            "    until accepted, on connect context-window empty 408 429 5xx",
            "      use openai/b, arm kimi, rewrite terse, accept good",
            "      use openai/c, arm kimi",
            "    deny 403 busy");
  }

  @Test
  void whatIsLeftAloneIsSaidToo() {
    assertThat(PlanText.lines(new Route(null, Plan.AS_SENT), List.of()))
        .containsExactly("no route", "plan", "  as sent");
    assertThat(
            PlanText.lines(
                new Route(null, new Plan.Try(null, null, Plan.Policy.NONE, null)), List.of()))
        .containsExactly("no route", "plan", "  use the app's own target");
  }
}
