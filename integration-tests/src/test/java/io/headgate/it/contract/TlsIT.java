// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ClassPaths;
import io.headgate.it.ForkedJvm;
import io.headgate.it.MavenJars;
import io.headgate.it.contract.ClientVersions.Version;
import io.headgate.it.contract.TlsServer.Seen;
import io.headgate.standin.OtlpSink;
import io.headgate.standin.SpanRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls go through the app's own client, with its own idea of whom to trust and who it is, and over
 * the protocol it agrees on. No other client of that JVM can talk to the host at all.
 */
class TlsIT {

  private static final String RIGHT = "localhost";
  private static final String WRONG = "127.0.0.1";

  /** Calls that get an answer, of those that each client makes. */
  private static final List<String> GOOD =
      List.of("call", "gzip", "stream", "stream gzip", "any name");

  private static final List<String> BAD =
      List.of("wrong name", "not trusted", "stream not trusted");

  /** Clients, and what they agree on. */
  private static final Map<String, String> PROTOCOLS =
      Map.of(
          "jdk", "HTTP/2.0",
          "jdk-async", "HTTP/2.0",
          "okhttp", "HTTP/2.0",
          "urlconnection", "HTTP/1.1",
          "apache4", "HTTP/1.1",
          "apache5", "HTTP/1.1",
          "apache5-async", "HTTP/2.0",
          "webclient", "HTTP/2.0");

  @TempDir static Path dir;

  private static TlsServer server;
  private static String classPath;
  private static Run plain;

  /** What the app printed, what the host got, and the spans. */
  private record Run(Map<String, String> said, List<Seen> seen, List<SpanRecord> spans) {}

  @BeforeAll
  static void withoutTheAgent() {
    server = new TlsServer(dir);
    classPath = newest("okhttp", "apache4", "apache5", "spring");
    plain = run(jvm(), server.url(RIGHT), server.url(WRONG));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theHostIsMetByItsOwnClientsOnly() {
    PROTOCOLS.forEach(
        (client, protocol) -> {
          for (String call : GOOD) {
            assertThat(plain.said)
                .hasEntrySatisfying(
                    client + ": " + call,
                    said -> assertThat(said).startsWith("200 ").contains(" as CN=localhost"));
          }
          for (String call : BAD) {
            assertThat(plain.said.get(client + ": " + call))
                .as(client + ": " + call)
                .contains("javax.net.ssl.SSL");
          }
          assertThat(plain.seen.stream().filter(seen -> seen.call().startsWith(client + ": ")))
              .hasSize(GOOD.size())
              .allMatch(seen -> seen.protocol().equals(protocol));
        });
    assertThat(plain.seen).hasSize(PROTOCOLS.size() * GOOD.size());
  }

  @Test
  void anObservedCallKeepsItsTls() throws IOException {
    assertSame(
        observed(
            """
            mode: observe
            providers:
              own: {dialect: openai, hosts: [localhost, 127.0.0.1]}
            """,
            server.url(RIGHT),
            server.url(WRONG)));
  }

  @Test
  void aRedirectedCallTakesItsTlsAlong() throws IOException {
    assertSame(redirected(""));
  }

  @Test
  void attemptsAreMadeWithTheTlsOfTheApp() throws IOException {
    assertSame(redirected("retry: {max-attempts: 2, delay: 1ms}"));
  }

  private static Run redirected(String more) throws IOException {
    return observed(
        """
        providers:
          openai: {base-url: "%s"}
          groq: {base-url: "%s"}
        %s
        """
            .formatted(server.url(RIGHT), server.url(WRONG), more),
        "https://api.openai.com/v1",
        "https://api.groq.com/openai/v1");
  }

  private static Run observed(String yaml, String right, String wrong) throws IOException {
    Path config = Files.writeString(Files.createTempFile(dir, "headgate", ".yaml"), yaml);
    try (OtlpSink sink = OtlpSink.start()) {
      Run run = run(jvm().agent("config=" + config).exportingTo(sink.endpoint()), right, wrong);
      // A logical span for each call, and one below it at the least.
      sink.awaitSpans(2 * run.said.size(), Duration.ofSeconds(5));
      return new Run(run.said, run.seen, sink.spans());
    }
  }

  private static void assertSame(Run run) {
    assertThat(run.said.keySet()).isEqualTo(plain.said.keySet());
    SoftAssertions.assertSoftly(
        all ->
            plain.said.forEach(
                (call, said) -> all.assertThat(run.said.get(call)).as(call).isEqualTo(said)));
    assertThat(run.seen).isEqualTo(plain.seen);
    assertThat(versions(run.spans)).isEqualTo(versions());
  }

  /** Of HTTP, call by call, for each client as the host saw it. */
  private static Map<String, List<String>> versions() {
    return plain.seen.stream()
        .filter(seen -> !seen.call().startsWith("webclient")) // Spring does not tell.
        .collect(
            Collectors.groupingBy(
                seen -> seen.call().split(":")[0],
                TreeMap::new,
                Collectors.mapping(
                    seen -> seen.protocol().equals("HTTP/2.0") ? "2" : "1.1",
                    Collectors.toList())));
  }

  /** What our spans say of it. */
  private static Map<String, List<String>> versions(List<SpanRecord> spans) {
    Map<String, List<String>> versions = new TreeMap<>();
    for (SpanRecord call : spans) {
      String model = call.text("gen_ai.request.model");
      for (SpanRecord attempt : spans) {
        String version = attempt.text("network.protocol.version");
        if (model != null && version != null && attempt.isChildOf(call)) {
          versions.computeIfAbsent(model, name -> new ArrayList<>()).add(version);
        }
      }
    }
    return versions;
  }

  private static ForkedJvm jvm() {
    return ForkedJvm.java().classPath(classPath).nativeLibraries();
  }

  private static Run run(ForkedJvm jvm, String right, String wrong) {
    ForkedJvm.Result result =
        jvm.main(TlsProbe.class, server.store().toString(), right, wrong).run().orThrow();
    // No logger is on the class path, which slf4j-api regrets.
    assertThat(result.err().lines().filter(line -> !line.startsWith("SLF4J"))).isEmpty();
    return new Run(ClientContractIT.cases(result.out()), server.seen(), List.of());
  }

  /** The newest version of each of these, as the contract runs it. */
  private static String newest(String... libraries) {
    ClientVersions versions = ClientVersions.read();
    Set<Path> jars = new LinkedHashSet<>();
    for (String library : libraries) {
      List<Version> all =
          versions.all().stream().filter(one -> one.library().equals(library)).toList();
      Version newest = all.get(all.size() - 1);
      jars.addAll(MavenJars.of(newest.name(), newest.coordinates(), versions.exclude()));
    }
    return ClassPaths.withJars(List.copyOf(jars));
  }
}
