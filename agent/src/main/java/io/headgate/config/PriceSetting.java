// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One entry under {@code pricing}, in USD per 1,000,000 tokens.
 *
 * @param pattern {@code provider/model}; {@code *} stands for any run of characters
 * @param input price of input tokens
 * @param cachedInput price of input read from the provider's prompt cache; null: as input
 * @param cacheWrite price of input written to the prompt cache; null: as input
 * @param output price of output tokens
 */
public record PriceSetting(
    String pattern,
    BigDecimal input,
    @Nullable BigDecimal cachedInput,
    @Nullable BigDecimal cacheWrite,
    BigDecimal output) {}
