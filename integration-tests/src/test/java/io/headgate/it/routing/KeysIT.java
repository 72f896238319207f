// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.headgate.it.ClassPaths;
import io.headgate.it.ForkedJvm;
import io.headgate.it.Ports;
import io.headgate.standin.Recorded;
import io.headgate.standin.StandIn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which credential a call goes with, and by what way. */
class KeysIT {

  private static final String CALL = "openai:gpt-4o";

  @TempDir Path dir;
  private StandIn hosts;

  @BeforeEach
  void start() throws Exception {
    hosts = StandIn.start();
  }

  @AfterEach
  void stop() {
    hosts.close();
  }

  @Test
  void keyThatIsRefusedIsNotUsedAgain() throws Exception {
    // The stand-in refuses the key "invalid" with 401.
    RoutingRun run =
        RoutingRun.of(
            jvm(CALL, "openai:gpt-5").env("KEY_A", "invalid").env("KEY_B", "sk-b"),
            dir,
            """
            providers:
              openai:
                base-url: "%s"
                keys:
                  - {alias: a, value: "${KEY_A}", weight: 1000000}
                  - {alias: b, value: "${KEY_B}", weight: 1}
            """
                .formatted(hosts.url("/v1")));

    assertThat(run.said().values()).containsExactly("gpt-4o-2024-08-06", "gpt-5-2025-08-07");
    assertThat(hosts.requests().stream().map(request -> request.header("authorization")))
        .containsExactly("Bearer invalid", "Bearer sk-b", "Bearer sk-b");
  }

  @Test
  void keyThatIsLimitedRests() throws Exception {
    hosts.next("status=429;retry-after=60");
    RoutingRun run =
        RoutingRun.of(
            jvm(CALL, "openai:gpt-5").env("KEY_A", "sk-a").env("KEY_B", "sk-b"),
            dir,
            """
            providers:
              openai:
                base-url: "%s"
                keys:
                  - {alias: a, value: "${KEY_A}", weight: 1000000}
                  - {alias: b, value: "${KEY_B}", weight: 1}
            """
                .formatted(hosts.url("/v1")));

    assertThat(run.said().values()).containsExactly("gpt-4o-2024-08-06", "gpt-5-2025-08-07");
    assertThat(hosts.requests().stream().map(request -> request.header("authorization")))
        .containsExactly("Bearer sk-a", "Bearer sk-b", "Bearer sk-b");
  }

  @Test
  void cloudflareIsCalledWithItsTokenBesideTheKeyOfTheProvider() throws Exception {
    try (StandIn gateway = StandIn.start()) {
      RoutingRun run = viaCloudflare(gateway.url("/cf/v1"), CALL, "anthropic:claude-sonnet-4-5");

      assertThat(run.said().values())
          .containsExactly("gpt-4o-2024-08-06", "claude-sonnet-4-5-20250929");
      assertThat(hosts.requests()).isEmpty();
      List<Recorded> seen = gateway.requests();
      assertThat(seen.stream().map(Recorded::target))
          .containsExactly(
              "/cf/v1/acc0unt/prod/openai/chat/completions",
              "/cf/v1/acc0unt/prod/anthropic/v1/messages");
      assertThat(seen)
          .allMatch(request -> "Bearer cf-token".equals(request.header("cf-aig-authorization")));
      assertThat(seen.get(0).header("authorization")).isEqualTo("Bearer sk-openai");
      assertThat(seen.get(1).header("authorization")).isEqualTo("Bearer sk-app");
    }
  }

  @Test
  void providerIsCalledDirectlyIfCloudflareIsDown() throws Exception {
    RoutingRun run = viaCloudflare("http://127.0.0.1:" + Ports.free() + "/cf/v1", CALL);

    assertThat(run.said().values()).containsExactly("gpt-4o-2024-08-06");
    assertThat(hosts.requests()).hasSize(1);
    Recorded request = hosts.lastRequest();
    assertThat(request.target()).isEqualTo("/v1/chat/completions");
    assertThat(request.header("authorization")).isEqualTo("Bearer sk-openai");
    assertThat(request.headers().keySet()).noneMatch(name -> name.startsWith("cf-aig-"));
  }

  @Test
  void providerIsCalledDirectlyIfCloudflareSaysThatItIsDown() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HttpServer edge =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    edge.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("cf-ray", "8f1e2d3c4b5a6978-FRA");
          exchange.sendResponseHeaders(522, -1);
          exchange.close();
        });
    edge.start();
    try {
      RoutingRun run =
          viaCloudflare("http://127.0.0.1:" + edge.getAddress().getPort() + "/cf/v1", CALL);

      assertThat(run.said().values()).containsExactly("gpt-4o-2024-08-06");
      assertThat(asked).hasValue(1);
      assertThat(hosts.requests()).hasSize(1);
    } finally {
      edge.stop(0);
    }
  }

  @Test
  void answerOfTheProviderThatCameByCloudflareIsTheAnswer() throws Exception {
    try (StandIn gateway = StandIn.start(0, "status=503;header=cf-ray:8f1e2d3c4b5a6978-FRA")) {
      RoutingRun run = viaCloudflare(gateway.url("/cf/v1"), CALL);

      assertThat(run.said().get(CALL)).startsWith("InternalServerException 503");
      assertThat(hosts.requests()).isEmpty();
    }
  }

  private RoutingRun viaCloudflare(String gateway, String... calls) throws IOException {
    return RoutingRun.of(
        jvm(calls).env("CF_TOKEN", "cf-token").env("OPENAI_KEY", "sk-openai"),
        dir,
        """
        providers:
          cloudflare: {base-url: "%s", account: acc0unt, gateway: prod, token: "${CF_TOKEN}"}
          openai: {base-url: "%s", api-key: "${OPENAI_KEY}", via: cloudflare}
          anthropic: {via: cloudflare}
        """
            .formatted(gateway, hosts.url("/v1")));
  }

  private static ForkedJvm jvm(String... calls) {
    return ForkedJvm.java()
        .classPath(ClassPaths.withSdks("com/openai/", "com/anthropic/", "io/opentelemetry/"))
        .main(SdksProbe.class, calls);
  }
}
