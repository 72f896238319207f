// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ClassPaths;
import io.headgate.it.ForkedJvm;
import io.headgate.standin.Recorded;
import io.headgate.standin.StandIn;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What apps say to us and hear from us in header fields, and that hosts hear none of it. */
class HeadersIT {

  private static final int CALLS = 2 * AppClient.values().length + 2;

  private static final String ROUTES =
      """
      metadata: {plan: value:free}
      models: {small: openai/gpt-4o-mini}
      routes:
        - name: gold
          match: {when: 'metadata.plan == "gold"'}
          use: openai/gpt-4o
        - name: other
          match: {model: none}
          use: openai/gpt-5
      """;

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
  void answersOfEveryClientTellHowTheyCameAbout() throws Exception {
    RoutingRun run = run();

    assertThat(run.said()).hasSize(CALLS);
    run.said()
        .forEach(
            (call, said) ->
                assertThat(said)
                    .as(call)
                    .isEqualTo(
                        "200 attempts=1 id model=gpt-4o provider=openai reason=primary route=gold"
                            + " step=0"));
    assertThat(models()).hasSize(CALLS).containsOnly("gpt-4o");
    assertNothingIsAddressedToUs();
  }

  @Test
  void headerTakesTheRouteWhateverItsMatchSays() throws Exception {
    RoutingRun run = run("x-headgate-route=other");

    assertThat(run.said()).hasSize(CALLS);
    assertThat(run.said().values()).allMatch(said -> said.contains(" model=gpt-5 "));
    assertThat(models()).hasSize(CALLS).containsOnly("gpt-5");
    assertNothingIsAddressedToUs();
  }

  @Test
  void bypassedCallGoesAsTheAppSentIt() throws Exception {
    assertUntouched(near("", hosts.url("/elsewhere/v1"), "x-headgate-bypass=true"));
  }

  @Test
  void observedCallGoesAsTheAppSentIt() throws Exception {
    assertUntouched(near("mode: observe\n", hosts.url("/elsewhere/v1")));
  }

  /** Runs the app with a host of its own, which the configuration moves. */
  private RoutingRun near(String mode, String baseUrl, String... headers) throws Exception {
    return RoutingRun.of(
        jvm(headers).property("it.base-url", "http://localhost:" + hosts.port() + "/v1"),
        dir,
        mode
            + """
            providers:
              openai: {base-url: "%s"}
              near: {dialect: openai, hosts: ["localhost:%d"], base-url: "%s"}
            """
                .formatted(baseUrl, hosts.port(), baseUrl)
            + ROUTES);
  }

  private void assertUntouched(RoutingRun run) {
    assertThat(run.said()).hasSize(CALLS);
    assertThat(run.said().values()).containsOnly("200");
    assertThat(models()).hasSize(CALLS).containsOnly("small");
    assertThat(hosts.requests())
        .allSatisfy(
            request -> {
              assertThat(request.target()).isEqualTo("/v1/chat/completions");
              assertThat(request.headers().keySet()).noneMatch(HeadersIT::own);
            });
  }

  private RoutingRun run(String... headers) throws Exception {
    return RoutingRun.of(jvm(headers), dir, RoutingRun.providers(hosts, "") + ROUTES);
  }

  private static ForkedJvm jvm(String... headers) {
    return ForkedJvm.java()
        .classPath(ClassPaths.withSdks("com/openai/", "io/opentelemetry/"))
        .main(HeadersProbe.class, headers);
  }

  private List<String> models() {
    return hosts.requests().stream().map(request -> request.json().path("model").asText()).toList();
  }

  private void assertNothingIsAddressedToUs() {
    for (Recorded request : hosts.requests()) {
      assertThat(request.headers().keySet())
          .noneMatch(HeadersIT::own)
          .noneMatch(name -> name.startsWith("cf-aig-"));
    }
  }

  private static boolean own(String name) {
    return name.startsWith("x-headgate-");
  }
}
