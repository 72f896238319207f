// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.json.JsonNumber;
import io.headgate.json.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * FastAPI's list of what is wrong with a request, which Mistral, vLLM and others answer: {@code
 * [{"loc": ["body", "temperature"], "msg": …}]}. It may be a text, too.
 */
final class DetailList {

  private DetailList() {}

  static String message(@Nullable Object detail) {
    List<String> lines = new ArrayList<>();
    for (Object item : Nodes.list(detail)) {
      Map<String, @Nullable Object> one = Nodes.map(item);
      if (one == null) {
        lines.add(Nodes.text(item));
      } else {
        String place = place(one);
        String what = Nodes.text(one.get("msg"));
        lines.add(place.isEmpty() ? what : place + ": " + what);
      }
    }
    return lines.isEmpty() ? Nodes.text(detail) : String.join("; ", lines);
  }

  /** The member that the first of them is about; null if there is none. */
  static @Nullable String parameter(@Nullable Object detail) {
    List<@Nullable Object> items = Nodes.list(detail);
    Map<String, @Nullable Object> one = items.isEmpty() ? null : Nodes.map(items.get(0));
    String place = one == null ? "" : place(one);
    return place.isEmpty() ? null : place;
  }

  private static String place(Map<String, @Nullable Object> item) {
    List<String> steps = new ArrayList<>();
    for (Object step : Nodes.list(item.get("loc"))) {
      String text = step instanceof JsonNumber number ? number.text() : Nodes.text(step);
      if (!text.isEmpty() && !(steps.isEmpty() && text.equals("body"))) {
        steps.add(text);
      }
    }
    return String.join(".", steps);
  }
}
