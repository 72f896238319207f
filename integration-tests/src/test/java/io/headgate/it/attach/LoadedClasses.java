// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** What a JVM's {@code class+load} log says it loaded. */
final class LoadedClasses {

  static final String BYTE_BUDDY = "io.headgate.shaded.net.bytebuddy.";

  private final List<String> names;

  private LoadedClasses(List<String> names) {
    this.names = names;
  }

  /** The option that makes a JVM write the log. */
  static String option(Path log) {
    return "-Xlog:class+load=info:file=" + log + ":none:filecount=0";
  }

  static LoadedClasses in(Path log) throws IOException {
    return new LoadedClasses(
        Files.readAllLines(log).stream().map(line -> line.split(" ", 2)[0]).toList());
  }

  /** The agent's classes and its libraries', but not the tests' own. */
  List<String> ours() {
    return all(
        name ->
            (name.startsWith("io.headgate.")
                    && !name.startsWith("io.headgate.it.")
                    && !name.startsWith("io.headgate.standin."))
                || name.startsWith("io.opentelemetry.")
                || name.startsWith("java.lang.$Headgate"));
  }

  List<String> startingWith(String prefix) {
    return all(name -> name.startsWith(prefix));
  }

  int count() {
    return names.size();
  }

  private List<String> all(Predicate<String> wanted) {
    return names.stream().filter(wanted).toList();
  }
}
