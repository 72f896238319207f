// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import io.headgate.chat.Operation;
import io.headgate.config.ExpressionText;
import io.headgate.config.RouteSettings;
import io.headgate.config.StepSettings;
import io.headgate.config.Traffic;
import io.headgate.expression.Expression;
import io.headgate.expression.ExpressionCompiler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes of a configuration with their expressions compiled. Immutable; a reload makes new. */
public final class CompiledRoutes {

  private final Traffic traffic;
  private final Context context;
  private final Expressions expressions;
  private final List<CallMatch> matches = new ArrayList<>();
  private final RouteIndex index;
  private final Map<String, Integer> byName = new HashMap<>();

  private CompiledRoutes(Traffic traffic, Expressions expressions) {
    this.traffic = traffic;
    this.context = Context.of(traffic);
    this.expressions = expressions;
    for (RouteSettings route : traffic.routes()) {
      matches.add(new CallMatch(route.match()));
      ExpressionText when = route.match().when();
      if (when != null) {
        expressions.add(when, false);
      }
      compile(route.step());
      if (route.name() != null) {
        byName.putIfAbsent(route.name(), matches.size() - 1);
      }
    }
    this.index = new RouteIndex(matches);
  }

  /**
   * Compiles what a configuration says.
   *
   * @param compiler asked for at most once, and not if there is no expression
   * @param problems gets the place of each text that is no expression, {@code headgate.yaml:3:7},
   *     and what is wrong; such a condition never holds
   */
  public static CompiledRoutes of(
      Traffic traffic, Supplier<ExpressionCompiler> compiler, BiConsumer<String, String> problems) {
    return new CompiledRoutes(traffic, new Expressions(compiler, problems));
  }

  /**
   * Whether calls of this kind can go elsewhere and be sent twice. Of what is stored at a provider
   * or unknown, only what a route names is touched: a batch sent twice is paid for twice.
   */
  static boolean routable(Operation operation) {
    return operation.usesModel() || operation == Operation.COUNT_TOKENS;
  }

  private void compile(StepSettings step) {
    ExpressionText sticky = step.modifiers().sticky();
    if (sticky != null) {
      expressions.add(sticky, false);
    }
    if (step instanceof StepSettings.When when) {
      expressions.add(when.condition(), false);
    }
    if (step instanceof StepSettings.Cascade cascade) {
      for (StepSettings.Stage stage : cascade.stages()) {
        ExpressionText accept = stage.accept();
        if (accept != null) {
          expressions.add(accept, true);
        }
      }
    }
    Steps.inside(step).forEach(this::compile);
  }

  Traffic traffic() {
    return traffic;
  }

  /** What holds outside of all routes. */
  Context context() {
    return context;
  }

  Expression expression(ExpressionText text) {
    return expressions.of(text);
  }

  RouteIndex index() {
    return index;
  }

  RouteSettings route(int number) {
    return traffic.routes().get(number);
  }

  CallMatch match(int number) {
    return matches.get(number);
  }

  /** The number of the route of that name; null if there is none. */
  @Nullable Integer named(String name) {
    return byName.get(name);
  }

  /** Whether every call goes as the app sent it. */
  boolean empty() {
    return traffic.routes().isEmpty()
        && traffic.models().entries().isEmpty()
        && context.policy().isNone();
  }
}
