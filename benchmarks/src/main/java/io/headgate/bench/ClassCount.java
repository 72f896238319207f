// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the JVM loaded until its end, by its own log.
 *
 * @param classes how many, hidden ones and those of the JDK's archive included
 * @param metaspaceMegabytes used by them
 */
record ClassCount(long classes, double metaspaceMegabytes) {

  private static final Pattern METASPACE = Pattern.compile("Metaspace +used (\\d+)K");

  /** The JVM's logs of one run; they stay, for whoever wants to know which classes those were. */
  record Log(Path loaded, Path heap) {

    Log(Path directory, String name) {
      this(
          directory.resolve("classes-" + name + ".log"),
          directory.resolve("heap-" + name + ".log"));
    }

    List<String> options() {
      return List.of(
          "-Dbench.management=true",
          "-Xlog:class+load=info:file=" + loaded + ":none:filecount=0",
          "-Xlog:gc+heap+exit=info:file=" + heap + ":none:filecount=0");
    }

    ClassCount read() throws IOException {
      long count;
      try (Stream<String> lines = Files.lines(loaded)) {
        count = lines.filter(line -> line.contains(" source: ")).count();
      }
      Matcher metaspace = METASPACE.matcher(Files.readString(heap));
      return new ClassCount(
          count, metaspace.find() ? Long.parseLong(metaspace.group(1)) / 1024.0 : Double.NaN);
    }
  }

  /** What Headgate adds over what the OpenTelemetry agent adds. */
  static double ratio(Map<AgentKind, ClassCount> counts, ToDoubleFunction<ClassCount> value) {
    double none = value.applyAsDouble(counts.get(AgentKind.NONE));
    return (value.applyAsDouble(counts.get(AgentKind.HEADGATE)) - none)
        / (value.applyAsDouble(counts.get(AgentKind.OTEL)) - none);
  }
}
