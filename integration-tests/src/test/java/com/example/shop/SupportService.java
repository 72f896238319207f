// SPDX-License-Identifier: Apache-2.0
package com.example.shop;

import io.headgate.it.routing.AppClient;
import io.headgate.it.routing.Out;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Scope;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.MDC;

/**
 * An app with a package of its own, which tells who is asking in five ways, each with every client.
 */
public final class SupportService {

  private static final String URL = "https://api.openai.com/v1/chat/completions";

  private SupportService() {}

  public static void main(String[] args) {
    for (AppClient client : AppClient.values()) {
      Out.call(client + " mdc", () -> withMdc(client));
      Out.call(client + " baggage", () -> withBaggage(client));
      Out.call(client + " header", () -> ask(client, Map.of("x-plan", "gold"), ""));
      Out.call(client + " body", () -> ask(client, Map.of(), ",\"metadata\":{\"plan\":\"gold\"}"));
      Out.call(client + " nothing", () -> ask(client, Map.of(), ""));
      Out.call(client + " caller", () -> Billing.run(client));
    }
    System.exit(0);
  }

  private static String withMdc(AppClient client) throws Exception {
    MDC.put("tenant", "gold");
    try {
      return ask(client, Map.of(), "");
    } finally {
      MDC.remove("tenant");
    }
  }

  private static String withBaggage(AppClient client) throws Exception {
    try (Scope scope = Baggage.builder().put("feature", "gold").build().makeCurrent()) {
      return ask(client, Map.of(), "");
    }
  }

  static String ask(AppClient client, Map<String, String> headers, String more) throws Exception {
    Map<String, String> all = new HashMap<>(headers);
    all.put("authorization", "Bearer sk-app");
    String body =
        "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi?\"}]" + more + "}";
    AppClient.Answer answer = client.post(URL, all, body);
    return answer.headers().get("x-headgate-route")
        + " "
        + answer.headers().get("x-headgate-model");
  }
}
