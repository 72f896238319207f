// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ClassPaths;
import io.headgate.it.ForkedJvm;
import io.headgate.it.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is thrown at whatever stage of ours, the app and its server see nothing of it. */
class BrokenAgentIT {

  /** Those whose adapters have ways of their own around the gateway. */
  private static final Clients OWN_WAYS =
      new Clients(
          "JdkSendClient,JdkAsyncClient,OkHttpExecuteClient,OkHttpEnqueueClient,UrlConnectionClient",
          ClassPaths.withSdks());

  /** All others share theirs, a blocking one and an asynchronous one: two stand for them. */
  private static final Clients SHARED_WAYS =
      new Clients("Apache5Client,Apache5AsyncClient", ClientVersions.newestClassPath("apache5"));

  private static final List<String> STAGES =
      List.of(
          "resolve",
          "request",
          "reader",
          "tap",
          "MetadataInterceptor",
          "GenAiInterceptor",
          "GenAiInterceptor.after",
          "RoutingInterceptor",
          "RoutingInterceptor.after",
          "MeterInterceptor",
          "MeterInterceptor.after",
          "OwnHeaders",
          "OwnHeaders.after",
          "Redirect",
          "Redirect.after",
          "Via",
          "Credentials",
          "Credentials.after",
          "AttemptInterceptor",
          "AttemptInterceptor.after");

  private static final List<Class<? extends Throwable>> FAULTS =
      List.of(RuntimeException.class, LinkageError.class, StackOverflowError.class);

  @TempDir static Path dir;

  private record Clients(String names, String classPath) {}

  /** Starting a JVM is most of the work: two at a time. */
  private static final ExecutorService FORKS = Executors.newFixedThreadPool(2);

  @AfterAll
  static void stop() {
    FORKS.shutdownNow();
  }

  @TestFactory
  Stream<DynamicTest> faultOfOursIsNoneOfTheApps() {
    return faults(OWN_WAYS, FAULTS);
  }

  @TestFactory
  Stream<DynamicTest> faultOfOursIsNoneOfTheAppsInTheSharedWays() {
    return faults(SHARED_WAYS, FAULTS.subList(0, 1));
  }

  private static Stream<DynamicTest> faults(
      Clients clients, List<Class<? extends Throwable>> faults) {
    Future<Map<String, String>> plain =
        FORKS.submit(() -> ClientContractIT.cases(fork(clients).run().orThrow().out()));
    List<DynamicTest> tests = new ArrayList<>();
    for (String stage : STAGES) {
      // After the call went out, all faults take one and the same way.
      int kinds = stage.endsWith(".after") ? 1 : faults.size();
      for (Class<? extends Throwable> fault : faults.subList(0, kinds)) {
        Future<ForkedJvm.Result> broken = FORKS.submit(() -> broken(clients, stage, fault));
        tests.add(
            DynamicTest.dynamicTest(
                stage + " throws " + fault.getSimpleName(),
                () -> assertUnseen(broken.get().orThrow(), plain.get(), fault)));
      }
    }
    return tests.stream();
  }

  private static void assertUnseen(
      ForkedJvm.Result result, Map<String, String> expected, Class<? extends Throwable> fault) {
    Map<String, String> cases = ClientContractIT.cases(result.out());
    assertThat(cases).hasSizeGreaterThan(30);
    assertThat(cases.keySet()).isEqualTo(expected.keySet());
    cases.forEach((name, outcome) -> assertThat(outcome).as(name).isEqualTo(expected.get(name)));
    assertThat(result.err().lines())
        .as("one line for each place, or the fault was not injected at all")
        .isNotEmpty()
        .hasSizeLessThan(10)
        .allMatch(line -> line.startsWith("headgate: "))
        .anyMatch(line -> line.contains(fault.getName()));
  }

  private static ForkedJvm fork(Clients clients) {
    return ForkedJvm.java()
        .classPath(clients.classPath())
        .main(ContractProbe.class, clients.names(), "-", "few");
  }

  /** Every stage has something to do, and nothing that would change the call. */
  private static ForkedJvm.Result broken(
      Clients clients, String stage, Class<? extends Throwable> fault) throws IOException {
    int port = Ports.free();
    Path config =
        Files.writeString(
            dir.resolve(stage + "-" + fault.getSimpleName() + ".yaml"),
            """
            providers:
              own:
                dialect: openai
                hosts: [127.0.0.1]
                base-url: "http://127.0.0.1:%d/v1"
                api-key: "${APP_KEY}"
            """
                .formatted(port));
    return fork(clients)
        .agent()
        .env("APP_KEY", "sk-app")
        .property("headgate.config", config)
        .property("io.headgate.inject", stage + ":" + fault.getName())
        .property("probe.port", port)
        .property("probe.acting", true)
        .run();
  }
}
