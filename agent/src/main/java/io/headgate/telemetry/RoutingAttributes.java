// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.chat.RequestFacts;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.Decision;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.Routing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import java.util.List;

/**
 * Writes onto a call's span who asked and what was decided: names of the configuration, values of
 * metadata, numbers. Nothing at all for a call that nobody decided anything about.
 */
final class RoutingAttributes {

  /** Longer strings are cut, in characters. */
  static final int LONGEST = 256;

  /** More events are not on one span, as is the SDK's own limit. */
  static final int MOST_EVENTS = 128;

  private static final String SHADOW = "shadow";

  private RoutingAttributes() {}

  /**
   * @param events how many events the span has already
   */
  static void write(Span span, Exchange exchange, int events) {
    boolean routed = !exchange.routing().equals(Routing.NONE);
    Attempt served = Served.by(exchange);
    if (routed) {
      routing(span, exchange.routing());
    }
    if (served != null) {
      served(span, exchange, served, routed);
    }
    exchange.metadata().forEach((name, value) -> metadata(span, name, value));
    List<Decision> decisions = exchange.decisions();
    if (served != null && served.endpoint().format() != exchange.endpoint().format()) {
      TranslationAttributes.write(span, decisions, served);
    }
    int most = Math.min(decisions.size(), MOST_EVENTS - events);
    for (int i = 0; i < most; i++) {
      Decision decision = decisions.get(i);
      span.addEvent(GenAiAttributes.DECISION_EVENTS + decision.name(), details(decision));
    }
  }

  private static void routing(Span span, Routing routing) {
    if (routing.route() != null) {
      span.setAttribute(GenAiAttributes.ROUTE, routing.route());
    }
    if (routing.arm() != null) {
      span.setAttribute(GenAiAttributes.ARM, routing.arm());
    }
    span.setAttribute(GenAiAttributes.STEP, (long) routing.step());
    span.setAttribute(GenAiAttributes.REASON, routing.reason());
    if (routing.reason().equals(SHADOW)) {
      span.setAttribute(GenAiAttributes.MODE, SHADOW);
    }
  }

  private static void served(Span span, Exchange exchange, Attempt served, boolean routed) {
    Endpoint endpoint = served.endpoint();
    RequestFacts asked = exchange.requestFacts();
    String model = served.model();
    // Of most calls the attempt has the exchange's own.
    boolean same =
        (endpoint == exchange.endpoint()
                || endpoint.provider().equals(exchange.endpoint().provider()))
            && (served.requestFacts() == asked || model == null || model.equals(exchange.model()));
    if (routed || !same) {
      span.setAttribute(GenAiAttributes.SERVED_PROVIDER, endpoint.provider());
      if (model != null) {
        span.setAttribute(GenAiAttributes.SERVED_MODEL, model);
      }
    }
  }

  private static void metadata(Span span, String name, Object value) {
    String key = GenAiAttributes.METADATA + name;
    if (value instanceof Boolean flag) {
      span.setAttribute(AttributeKey.booleanKey(key), flag);
    } else if (value instanceof Double || value instanceof Float) {
      span.setAttribute(AttributeKey.doubleKey(key), ((Number) value).doubleValue());
    } else if (value instanceof Long || value instanceof Integer) {
      span.setAttribute(AttributeKey.longKey(key), ((Number) value).longValue());
    } else {
      span.setAttribute(AttributeKey.stringKey(key), cut(value.toString()));
    }
  }

  private static Attributes details(Decision decision) {
    AttributesBuilder details = Attributes.builder();
    decision.attributes().forEach((name, value) -> details.put(name, cut(value)));
    return details.build();
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    // Half of a character would not survive the way to the collector.
    boolean split = Character.isHighSurrogate(text.charAt(LONGEST - 1));
    return text.substring(0, split ? LONGEST - 1 : LONGEST);
  }
}
