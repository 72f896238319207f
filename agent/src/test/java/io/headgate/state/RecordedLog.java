// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a store says and counts. */
final class RecordedLog implements StateLog {

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> counts = new CopyOnWriteArrayList<>();

  @Override
  public void say(String line) {
    lines.add(line);
  }

  @Override
  public void count(String store, String what) {
    counts.add(store + " " + what);
  }

  List<String> lines() {
    return lines;
  }

  List<String> counts() {
    return counts;
  }
}
