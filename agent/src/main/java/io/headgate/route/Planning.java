// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import io.headgate.config.ExpressionText;
import io.headgate.config.RouteSettings;
import io.headgate.config.StepSettings;
import io.headgate.config.TargetRef;
import io.headgate.expression.Expression;
import io.headgate.gateway.Decision;
import io.headgate.route.Balancer.Candidate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the plan of one call: evaluates conditions, chooses arms, orders members. */
final class Planning {

  /** The configuration has no loops; this holds if one gets past it. */
  private static final int MOST_DEEP = 100;

  /** Routes that refer to others twice each would double the plan with every reference. */
  private static final int MOST_STEPS = 10_000;

  private final CompiledRoutes routes;
  private final Balancer balancer;
  private final LongSupplier chance;
  private final @Nullable String appModel;
  private final Answers answers;
  private Consumer<Decision> log;
  private String route = "";
  private int steps;

  /**
   * @param appModel what a model {@code *} stands for; null if the app asked for none
   * @param log gets what is decided here; what {@code answers} notes goes where that says
   */
  Planning(
      CompiledRoutes routes,
      Balancer balancer,
      LongSupplier chance,
      @Nullable String appModel,
      Answers answers,
      Consumer<Decision> log) {
    this.routes = routes;
    this.balancer = balancer;
    this.chance = chance;
    this.appModel = appModel;
    this.answers = answers;
    this.log = log;
  }

  /** The plan of a route; null if none of its steps decides about this call. */
  @Nullable Plan plan(RouteSettings chosen) {
    route = chosen.label();
    return plan(chosen.step(), routes.context(), Place.of(name(chosen)));
  }

  private static String name(RouteSettings route) {
    return route.name() == null ? "" : route.name();
  }

  private @Nullable Plan plan(StepSettings step, Context around, Place place) {
    if (place.depth() > MOST_DEEP || ++steps > MOST_STEPS) {
      return skip(Steps.word(step), "too many steps");
    }
    Context context = around.inside(step.modifiers(), place.routeLevel());
    if (step instanceof StepSettings.Use use) {
      return use(use, context);
    }
    if (step instanceof StepSettings.First first) {
      return first(first, context, place);
    }
    if (step instanceof StepSettings.Split split) {
      return split(split, context, place);
    }
    if (step instanceof StepSettings.Balance balance) {
      return balance(balance, context, place);
    }
    if (step instanceof StepSettings.Cascade cascade) {
      return cascade(cascade, context, place);
    }
    if (step instanceof StepSettings.Route reference) {
      return reference(reference, context, place);
    }
    if (step instanceof StepSettings.When when) {
      return when(when, context, place);
    }
    StepSettings.Deny deny = (StepSettings.Deny) step;
    return new Plan.Deny(deny.text(), deny.status());
  }

  private @Nullable Plan use(StepSettings.Use use, Context context) {
    TargetRef target = use.target();
    String model = target.model().equals("*") ? appModel : target.model();
    if (model == null) {
      return skip(target.toString(), "the call names no model");
    }
    return new Plan.Try(
        new Target(target.provider(), model), context.arm(), context.policy(), context.rewrite());
  }

  private @Nullable Plan first(StepSettings.First first, Context context, Place place) {
    List<Plan> plans = new ArrayList<>(first.steps().size());
    for (int i = 0; i < first.steps().size(); i++) {
      Plan plan = plan(first.steps().get(i), context, place.inside(i));
      if (plan != null) {
        plans.add(plan);
      }
    }
    return chain(plans, context);
  }

  private static @Nullable Plan chain(List<Plan> plans, Context context) {
    if (plans.isEmpty()) {
      return null;
    }
    return plans.size() == 1 ? plans.get(0) : new Plan.Chain(plans, context.on());
  }

