// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import io.headgate.config.ExpressionText;
import io.headgate.expression.Variables;
import io.headgate.gateway.Decision;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks each expression at most once for a call, and not before its answer is needed. */
final class Answers {

  private final CompiledRoutes routes;
  private final Variables variables;
  private final Consumer<Decision> log;
  private @Nullable Map<ExpressionText, Boolean> conditions;
  private @Nullable Map<ExpressionText, Optional<String>> texts;

  Answers(CompiledRoutes routes, Variables variables, Consumer<Decision> log) {
    this.routes = routes;
    this.variables = variables;
    this.log = log;
  }

  /** Whether a condition of that route holds. Noted when it is asked. */
  boolean holds(ExpressionText condition, String route) {
    if (conditions == null) {
      conditions = new HashMap<>();
    }
    Boolean known = conditions.get(condition);
    if (known == null) {
      known = routes.expression(condition).test(variables);
      conditions.put(condition, known);
      Map<String, String> attributes = new LinkedHashMap<>();
      attributes.put("route", route);
      attributes.put("at", condition.path());
      attributes.put("value", known.toString());
      log.accept(new Decision("condition", attributes));
    }
    return known;
  }

  /** What an expression comes to; null if nothing. An empty text says nothing about anyone. */
  @Nullable String text(ExpressionText expression) {
    if (texts == null) {
      texts = new HashMap<>();
    }
    Optional<String> known = texts.get(expression);
    if (known == null) {
      known =
          Optional.ofNullable(routes.expression(expression).text(variables))
              .filter(text -> !text.isEmpty());
      texts.put(expression, known);
    }
    return known.orElse(null);
  }
}
