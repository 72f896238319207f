// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.Value.Section;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Reads what is to become of calls. */
final class TrafficBinder {
  private final ConfigBinder binder;
  private final Collection<String> providers;
  private final Problems problems;

  /**
   * @param providers all that are built in or configured
   */
  TrafficBinder(ConfigBinder binder, Collection<String> providers, Problems problems) {
    this.binder = binder;
    this.providers = providers;
    this.problems = problems;
  }

  Traffic bind(Section root) {
    PolicyBinder policies = new PolicyBinder(binder, problems);
    Map<String, List<MetadataSource>> metadata =
        new MetadataBinder(binder, problems)
            .bind(section(root, "metadata", "names and sources, such as user: header:x-user-id"));
    Models models =
        new ModelBinder(binder, providers, problems)
            .bind(section(root, "models", "names and targets, such as fast: openai/gpt-4o-mini"));
    TimeoutSettings timeout = policies.timeout(root.get("timeout"), "timeout");
    RetrySettings retry = policies.retry(root.get("retry"), "retry", null);
    BreakerSettings breaker = policies.breaker(root.get("breaker"), "breaker", null);
    Map<String, RewriteSettings> rewrites =
        new RewriteBinder(binder, problems).bind(section(root, "rewrite", "names, such as terse:"));
    StepNotes notes = new StepNotes();
    ModifierBinder modifiers =
        new ModifierBinder(binder, policies, rewrites.keySet(), notes, problems);
    StepBinder steps =
        new StepBinder(binder, new TargetNames(providers, models), modifiers, notes, problems);
    List<RouteSettings> routes =
        new RouteBinder(binder, new MatchBinder(binder, providers, problems), steps, problems)
            .bind(root.get("routes"), new StepBinder.Scope(retry, breaker, 0));
    new RouteChecks(routes, notes, problems).run();
    String answer = binder.choice(root, "response-model", "response-model", Choice.RESPONSE_MODEL);
    return new Traffic(
        metadata, models, timeout, retry, breaker, routes, rewrites, !"served".equals(answer));
  }

  private Section section(Section root, String key, String of) {
    return binder.section(root.get(key), key, of);
  }
}
