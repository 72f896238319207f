// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.shop.Logging;
import com.example.shop.SupportService;
import io.headgate.it.ClassPaths;
import io.headgate.it.ForkedJvm;
import io.headgate.standin.StandIn;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes that are chosen by who is asking, on whatever thread the client sends the call. */
class MetadataIT {

  private static final String ROUTES =
      """
      metadata:
        tenant: mdc:tenant
        feature: baggage:feature
        plan: header:x-plan
        tier: body:metadata.plan
        caller: caller:class
      routes:
        - {name: mdc, match: {when: 'metadata.tenant == "gold"'}, use: openai/gpt-4.1}
        - {name: baggage, match: {when: 'metadata.feature == "gold"'}, use: openai/gpt-4.1-mini}
        - {name: header, match: {when: 'metadata.plan == "gold"'}, use: openai/gpt-4.1-nano}
        - {name: body, match: {when: 'metadata.tier == "gold"'}, use: openai/gpt-5}
        - {name: caller, match: {when: 'metadata.caller == "Billing"'}, use: openai/gpt-5-mini}
        - {name: service, match: {when: 'metadata.caller == "SupportService"'}, use: openai/gpt-5-nano}
      """;

  @TempDir Path dir;

  @Test
  void everySourceIsSeenWithEveryClient() throws Exception {
    Map<String, String> expected = new LinkedHashMap<>();
    for (AppClient client : AppClient.values()) {
      expected.put(client + " mdc", "mdc gpt-4.1");
      expected.put(client + " baggage", "baggage gpt-4.1-mini");
      expected.put(client + " header", "header gpt-4.1-nano");
      expected.put(client + " body", "body gpt-5");
      expected.put(client + " nothing", "service gpt-5-nano");
      expected.put(client + " caller", "caller gpt-5-mini");
    }
    try (StandIn hosts = StandIn.start()) {
      RoutingRun run =
          RoutingRun.of(
              ForkedJvm.java()
                  .classPath(ClassPaths.withSdks("io/opentelemetry/"))
                  .property("slf4j.provider", Logging.class.getName())
                  .main(SupportService.class),
              dir,
              RoutingRun.providers(hosts, "") + ROUTES);

      assertThat(run.said()).isEqualTo(expected);
      assertThat(hosts.requests().stream().map(r -> r.json().path("model").asText()))
          .containsExactlyElementsOf(
              expected.values().stream().map(said -> said.split(" ")[1]).toList());
    }
  }
}
