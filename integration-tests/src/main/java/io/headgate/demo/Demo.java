// SPDX-License-Identifier: Apache-2.0
package io.headgate.demo;

import io.headgate.standin.OtlpSink;
import io.headgate.standin.SpanRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@link DemoApp} in a JVM of its own with the agent, and shows what the agent exported about
 * it. Nothing in the table comes from the app: only spans that arrived over OTLP are drawn.
 */
public final class Demo {

  private static final String DEFAULT_AGENT = "agent/target/headgate-agent.jar";
  private static final Duration LAST_SPANS = Duration.ofSeconds(5);
  private static final int MINUTES = 3;

  private final Map<String, String> env;
  private final PrintStream out;
  private final boolean unicode;

  Demo(Map<String, String> env, PrintStream out, boolean unicode) {
    this.env = env;
    this.out = out;
    this.unicode = unicode;
  }

  /** Ends with 0 if the app did its work and its calls were seen. */
  public static void main(String[] args) throws IOException, InterruptedException {
    boolean unicode = Charset.defaultCharset().newEncoder().canEncode('→') && utf8Terminal();
    Charset charset = unicode ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
    PrintStream out = new PrintStream(System.out, true, charset);
    Path agent = Path.of(System.getProperty("headgate.agent.jar", DEFAULT_AGENT));
    System.exit(new Demo(System.getenv(), out, unicode).run(agent.toAbsolutePath().normalize()));
  }

  private static boolean utf8Terminal() {
    return System.getProperty("native.encoding", "").equalsIgnoreCase("UTF-8");
  }

  int run(Path agent) throws IOException, InterruptedException {
    if (!Files.isRegularFile(agent)) {
      out.println("demo: there is no agent at " + agent);
      out.println("demo: build it first (mvn -q -DskipTests package), or name it with");
      out.println("demo: -Dheadgate.agent.jar=/path/to/headgate-agent.jar");
      return 2;
    }
    Collector collector = Collector.find(env);
    try (DemoHosts hosts = DemoHosts.choose(env);
        OtlpSink sink = OtlpSink.start(collector.listening() ? collector.uri() : null)) {
      out.println();
      out.println("An unmodified app (openai-java, anthropic-java, default URLs), started with");
      out.println("  java -javaagent:" + agent.getFileName() + " io.headgate.demo.DemoApp");
      hosts.description().forEach(out::println);
      out.println();
      int exit = runApp(agent, hosts, sink);
      List<SpanRecord> spans = sink.awaitSpans(1, LAST_SPANS);
      return report(exit, spans, collector, sink.forwarded());
    }
  }

  private int runApp(Path agent, DemoHosts hosts, OtlpSink sink)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-javaagent:" + agent);
    Path config = hosts.config();
    if (config != null) {
      command.add("-Dheadgate.config=" + config);
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("io.headgate.demo.DemoApp");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    telemetry(builder.environment(), sink.endpoint());
    Process app = builder.start();
    app.getOutputStream().close();
    relay(app);
    if (!app.waitFor(MINUTES, TimeUnit.MINUTES)) {
      app.destroyForcibly();
      return -1;
    }
    return app.exitValue();
  }

  /** The app's telemetry comes here, whatever the shell says; headers for a collector stay. */
  private static void telemetry(Map<String, String> child, String endpoint) {
    child
        .keySet()
        .removeIf(key -> key.startsWith("OTEL_") && !key.equals("OTEL_EXPORTER_OTLP_HEADERS"));
    child.remove("HEADGATE_CONFIG");
    child.put("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
    child.put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
    child.put("OTEL_BSP_SCHEDULE_DELAY", "100");
    child.put("OTEL_SERVICE_NAME", "support-desk");
  }

  private void relay(Process app) throws IOException {
    String bar = unicode ? "  │ " : "  | ";
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(app.getInputStream(), Charset.defaultCharset()))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.println(bar + line);
      }
    }
  }

  /** Draws what was seen and says where to see more; the process's exit code comes back. */
  int report(int exit, List<SpanRecord> spans, Collector collector, int forwarded) {
    List<CallRow> calls = CallRow.of(spans);
    out.println();
    if (calls.isEmpty()) {
      out.println("demo: the agent exported no call; the app ended with " + exit);
      return exit == 0 ? 3 : 1;
    }
    out.println("What the agent exported, " + spans.size() + " spans:");
    out.println();
    new CallTable(unicode).draw(calls).forEach(out::println);
    out.println();
    traces(collector, forwarded);
    out.println();
    if (exit != 0) {
      out.println("demo: the app failed and ended with " + exit);
      return 1;
    }
    return 0;
  }

  private void traces(Collector collector, int forwarded) {
    if (forwarded > 0 && isLocal(collector)) {
      out.println("The traces are in the collector at " + collector.uri() + " too.");
      out.println("If it is Jaeger: http://localhost:16686, service support-desk.");
    } else if (forwarded > 0) {
      out.println("The traces are at " + collector.uri() + " too, service support-desk.");
    } else {
      out.println("To see the traces in Jaeger, start it, run this again, and open");
      out.println("http://localhost:16686:");
      out.println("  docker run --rm -p 16686:16686 -p 4318:4318 jaegertracing/jaeger:latest");
      if (collector.listening()) {
        out.println("(Something listens at " + collector.uri() + " but took no traces.)");
      }
    }
  }

  private static boolean isLocal(Collector collector) {
    String host = Objects.requireNonNullElse(collector.uri().getHost(), "");
    return host.equals("localhost") || host.equals("127.0.0.1");
  }
}
