// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ForkedJvm;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways to start an app: from source, as a module, as a Spring Boot jar. */
class LaunchersIT {

  private static final String SEND =
      """
      java.net.http.HttpClient.newHttpClient().send(
          java.net.http.HttpRequest.newBuilder(java.net.URI.create(url))
              .header("authorization", "Bearer sk-app")
              .POST(java.net.http.HttpRequest.BodyPublishers.ofString(%s))
              .build(),
          java.net.http.HttpResponse.BodyHandlers.ofString()).statusCode()
      """
          .formatted("\"" + Probe.BODY.replace("\"", "\\\"") + "\"");

  @TempDir Path dir;
  private Hosts hosts;
  private String agent;

  @BeforeEach
  void start() throws Exception {
    hosts = new Hosts();
    agent = "config=" + hosts.redirectIn(dir);
  }

  @AfterEach
  void stop() {
    hosts.close();
  }

  @Test
  void appStartedFromSourceIsCovered() throws Exception {
    Path source = Files.writeString(dir.resolve("App.java"), main("App", ""));

    ForkedJvm.Result result =
        ForkedJvm.java().agent(agent).main(source.toString(), hosts.url()).run().orThrow();

    assertThat(result.out().strip()).isEqualTo("200");
    assertThat(result.err()).isEmpty();
    hosts.assertRedirected(1);
  }

  @Test
  void modularAppIsCovered() throws Exception {
    Jars.compile(
        dir.resolve("mods/probe"),
        "module-info.java",
        "module probe { requires java.net.http; }",
        "probe/Main.java",
        main("Main", "package probe;"));

    ForkedJvm.Result result = modular(hosts.url());

    assertThat(result.out().strip()).isEqualTo("200");
    hosts.assertRedirected(1);
  }

  @Test
  void modularAppWithoutHttpIsLeftAlone() throws Exception {
    Jars.compile(
        dir.resolve("mods/probe"),
        "module-info.java",
        "module probe { }",
        "probe/Main.java",
        "package probe; public class Main { public static void main(String[] a) throws Exception"
            + " { System.out.print(((java.net.HttpURLConnection) new java.net.URL(a[0])"
            + ".openConnection()).getResponseCode()); } }");

    ForkedJvm.Result result = modular(hosts.called.url("/elsewhere"));

    assertThat(result.out().strip()).isEqualTo("404");
    hosts.assertUntouched(1);
  }

  @Test
  void okHttpInsideASpringBootJarIsCovered() throws Exception {
    Path jar = Jars.springBoot(dir.resolve("app.jar"), Probe.class, Jars.client("okhttp-3"));

    ForkedJvm.Result result =
        ForkedJvm.java()
            .agent(agent)
            .option("-jar")
            .option(jar.toString())
            .main("okhttp=" + hosts.url(), "jdk=" + hosts.url())
            .run()
            .orThrow();

    assertThat(result.out().lines()).containsExactly("okhttp 200", "jdk 200");
    assertThat(result.err()).isEmpty();
    hosts.assertRedirected(2);
  }

  private ForkedJvm.Result modular(String url) {
    ForkedJvm.Result result =
        ForkedJvm.java()
            .agent(agent)
            .option("-p")
            .option(dir.resolve("mods") + File.pathSeparator + dir.resolve("none"))
            .option("-m")
            .option("probe/probe.Main")
            .main(url)
            .run()
            .orThrow();
    assertThat(result.err()).isEmpty();
    return result;
  }

  private static String main(String name, String head) {
    return head
        + "public class "
        + name
        + " { public static void main(String[] a) throws Exception { String url = a[0];"
        + " System.out.println("
        + SEND
        + "); } }";
  }
}
