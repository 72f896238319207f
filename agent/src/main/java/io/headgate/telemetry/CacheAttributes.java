// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.chat.Cost;
import io.headgate.gateway.CacheResult;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a span says of the cache's part in a call. */
final class CacheAttributes {

  /** {@code hit}, {@code miss}, … in lower case; on metrics, too. */
  static final AttributeKey<String> STATUS = AttributeKey.stringKey("headgate.cache.status");

  static final AttributeKey<String> KEY = AttributeKey.stringKey("headgate.cache.key");

  /** In seconds. */
  static final AttributeKey<Long> AGE = AttributeKey.longKey("headgate.cache.age");

  static final AttributeKey<Double> SIMILARITY =
      AttributeKey.doubleKey("headgate.cache.similarity");

  static final AttributeKey<String> REASON = AttributeKey.stringKey("headgate.cache.reason");
  static final AttributeKey<String> NEAREST = AttributeKey.stringKey("headgate.cache.nearest");

  /** In USD. */
  static final AttributeKey<Double> SAVED = AttributeKey.doubleKey("headgate.cost.saved");

  static final AttributeKey<String> STORE = AttributeKey.stringKey("headgate.state.store");
  static final AttributeKey<String> TROUBLE = AttributeKey.stringKey("headgate.state.error");

  private CacheAttributes() {}

  static void write(Span span, CacheResult result) {
    span.setAttribute(STATUS, word(result.status()));
    put(span, KEY, result.key());
    if (result.ageSeconds() >= 0) {
      span.setAttribute(AGE, result.ageSeconds());
    }
    if (result.similarity() >= 0) {
      span.setAttribute(SIMILARITY, result.similarity());
    }
    put(span, REASON, result.reason());
    put(span, NEAREST, result.nearest());
    Cost saved = result.saved();
    if (saved != null) {
      span.setAttribute(SAVED, Cost.usd(saved.total()));
    }
  }

  private static void put(Span span, AttributeKey<String> key, @Nullable String value) {
    if (value != null) {
      span.setAttribute(key, value);
    }
  }

  static String word(CacheResult.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
