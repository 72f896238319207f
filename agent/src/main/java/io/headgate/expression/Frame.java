// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation: the data, what the macros look at, and how much may still be done. One thread's.
 *
 * <p>The unit of cost is a step, the evaluation of one operator, some tens of nanoseconds. Whatever
 * takes longer the more data there is spends steps by the amount of data, before it begins.
 */
final class Frame {

  /** Two to five milliseconds of the most expensive there is. */
  static final long BUDGET = 50_000;

  /** Characters copied, counted or compared during one step. */
  private static final int CHARS_PER_STEP = 64;

  private final Variables variables;
  private final @Nullable Object[] locals;
  private long left = BUDGET;
  private boolean bodyRead;
  private @Nullable Object body;

  Frame(Variables variables, int locals) {
    this.variables = variables;
    this.locals = new @Nullable Object[locals];
  }

  /** Throws {@link Failure#COST} if there are not as many left. */
  void spend(long steps) {
    left -= steps;
    if (left < 0) {
      throw Failure.COST;
    }
  }

  /** Spends what it takes to pass once over so many characters. */
  void spendOnText(long chars) {
    spend(1 + chars / CHARS_PER_STEP);
  }

  @Nullable Object local(int slot) {
    return locals[slot];
  }

  void local(int slot, @Nullable Object value) {
    locals[slot] = value;
  }

  Map<String, @Nullable Object> request() {
    return variables.request();
  }

  @Nullable String header(String name) {
    return variables.header(name);
  }

  @Nullable Object body() {
    if (!bodyRead) {
      body = variables.body();
      bodyRead = true;
    }
    return body;
  }

  Map<String, Object> metadata() {
    return variables.metadata();
  }

  String environment() {
    return variables.environment();
  }

  @Nullable Map<String, @Nullable Object> response() {
    return variables.response();
  }
}
