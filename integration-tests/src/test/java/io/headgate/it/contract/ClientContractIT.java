// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ClassPaths;
import io.headgate.it.ForkedJvm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What an app and its server see must not depend on the agent, whatever the client. */
class ClientContractIT {

  private static final String OKHTTP = "okhttp-execute,okhttp-enqueue,okhttp-sse";

  @TempDir static Path dir;

  @TestFactory
  Stream<DynamicTest> jdkClients() throws IOException {
    return compare("jdk-send,jdk-async,urlconnection", ClassPaths.withSdks(), 150);
  }

  @TestFactory
  Stream<DynamicTest> okHttp3() throws IOException {
    return compare(OKHTTP, ClassPaths.withClients("okhttp-3"), 110);
  }

  @TestFactory
  Stream<DynamicTest> okHttp4() throws IOException {
    return compare(OKHTTP, ClassPaths.withSdks(), 110);
  }

  @TestFactory
  Stream<DynamicTest> okHttp5() throws IOException {
    return compare(OKHTTP, ClassPaths.withClients("okhttp-5"), 110);
  }

  /** Runs without the agent, observed, and redirected from OpenAI's host to the same server. */
  private static Stream<DynamicTest> compare(String clients, String classPath, int least)
      throws IOException {
    Map<String, String> plain = run(ForkedJvm.java().classPath(classPath), clients, "-");
    Map<String, String> observed =
        run(
            ForkedJvm.java().classPath(classPath).agent().property("headgate.config", observing()),
            clients,
            "-");
    int port = freePort();
    Map<String, String> redirected =
        run(
            ForkedJvm.java()
                .classPath(classPath)
                .agent()
                .property("headgate.config", redirecting(port))
                .property("probe.port", port)
                .property("probe.acting", true),
            clients,
            "https://api.openai.com");
    assertThat(plain).hasSizeGreaterThan(least);
    return Stream.concat(same("observed", observed, plain), same("redirected", redirected, plain));
  }

  private static Stream<DynamicTest> same(
      String how, Map<String, String> with, Map<String, String> without) {
    assertThat(with.keySet()).as(how).isEqualTo(without.keySet());
    return without.keySet().stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    how + " " + name,
                    () -> assertThat(with.get(name)).isEqualTo(without.get(name))));
  }

  private static Path observing() throws IOException {
    return Files.writeString(
        dir.resolve("observe.yaml"),
        "mode: observe\nproviders:\n  own: {dialect: openai, hosts: [127.0.0.1]}\n");
  }

  private static Path redirecting(int port) throws IOException {
    return Files.writeString(
        dir.resolve("redirect-" + port + ".yaml"),
        "providers:\n  openai: {base-url: \"http://127.0.0.1:" + port + "/v1\"}\n");
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Map<String, String> run(ForkedJvm jvm, String clients, String url) {
    ForkedJvm.Result result = jvm.main(ContractProbe.class, clients, url).run().orThrow();
    assertThat(result.err()).as("stderr").isEmpty();
    return cases(result.out());
  }

  static Map<String, String> cases(String out) {
    Map<String, String> cases = new LinkedHashMap<>();
    out.lines()
        .filter(line -> line.startsWith("CASE "))
        .forEach(
            line -> {
              int tab = line.indexOf('\t');
              cases.merge(line.substring(5, tab), line.substring(tab + 1), (a, b) -> a + "\n" + b);
            });
    return cases;
  }
}
