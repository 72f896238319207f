// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.gateway.Attempt;
import io.headgate.gateway.Decision;
import io.opentelemetry.api.trace.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells on a call's span that the answer was translated, and what was lost on the way. */
final class TranslationAttributes {

  private static final String NAME = "translate";
  private static final String DIVIDER = ", ";

  private TranslationAttributes() {}

  static void write(Span span, List<Decision> decisions, Attempt served) {
    String target = served.endpoint().provider() + "/" + served.model();
    Decision last = null;
    for (Decision decision : decisions) {
      if (decision.name().equals(NAME) && target.equals(decision.attributes().get("target"))) {
        last = decision;
      }
    }
    if (last == null) {
      return;
    }
    Map<String, String> details = last.attributes();
    span.setAttribute(GenAiAttributes.TRANSLATION_FROM, String.valueOf(details.get("from")));
    span.setAttribute(GenAiAttributes.TRANSLATION_TO, String.valueOf(details.get("to")));
    List<String> warnings = new ArrayList<>();
    add(warnings, "dropped:", details.get("dropped"));
    add(warnings, "changed:", details.get("changed"));
    if (!warnings.isEmpty()) {
      span.setAttribute(GenAiAttributes.TRANSLATION_WARNINGS, warnings);
    }
  }

  private static void add(List<String> warnings, String kind, @Nullable String names) {
    if (names != null) {
      for (String name : names.split(DIVIDER, -1)) {
        warnings.add(kind + name);
      }
    }
  }
}
