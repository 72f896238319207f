// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.coexist;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ClassPaths;
import io.headgate.it.ForkedJvm;
import io.headgate.it.Ports;
import io.headgate.it.contract.ContractProbe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an app and its server see beside another agent does not depend on ours, whichever comes
 * first: also that the other agent's headers are on each request, as without us.
 */
class ContractWithOtherAgentsIT {

  private static final String CLIENTS =
      "JdkSendClient,JdkAsyncClient,UrlConnectionClient,OkHttpExecuteClient,OkHttpEnqueueClient,OkHttpSseClient";

  /** Another value with each request. */
  private static final Pattern TRACE =
      Pattern.compile("(traceparent|tracestate|x-datadog-[a-z-]+)=[^ }]+");

  @TempDir Path dir;

  @ParameterizedTest
  @EnumSource
  void callsAreAsWithTheOtherAgentAlone(OtherAgent other) throws Exception {
    int port = Ports.free();
    Path redirect =
        Files.writeString(
            dir.resolve("redirect.yaml"),
            "providers:\n  openai: {base-url: \"http://127.0.0.1:" + port + "/v1\"}\n");
    ForkedJvm second =
        other
            .in(jvm(other))
            .agent("config=" + redirect)
            .property("probe.port", port)
            .property("probe.acting", true);
    Path observe =
        Files.writeString(
            dir.resolve("observe.yaml"),
            "mode: observe\nproviders:\n  own: {dialect: openai, hosts: [127.0.0.1]}\n");
    ForkedJvm first = other.in(jvm(other).agent("config=" + observe));

    Map<String, String> alone = run(other, other.in(jvm(other)), "-");

    assertThat(alone).hasSizeGreaterThan(70);
    assertSame(run(other, second, "https://api.openai.com"), alone);
    assertSame(run(other, first, "-"), alone);
  }

  private static void assertSame(Map<String, String> with, Map<String, String> without) {
    assertThat(with.keySet()).isEqualTo(without.keySet());
    without.forEach((name, said) -> assertThat(with.get(name)).as(name).isEqualTo(said));
  }

  private static ForkedJvm jvm(OtherAgent other) {
    return other.alone(ForkedJvm.java().classPath(ClassPaths.withSdks()));
  }

  private static Map<String, String> run(OtherAgent other, ForkedJvm jvm, String url) {
    ForkedJvm.Result result = jvm.main(ContractProbe.class, CLIENTS, url, "few").run().orThrow();
    assertThat(other.others(result.err())).isEmpty();
    return result
        .out()
        .lines()
        .filter(line -> line.startsWith("CASE "))
        .map(line -> line.split("\t", 2))
        .collect(
            Collectors.toMap(
                line -> line[0],
                line -> TRACE.matcher(line[1]).replaceAll("$1=…"),
                (one, more) -> one + "\n" + more,
                TreeMap::new));
  }
}
