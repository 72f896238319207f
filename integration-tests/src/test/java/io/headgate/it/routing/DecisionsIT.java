// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ClassPaths;
import io.headgate.it.ForkedJvm;
import io.headgate.standin.Recorded;
import io.headgate.standin.StandIn;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes that refuse, routes that are asked for by name, and a mode in which none is taken. */
class DecisionsIT {

  private static final String ROUTES =
      """
      routes:
        - name: forbidden
          match: {model: ["gpt-4o", "claude-opus-4-1"]}
          deny: upgrade your plan
        - name: teapot
          match: {model: gpt-5}
          deny: no tea
          status: 418
        - name: support
          match: {when: 'false'}
          use: openai/gpt-4o-mini
        - name: writing
          match: {when: 'false'}
          use: anthropic/claude-haiku-4-5
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
  void deniedCallRaisesTheExceptionOfTheSdkOnceAndLeavesNothing() throws Exception {
    Map<String, String> said =
        run("openai:gpt-4o", "anthropic:claude-opus-4-1", "openai:gpt-5").said();

    assertThat(said.get("openai:gpt-4o"))
        .startsWith("PermissionDeniedException 403 permission_error denied ")
        .contains("upgrade your plan");
    assertThat(said.get("anthropic:claude-opus-4-1"))
        .startsWith("PermissionDeniedException 403 ")
        .contains("type=permission_error", "upgrade your plan");
    assertThat(said.get("openai:gpt-5")).contains(" 418 ", "no tea");
    assertThat(hosts.requests()).isEmpty();
  }

  @Test
  void routesAreAskedForByTheNameOfTheModel() throws Exception {
    Map<String, String> said =
        run(
                "openai:route/support",
                "openai:dynamic/support",
                "anthropic:route/writing",
                "anthropic:dynamic/writing")
            .said();

    // An answer names what was asked for.
    assertThat(said).allSatisfy((call, model) -> assertThat(call).endsWith(":" + model));
    assertThat(hosts.requests().stream().map(request -> request.json().path("model").asText()))
        .containsExactly("gpt-4o-mini", "gpt-4o-mini", "claude-haiku-4-5", "claude-haiku-4-5");
  }

  @Test
  void inShadowModeTheHostGetsWhatTheAppSent() throws Exception {
    String[] calls = {"openai:gpt-4o", "openai:gpt-5", "openai:small", "anthropic:claude-opus-4-1"};
    String near =
        """
        mode: shadow
        providers:
          openai: {base-url: "%s", headers: {x-team: search}}
        models: {small: openai/gpt-4o-mini}
        """
            .formatted(hosts.url("/elsewhere/v1"));
    RoutingRun shadowed = RoutingRun.of(observing(calls), dir, near + ROUTES);
    List<Recorded> seen = hosts.requests();
    hosts.clear();
    RoutingRun plain = RoutingRun.plain(observing(calls));

    assertThat(shadowed.said()).isEqualTo(plain.said());
    assertThat(seen).hasSize(calls.length);
    for (int i = 0; i < seen.size(); i++) {
      Recorded expected = hosts.requests().get(i);
      assertThat(seen.get(i).target()).isEqualTo(expected.target());
      assertThat(seen.get(i).text()).isEqualTo(expected.text());
      assertThat(seen.get(i).headers().keySet())
          .containsAll(expected.headers().keySet())
          .doesNotContain("x-team");
    }
  }

  /** A JVM whose SDKs call the stand-in themselves; a variable tells the agent whose host it is. */
  private ForkedJvm observing(String... calls) {
    return jvm(calls)
        .env("OPENAI_BASE_URL", hosts.url("/v1"))
        .env("ANTHROPIC_BASE_URL", hosts.url(""));
  }

  private RoutingRun run(String... calls) throws Exception {
    return RoutingRun.of(jvm(calls), dir, RoutingRun.providers(hosts, "") + ROUTES);
  }

  private static ForkedJvm jvm(String... calls) {
    return ForkedJvm.java()
        .classPath(ClassPaths.withSdks("com/openai/", "com/anthropic/", "io/opentelemetry/"))
        .main(SdksProbe.class, calls);
  }
}