  /** The first arm in the order drawn that decides and has a target which may be tried now. */
  private @Nullable Plan split(StepSettings.Split split, Context context, Place place) {
    List<StepSettings.Arm> arms = split.arms();
    List<String> names = Targets.names(Steps.inside(split), i -> arms.get(i).name());
    String key = key(context.sticky());
    Consumer<Decision> outer = log;
    Choice best = null;
    for (int i : draw(names, key, i -> arms.get(i).weight(), place)) {
      StepSettings.Arm arm = arms.get(i);
      if (arm.weight() <= 0) {
        break;
      }
      List<Decision> notes = new ArrayList<>();
      log = notes::add;
      Plan plan = plan(arm.step(), context.inArm(arm.name()), place.inside(names.get(i)));
      log = outer;
      if (plan == null) {
        notes.forEach(log);
        continue;
      }
      Choice choice = new Choice(arm.name(), plan, notes);
      if (Targets.available(plan, balancer.health())) {
        return take(choice, context, key, best);
      }
      best = best == null ? choice : best;
    }
    return best == null ? null : take(best, context, key, null);
  }

  private record Choice(String arm, Plan plan, List<Decision> notes) {}

  /**
   * @param dead the arm that would have been taken if it had a target which may be tried
   */
  private Plan take(Choice choice, Context context, @Nullable String key, @Nullable Choice dead) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("arm", String.valueOf(context.inArm(choice.arm()).arm()));
    attributes.put("sticky", String.valueOf(key != null));
    if (dead != null) {
      attributes.put("instead-of", dead.arm());
    }
    log.accept(new Decision("arm", attributes));
    choice.notes().forEach(log);
    return choice.plan();
  }

  private @Nullable Plan balance(StepSettings.Balance balance, Context context, Place place) {
    List<StepSettings.Member> members = balance.members();
    List<String> names = Targets.names(Steps.inside(balance), String::valueOf);
    String key = context.stickyBalance() ? key(context.sticky()) : null;
    List<Candidate> drawn = new ArrayList<>(members.size());
    for (int i : draw(names, key, i -> members.get(i).weight(), place)) {
      StepSettings.Member member = members.get(i);
      Plan plan = plan(member.step(), context, place.inside(names.get(i)));
      if (plan != null) {
        drawn.add(new Candidate(names.get(i), member.weight(), plan));
      }
    }
    if (drawn.isEmpty()) {
      return null;
    }
    List<Candidate> order = balancer.order(drawn, key == null ? context.balance() : null);
    log.accept(
        Notes.note(
            "balance",
            "policy",
            key == null ? PlanText.word(context.balance()) : "sticky",
            "order",
            order.stream().map(Candidate::name).collect(Collectors.joining(", "))));
    return chain(order.stream().map(Candidate::plan).toList(), context);
  }

  private List<Integer> draw(
      List<String> names, @Nullable String key, IntToDoubleFunction weights, Place place) {
    String salt = key == null ? "" : place.salt();
    return Draw.order(
        names.size(),
        weights,
        i -> key == null ? Draw.unit(chance.getAsLong()) : Draw.unit(salt, key, names.get(i)));
  }

  private @Nullable String key(@Nullable ExpressionText sticky) {
    return sticky == null ? null : answers.text(sticky);
  }

  private @Nullable Plan cascade(StepSettings.Cascade cascade, Context context, Place place) {
    List<Plan.Stage> stages = new ArrayList<>(cascade.stages().size());
    for (int i = 0; i < cascade.stages().size(); i++) {
      StepSettings.Stage stage = cascade.stages().get(i);
      Plan plan = plan(stage.step(), context, place.inside(i));
      if (plan != null) {
        ExpressionText accept = stage.accept();
        Expression compiled = accept == null ? null : routes.expression(accept);
        stages.add(new Plan.Stage(plan, compiled));
      }
    }
    return stages.isEmpty() ? null : new Plan.Cascade(stages, context.on());
  }

  private @Nullable Plan reference(StepSettings.Route step, Context context, Place place) {
    Integer number = routes.named(step.name());
    if (number == null) {
      return skip("route/" + step.name(), "unknown");
    }
    RouteSettings referred = routes.route(number);
    String before = route;
    route = referred.label();
    Plan plan = plan(referred.step(), context, place.reference(name(referred)));
    route = before;
    return plan;
  }

  private @Nullable Plan when(StepSettings.When when, Context context, Place place) {
    if (answers.holds(when.condition(), route)) {
      return plan(when.then(), context, place.inside("then"));
    }
    StepSettings otherwise = when.otherwise();
    return otherwise == null ? null : plan(otherwise, context, place.inside("else"));
  }

  private @Nullable Plan skip(String what, String reason) {
    log.accept(Notes.note("skip", "step", what, "reason", reason));
    return null;
  }
}
