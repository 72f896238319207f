// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

import java.util.function.ToDoubleFunction;

/**
 * What an application did in one window of time, per piece of its answers where that is said.
 *
 * @param calls per second
 * @param cpuMicros processor time of the process per piece, JIT and GC included, by ticks of 10 ms
 * @param threadMicros processor time of all Java threads per piece, exact, JIT and GC left out
 * @param bytes allocated per piece
 * @param latencyMicros the median of a call
 * @param firstMicros the median until the first bytes of the answer
 */
record Window(
    double calls,
    double cpuMicros,
    double threadMicros,
    double bytes,
    double latencyMicros,
    double firstMicros) {

  /** Reads what an application said of its window. */
  static Window parse(String line, int pieces) {
    String[] words = line.split(" ");
    double calls = Double.parseDouble(words[0]);
    double counted = calls * pieces;
    return new Window(
        calls * 1e9 / Double.parseDouble(words[1]),
        Double.parseDouble(words[2]) / 1e3 / counted,
        Double.parseDouble(words[3]) / 1e3 / counted,
        Double.parseDouble(words[4]) / counted,
        Double.parseDouble(words[5]) / 1e3,
        Double.parseDouble(words[6]) / 1e3);
  }

  /** The mean of two windows' values: the two without an agent, which stand for one. */
  static double mean(Window one, Window other, ToDoubleFunction<Window> value) {
    return (value.applyAsDouble(one) + value.applyAsDouble(other)) / 2;
  }
}
