// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.config.CacheRule;
import io.headgate.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule of the configuration with its expressions compiled. Immutable.
 *
 * @param settings as configured
 * @param keys makes keys as the rule says
 * @param when the condition of its match; null for always
 * @param isolate what keeps calls apart from each other, in the order of the configuration; empty
 *     for nothing, and for the credential: {@link CacheRule#isolate()} tells which
 * @param storeWhen what an answer must fulfil to be kept, the only one that may ask for the
 *     response; null for nothing more than being good
 */
record CompiledRule(
    CacheRule settings,
    CacheKeys keys,
    @Nullable Expression when,
    List<Expression> isolate,
    @Nullable Expression storeWhen) {

  CompiledRule {
    isolate = List.copyOf(isolate);
  }
}
