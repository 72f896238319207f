// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

import java.util.ArrayList;
import java.util.List;

/**
 * What an app wants of a model; in every SDK it is the same. Part of the apps, not of the tests.
 *
 * @param prompt the user's words
 * @param tools those that the model may call
 * @param schema whether the answer is to be a {@link Ticket}
 * @param image whether {@link Words#IMAGE} goes along
 * @param rounds what the model has called so far, and what came of it
 */
record Ask(String prompt, List<AppTool> tools, boolean schema, boolean image, List<Round> rounds) {

  /**
   * One turn of the model, and what came next.
   *
   * @param results of its calls, in their order; empty if it made none
   * @param then what the user said after that; empty if nothing
   */
  record Round(Answer answer, List<String> results, String then) {}

  static Ask text(String prompt) {
    return new Ask(prompt, List.of(), false, false, List.of());
  }

  static Ask tools(String prompt, AppTool... tools) {
    return new Ask(prompt, List.of(tools), false, false, List.of());
  }

  static Ask schema(String prompt) {
    return new Ask(prompt, List.of(), true, false, List.of());
  }

  static Ask image(String prompt) {
    return new Ask(prompt, List.of(), false, true, List.of());
  }

  /** The same with the model's last turn, and what came next. */
  Ask after(Answer answer, List<String> results, String then) {
    List<Round> all = new ArrayList<>(rounds);
    all.add(new Round(answer, results, then));
    return new Ask(prompt, tools, schema, image, List.copyOf(all));
  }
}
