// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ForkedJvm;
import io.headgate.standin.OtlpSink;
import io.headgate.standin.Recorded;
import io.headgate.standin.SpanRecord;
import io.headgate.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run of an app with the agent.
 *
 * @param said the app's own words, by call, in order
 * @param logical the calls' spans, in their order
 * @param spans all spans
 * @param requests what the hosts got
 * @param err what was written to stderr
 */
record TranslateRun(
    Map<String, String> said,
    List<SpanRecord> logical,
    List<SpanRecord> spans,
    List<Recorded> requests,
    String err) {

  /** The app asks for the model that stands for the target's; its own provider knows no model. */
  static TranslateRun of(Caller caller, Target target) throws IOException {
    try (StandIn hosts = StandIn.start();
        StandIn home = StandIn.start(0, "status=404")) {
      String yaml =
          """
          providers:
            %s: {base-url: "%s"}
          %smodels:
            "%s": "%s/%s"
          retry: {max-attempts: 1}
          breaker: {min-calls: 1000}
          """
              .formatted(
                  caller.provider,
                  home.url("/home"),
                  target.yaml(hosts),
                  caller.model,
                  target.provider,
                  target.model);
      ForkedJvm jvm = ForkedJvm.java().classPath(caller.classPath()).main(caller.app, caller.model);
      return of(jvm, yaml, hosts, home);
    }
  }

  /** Runs an app; its spans are waited for as long as requests tell of more. */
  static TranslateRun of(ForkedJvm jvm, String yaml, StandIn... hosts) throws IOException {
    Path config = Files.createTempFile("headgate-it", ".yaml");
    try (OtlpSink sink = OtlpSink.start()) {
      Files.writeString(config, yaml);
      ForkedJvm.Result result =
          jvm.agent("config=" + config)
              .env("IT_TARGET_KEY", Target.KEY)
              .exportingTo(sink.endpoint())
              .run()
              .orThrow();
      assertThat(result.err()).doesNotContain("Exception", Words.KEY, Target.KEY);
      Map<String, String> said = said(result.out());
      List<Recorded> requests =
          List.of(hosts).stream().flatMap(host -> host.requests().stream()).toList();
      // The exit waits for the last export: what is not here a moment later never comes.
      sink.awaitSpans(said.size() + requests.size(), Duration.ofSeconds(5));
      List<SpanRecord> spans = sink.spans();
      List<SpanRecord> logical =
          spans.stream()
              .filter(span -> span.attributes().containsKey("gen_ai.operation.name"))
              .sorted(Comparator.comparingLong(SpanRecord::startNanos))
              .toList();
      return new TranslateRun(said, logical, spans, requests, result.err());
    } finally {
      Files.delete(config);
    }
  }

  private static Map<String, String> said(String out) {
    Map<String, String> said = new LinkedHashMap<>();
    out.lines()
        .filter(line -> line.startsWith("CALL "))
        .forEach(
            line -> {
              int tab = line.indexOf('\t');
              said.put(line.substring(5, tab), line.substring(tab + 1));
            });
    return said;
  }

  long attempts(SpanRecord call) {
    return spans.stream().filter(span -> span.isChildOf(call)).count();
  }
}
