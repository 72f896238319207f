// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An application in a JVM of its own. It is started through {@code bash}, whose {@code time} tells
 * the processor time of a finished process to the millisecond, where Java has the kernel's ticks of
 * 10 ms only.
 */
final class ForkedApp implements AutoCloseable {

  private static final long MOST_SECONDS = 180;

  private final Process process;
  private final BufferedReader output;
  private final Path errors;

  private ForkedApp(Process process, Path errors) {
    this.process = process;
    this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    this.errors = errors;
  }

  /** Starts a main class without any agent. */
  static ForkedApp plain(Setup setup, String main) throws IOException {
    return start(setup, List.of(), Map.of(), main, List.of());
  }

  /** Starts a main class with an agent that exports to the peer. */
  static ForkedApp withAgent(
      Setup setup, Peer peer, List<String> options, String main, List<String> arguments)
      throws IOException {
    Map<String, String> environment =
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            peer.collector(),
            "OTEL_EXPORTER_OTLP_PROTOCOL",
            "http/protobuf",
            "OTEL_SERVICE_NAME",
            "bench");
    return start(setup, options, environment, main, arguments);
  }

  private static ForkedApp start(
      Setup setup,
      List<String> options,
      Map<String, String> environment,
      String main,
      List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add("bash");
    command.add("-c");
    command.add("TIMEFORMAT='CPU %3U %3S'; time \"$0\" \"$@\"");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(setup.classPath());
    command.add(main);
    command.addAll(arguments);
    Path errors = Files.createTempFile(setup.scratch(), "stderr", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(setup.scratch().toFile())
            .redirectError(toFile(errors));
    Map<String, String> child = builder.environment();
    child
        .keySet()
        .removeIf(
            name ->
                name.startsWith("OTEL_")
                    || name.startsWith("HEADGATE_")
                    || name.startsWith("DD_")
                    || name.equals("JAVA_TOOL_OPTIONS"));
    child.put("LC_ALL", "C");
    child.putAll(environment);
    return new ForkedApp(builder.start(), errors);
  }

  private static File toFile(Path path) {
    return path.toFile();
  }

  /** The next line the application prints. */
  String line() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("the application ended: " + Files.readString(errors));
    }
    return line;
  }

  /** The rest of the next line that starts with this word; others are an agent's chatter. */
  String line(String word) throws IOException {
    String line = line();
    while (!line.startsWith(word + " ")) {
      line = line();
    }
    return line.substring(word.length() + 1);
  }

  void send(String command) throws IOException {
    OutputStream in = process.getOutputStream();
    in.write((command + "\n").getBytes(UTF_8));
    in.flush();
  }

  /** Waits for the end and tells the processor time in milliseconds, from exec to exit. */
  double cpuMillis() throws IOException, InterruptedException {
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      close();
      throw new IOException("the application did not end in " + MOST_SECONDS + " s");
    }
    String text = Files.readString(errors);
    if (process.exitValue() != 0) {
      throw new IOException("the application failed: " + text);
    }
    Files.delete(errors);
    String[] times = text.substring(text.lastIndexOf("CPU ")).strip().split(" ");
    return 1000 * (Double.parseDouble(times[1]) + Double.parseDouble(times[2]));
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
