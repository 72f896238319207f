// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.chat.Operation;
import io.headgate.config.CacheRule;
import io.headgate.config.ExpressionText;
import io.headgate.expression.Expression;
import io.headgate.expression.ExpressionCompiler;
import io.headgate.expression.Variables;
import io.headgate.route.CallMatch;
import io.headgate.route.Expressions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rules of a configuration with their expressions compiled. Immutable; a reload makes new. */
public final class CompiledRules {

  /** A rule and which calls it is for. */
  private record Entry(CallMatch match, CompiledRule rule) {}

  private final List<Entry> entries = new ArrayList<>();

  private CompiledRules(List<CacheRule> rules, Expressions expressions) {
    for (CacheRule rule : rules) {
      List<Expression> isolate = new ArrayList<>();
      if (rule.isolate() != null) {
        rule.isolate().forEach(text -> isolate.add(compile(expressions, text, false)));
      }
      ExpressionText when = rule.match().when();
      ExpressionText storeWhen = rule.storeWhen();
      entries.add(
          new Entry(
              new CallMatch(rule.match()),
              new CompiledRule(
                  rule,
                  new CacheKeys(rule.version(), rule.ignore()),
                  when == null ? null : compile(expressions, when, false),
                  isolate,
                  storeWhen == null ? null : compile(expressions, storeWhen, true))));
    }
  }

  private static Expression compile(
      Expressions expressions, ExpressionText text, boolean response) {
    expressions.add(text, response);
    return expressions.of(text);
  }

  /**
   * Compiles what a configuration says.
   *
   * @param compiler asked for at most once, and not if there is no expression
   * @param problems gets the place of each text that is no expression, {@code headgate.yaml:3:7},
   *     and what is wrong; such a condition never holds, and such a value is null
   */
  public static CompiledRules of(
      List<CacheRule> rules,
      Supplier<ExpressionCompiler> compiler,
      BiConsumer<String, String> problems) {
    return new CompiledRules(rules, new Expressions(compiler, problems));
  }

  /**
   * The first rule that is for a call; null if none is, or the call uses no model.
   *
   * @param provider as the app called it
   * @param model as the app named it; null if it named none
   * @param variables asked only for what conditions name
   */
  @Nullable CompiledRule match(
      String provider, Operation operation, @Nullable String model, Variables variables) {
    if (!operation.usesModel()) {
      return null;
    }
    for (Entry entry : entries) {
      Expression when = entry.rule().when();
      if (entry.match().fits(provider, operation, model)
          && (when == null || when.test(variables))) {
        return entry.rule();
      }
    }
    return null;
  }
}
