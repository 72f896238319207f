// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for pairs of model and route, of which there are few among many entries. 0 stands for
 * those that have none: too long, or too many. Used by the I/O thread only.
 */
final class Labels {

  static final int UNKNOWN = 0;

  private static final int MOST = 1 << 16;

  private final Map<Label, Integer> numbers = new HashMap<>();
  private final List<@Nullable Label> labels = new ArrayList<>();

  /** The model and the route of an entry. */
  record Label(String model, String route) {}

  Labels() {
    labels.add(null);
  }

  int number(String model, String route) {
    Label label = new Label(model, route);
    Integer known = numbers.get(label);
    if (known != null) {
      return known;
    }
    if (labels.size() >= MOST) {
      return UNKNOWN;
    }
    numbers.put(label, labels.size());
    labels.add(label);
    return labels.size() - 1;
  }

  int number(byte[] bytes, int at, int model, int route) {
    return number(new String(bytes, at, model, UTF_8), new String(bytes, at + model, route, UTF_8));
  }

  /** Null for {@link #UNKNOWN}. */
  @Nullable Label label(int number) {
    return labels.get(number);
  }
}
