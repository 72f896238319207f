// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.config.Config;
import io.headgate.gateway.CallOptions;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Interceptor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnHeadersTest {

  private static final String OPENAI = "https://api.openai.com/v1/models";

  private static final String[] FIELDS = {
    "X-Headgate-Route", "a",
    "x-headgate-log", "false",
    "CF-AIG-Metadata", "{}",
    "Authorization", "Bearer app"
  };

  private static Headers sent(Config config, String url) {
    return SentRequest.of(config, url, FIELDS).headers();
  }

  @Test
  void whileOnlyObservingJustOurOwnFieldsGo() {
    for (Config config : List.of(Config.OBSERVE_ONLY, Settings.shadow(Map.of()))) {
      assertThat(sent(config, OPENAI).toMap()).containsOnlyKeys("CF-AIG-Metadata", "Authorization");
    }
  }

  @Test
  void cloudflaresFieldsAreTakenForOursWhereCloudflareDoesNotSeeThem() {
    Config config = Settings.enforce(Map.of());
    assertThat(sent(config, OPENAI).toMap()).containsOnlyKeys("Authorization");
    for (String url :
        List.of(
            "https://gateway.ai.cloudflare.com/v1/a/g/openai/chat/completions",
            "https://api.cloudflare.com/client/v4/accounts/a/ai/v1/chat/completions")) {
      assertThat(sent(config, url).toMap())
          .as(url)
          .containsOnlyKeys("CF-AIG-Metadata", "Authorization");
    }
  }

  @Test
  void whatIsAskedOfTheCacheStaysWithUs() {
    String[] fields = {
      "x-headgate-cache", "on",
      "X-Headgate-Cache-TTL", "60",
      "x-headgate-cache-key", "k",
      "cf-aig-skip-cache", "false",
      "cf-aig-cache-ttl", "60",
      "cf-aig-cache-key", "k",
      "Authorization", "Bearer app"
    };
    Headers sent = SentRequest.of(Settings.enforce(Map.of()), OPENAI, fields).headers();
    assertThat(sent.toMap()).containsOnlyKeys("Authorization");
    Headers observed = SentRequest.of(Config.OBSERVE_ONLY, OPENAI, fields).headers();
    assertThat(observed.toMap())
        .containsOnlyKeys(
            "cf-aig-skip-cache", "cf-aig-cache-ttl", "cf-aig-cache-key", "Authorization");
  }

  @Test
  void aCallThatAsksToBeLeftAloneLosesOurFieldsAndNothingElse() {
    Config config = Settings.enforce(Map.of("openai", Settings.baseAndKey("http://proxy/v1", "k")));
    Interceptor bypass =
        chain -> {
          chain
              .exchange()
              .options(new CallOptions(true, null, 0, 0, -1, null, Map.of(), Map.of(), true));
          return chain.proceed(chain.request());
        };
    GatewayRequest request = SentRequest.request(OPENAI, FIELDS);
    GatewayRequest sent = SentRequest.of(config, List.of(bypass), request);
    assertThat(sent.uri()).isSameAs(request.uri());
    assertThat(sent.body()).isSameAs(request.body());
    assertThat(sent.headers().toMap()).containsOnlyKeys("CF-AIG-Metadata", "Authorization");
    assertThat(sent.headers().first("Authorization")).isEqualTo("Bearer app");
  }
}
