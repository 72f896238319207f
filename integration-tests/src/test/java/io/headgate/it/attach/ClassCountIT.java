// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.headgate.it.ForkedJvm;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not needed is not loaded: counted in the JVM's own log. */
class ClassCountIT {

  @TempDir Path dir;

  @Test
  void jvmWithoutHttpLoadsNothingButTheGate() throws Exception {
    Path log = dir.resolve("classes.log");

    ForkedJvm.Result result =
        ForkedJvm.java()
            .agent()
            .option(LoadedClasses.option(log))
            .main(Probe.class, "print=hello")
            .run()
            .orThrow();

    assertThat(result.out()).isEqualTo("hello" + System.lineSeparator());
    assertThat(result.err()).isEmpty();
    LoadedClasses loaded = LoadedClasses.in(log);
    assertThat(loaded.count()).as("classes in the log").isGreaterThan(300);
    assertThat(loaded.ours())
        .contains("io.headgate.bootstrap.HeadgateAgent", "io.headgate.bootstrap.TypeGate")
        .allMatch(name -> name.startsWith("io.headgate.bootstrap."))
        .hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void theSwitchBeingOnIsNoConfiguration() throws Exception {
    Path log = dir.resolve("classes.log");

    ForkedJvm.java()
        .agent()
        .env("HEADGATE_ENABLED", "true")
        .property("headgate.enabled", "true")
        .option(LoadedClasses.option(log))
        .main(Probe.class, "print=hello")
        .run()
        .orThrow();

    assertThat(LoadedClasses.in(log).ours()).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void jvmThatCallsOtherHostsDoesNotStartTheGateway() throws Exception {
    Path log = dir.resolve("classes.log");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/chat/completions";
    try {
      ForkedJvm.Result result =
          ForkedJvm.java()
              .agent()
              .option(LoadedClasses.option(log))
              .main(Probe.class, "jdk=" + url, "okhttp=" + url, "url=" + url)
              .run()
              .orThrow();

      assertThat(result.out().lines()).containsExactly("jdk 200", "okhttp 200", "url 200");
      assertThat(result.err()).isEmpty();
    } finally {
      server.stop(0);
    }

    LoadedClasses loaded = LoadedClasses.in(log);
    assertThat(loaded.startingWith(LoadedClasses.BYTE_BUDDY)).isNotEmpty();
    for (String room :
        List.of(
            "io.headgate.telemetry.",
            "io.headgate.pricing.",
            "io.headgate.meter.",
            "io.headgate.dialect.",
            "io.headgate.stream.",
            "io.headgate.gateway.GatewayRequest",
            "io.headgate.agent.Services",
            "io.headgate.shaded.com.fasterxml.jackson.",
            "io.headgate.shaded.org.snakeyaml.",
            "io.headgate.shaded.io.opentelemetry.",
            "io.opentelemetry.")) {
      assertThat(loaded.startingWith(room)).as(room).isEmpty();
    }
  }
}
