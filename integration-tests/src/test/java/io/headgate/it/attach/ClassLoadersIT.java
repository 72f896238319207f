// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ForkedJvm;
import io.headgate.standin.OtlpSink;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Apps that bring their own client: each has its adapters, which go when the app goes. */
class ClassLoadersIT {

  @TempDir Path dir;

  @Test
  void droppedAppsAreCollected() throws Exception {
    try (Hosts hosts = new Hosts();
        OtlpSink sink = OtlpSink.start()) {
      ForkedJvm.Result result =
          ForkedJvm.java()
              .agent("config=" + hosts.redirectIn(dir))
              .exportingTo(sink.endpoint())
              .main(LoadersProbe.class, hosts.url(), "50", app("okhttp-3"))
              .run()
              .orThrow();

      assertThat(result.out().lines()).containsExactly("grown false");
      assertThat(result.err()).isEmpty();
      hosts.assertRedirected(150);
      assertThat(sink.spans()).filteredOn(span -> span.name().startsWith("chat")).hasSize(150);
    }
  }

  @Test
  void twoVersionsOfOneClientAreCoveredSideBySide() throws Exception {
    try (Hosts hosts = new Hosts()) {
      ForkedJvm.Result result =
          ForkedJvm.java()
              .agent("config=" + hosts.redirectIn(dir))
              .main(TwoVersionsProbe.class, hosts.url(), app("okhttp-3"), app("okhttp-5"))
              .run()
              .orThrow();

      assertThat(result.out().lines()).containsExactly("3 200", "5 200", "3 200", "5 200");
      assertThat(result.err()).isEmpty();
      hosts.assertRedirected(4);
    }
  }

  private String app(String client) throws IOException {
    List<Path> jars = new ArrayList<>(Jars.client(client));
    jars.add(Jars.jar(dir.resolve("probe.jar"), Probe.class));
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
