// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import io.headgate.chat.Operation;
import io.headgate.config.BreakerSettings;
import io.headgate.config.Config;
import io.headgate.config.ExpressionText;
import io.headgate.config.FailureSet;
import io.headgate.config.Models;
import io.headgate.config.ProviderSettings;
import io.headgate.config.RetrySettings;
import io.headgate.config.RouteSettings;
import io.headgate.config.StepSettings;
import io.headgate.config.StepSettings.Modifiers;
import io.headgate.config.TargetRef;
import io.headgate.config.TimeoutSettings;
import io.headgate.config.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings for tests, in as few words as the configuration has for them. */
final class Sample {

  private static int line;

  private Sample() {}

  /** Another line of the file each time. */
  static synchronized String at() {
    return "headgate.yaml:" + ++line + ":5";
  }

  static TargetRef ref(String target) {
    int slash = target.indexOf('/');
    return new TargetRef(target.substring(0, slash), target.substring(slash + 1));
  }

  static Target target(String target) {
    TargetRef ref = ref(target);
    return new Target(ref.provider(), ref.model());
  }

  static StepSettings.Use use(String target) {
    return use(target, Modifiers.NONE);
  }

  static StepSettings.Use use(String target, Modifiers modifiers) {
    return new StepSettings.Use(at(), modifiers, ref(target));
  }

  static StepSettings.First first(StepSettings... steps) {
    return first(Modifiers.NONE, steps);
  }

  static StepSettings.First first(Modifiers modifiers, StepSettings... steps) {
    return new StepSettings.First(at(), modifiers, List.of(steps));
  }

  static StepSettings.Arm arm(String name, double weight, StepSettings step) {
    return new StepSettings.Arm(name, weight, step);
  }

  static StepSettings.Split split(Modifiers modifiers, StepSettings.Arm... arms) {
    return new StepSettings.Split(at(), modifiers, List.of(arms));
  }

  static StepSettings.Member member(double weight, StepSettings step) {
    return new StepSettings.Member(weight, step);
  }

  static StepSettings.Balance balance(Modifiers modifiers, StepSettings.Member... members) {
    return new StepSettings.Balance(at(), modifiers, List.of(members));
  }

  static StepSettings.Cascade cascade(StepSettings.Stage... stages) {
    return new StepSettings.Cascade(at(), Modifiers.NONE, List.of(stages));
  }

  static StepSettings.Stage stage(StepSettings step, @Nullable String accept) {
    return new StepSettings.Stage(step, accept == null ? null : text(accept));
  }

  static StepSettings.Route reference(String name) {
    return new StepSettings.Route(at(), Modifiers.NONE, name);
  }

  static StepSettings.Deny deny(String text) {
    return new StepSettings.Deny(at(), Modifiers.NONE, text, 403);
  }

  static StepSettings.When when(
      String condition, StepSettings then, @Nullable StepSettings otherwise) {
    return new StepSettings.When(at(), Modifiers.NONE, text(condition), then, otherwise);
  }

  static ExpressionText text(String source) {
    String at = at();
    return new ExpressionText(at, "routes[?].expression", source);
  }

  static Modifiers sticky(String source) {
    return new Modifiers(null, TimeoutSettings.NONE, null, null, text(source), null, null);
  }

  static Modifiers policy(StepSettings.Policy policy) {
    return new Modifiers(null, TimeoutSettings.NONE, null, null, null, policy, null);
  }

  static Modifiers on(FailureSet on) {
    return new Modifiers(on, TimeoutSettings.NONE, null, null, null, null, null);
  }

  static Modifiers rewrite(String name) {
    return new Modifiers(null, TimeoutSettings.NONE, null, null, null, null, name);
  }

  static Modifiers tried(
      TimeoutSettings timeout, @Nullable RetrySettings retry, @Nullable BreakerSettings breaker) {
    return new Modifiers(null, timeout, retry, breaker, null, null, null);
  }

  /** In seconds; 0 for what is not said. */
  static TimeoutSettings timeout(int connect, int firstToken, int idle, int total) {
    return new TimeoutSettings(
        seconds(connect), seconds(firstToken), seconds(idle), seconds(total));
  }

  private static @Nullable Duration seconds(int seconds) {
    return seconds == 0 ? null : Duration.ofSeconds(seconds);
  }

  static RetrySettings retry(int maxAttempts) {
    RetrySettings usual = RetrySettings.DEFAULT;
    return new RetrySettings(
        maxAttempts,
        usual.backoff(),
        usual.delay(),
        usual.maxDelay(),
        usual.jitter(),
        usual.on(),
        usual.budget());
  }

  static RouteSettings.Match model(String... models) {
    return new RouteSettings.Match(Set.of(), List.of(models), List.of(), null);
  }

  static RouteSettings.Match provider(String... providers) {
    return new RouteSettings.Match(Set.of(), List.of(), List.of(providers), null);
  }

  static RouteSettings.Match operation(Operation... operations) {
    return new RouteSettings.Match(Set.of(operations), List.of(), List.of(), null);
  }

  static RouteSettings.Match condition(String source) {
    return new RouteSettings.Match(Set.of(), List.of(), List.of(), text(source));
  }

  /** A route whose index is set when it is put in a list. */
  static RouteSettings route(@Nullable String name, RouteSettings.Match match, StepSettings step) {
    return new RouteSettings(at(), 0, name, match, step);
  }

  static Models models(String... namesAndTargets) {
    List<Models.Entry> entries = new ArrayList<>();
    for (int i = 0; i < namesAndTargets.length; i += 2) {
      entries.add(new Models.Entry(at(), namesAndTargets[i], ref(namesAndTargets[i + 1])));
    }
    return new Models(entries);
  }

  static Traffic routes(RouteSettings... routes) {
    return traffic(Models.NONE, Plan.Policy.NONE, routes);
  }

  static Traffic traffic(Models models, Plan.Policy policy, RouteSettings... routes) {
    List<RouteSettings> numbered = new ArrayList<>();
    for (RouteSettings route : routes) {
      numbered.add(
          new RouteSettings(
              route.at(), numbered.size(), route.name(), route.match(), route.step()));
    }
    return new Traffic(
        Map.of(),
        models,
        policy.timeout(),
        policy.retry(),
        policy.breaker(),
        numbered,
        Map.of(),
        true);
  }

  static Config config(Traffic traffic, Map<String, ProviderSettings> providers) {
    return new Config(
        "headgate.yaml", Config.Mode.ENFORCE, Config.Fail.OPEN, "", providers, List.of(), traffic);
  }
}
