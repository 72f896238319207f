// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.ClassPaths;
import io.headgate.it.ForkedJvm;
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

  private static final String CLIENTS =
      "jdk-send,jdk-async,okhttp-execute,okhttp-enqueue,urlconnection";

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

  /** Starting a JVM is most of the work: two at a time. */
  private static final ExecutorService FORKS = Executors.newFixedThreadPool(2);

  @AfterAll
  static void stop() {
    FORKS.shutdownNow();
  }

  @TestFactory
  Stream<DynamicTest> faultOfOursIsNoneOfTheApps() {
    Future<Map<String, String>> plain =
        FORKS.submit(() -> ClientContractIT.cases(fork().run().orThrow().out()));
    List<DynamicTest> tests = new ArrayList<>();
    for (String stage : STAGES) {
      // After the call went out, all faults take one and the same way.
      int kinds = stage.endsWith(".after") ? 1 : FAULTS.size();
      for (Class<? extends Throwable> fault : FAULTS.subList(0, kinds)) {
        Future<ForkedJvm.Result> broken = FORKS.submit(() -> broken(stage, fault));
        tests.add(
            DynamicTest.dynamicTest(
                stage + " throws " + fault.getSimpleName(),
                () -> {
                  ForkedJvm.Result result = broken.get().orThrow();
                  Map<String, String> cases = ClientContractIT.cases(result.out());
                  assertThat(cases).hasSizeGreaterThan(80);
                  Map<String, String> expected = plain.get();
                  assertThat(cases.keySet()).isEqualTo(expected.keySet());
                  cases.forEach(
                      (name, outcome) ->
                          assertThat(outcome).as(name).isEqualTo(expected.get(name)));
                  assertThat(result.err().lines())
                      .as("one line for each place, or the fault was not injected at all")
                      .isNotEmpty()
                      .hasSizeLessThan(10)
                      .allMatch(line -> line.startsWith("headgate: "))
                      .anyMatch(line -> line.contains(fault.getName()));
                }));
      }
    }
    return tests.stream();
  }

  private static ForkedJvm fork() {
    return ForkedJvm.java()
        .classPath(ClassPaths.withSdks())
        .main(ContractProbe.class, CLIENTS, "-", "few");
  }

  /** Every stage has something to do, and nothing that would change the call. */
  private static ForkedJvm.Result broken(String stage, Class<? extends Throwable> fault)
      throws IOException {
    int port = ClientContractIT.freePort();
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
    return fork()
        .agent()
        .env("APP_KEY", "sk-app")
        .property("headgate.config", config)
        .property("io.headgate.inject", stage + ":" + fault.getName())
        .property("probe.port", port)
        .property("probe.acting", true)
        .run();
  }
}
