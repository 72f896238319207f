// SPDX-License-Identifier: Apache-2.0
package io.headgate;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may know whom: the arrows between the packages run one way. */
class ArchitectureTest {

  /** Each room and the rooms it may use. {@code agent} wires, and may use all. */
  private static final Map<String, List<String>> ROOMS =
      Map.ofEntries(
          Map.entry("bootstrap", List.of()),
          Map.entry("chat", List.of("json")),
          Map.entry("stream", List.of()),
          Map.entry("config", List.of("chat", "state")),
          Map.entry("gateway", List.of("chat", "stream")),
          Map.entry("provider", List.of("gateway", "chat", "config")),
          Map.entry("dialect", List.of("chat", "stream", "gateway", "json")),
          Map.entry("translate", List.of("chat", "stream", "gateway", "json", "dialect", "config")),
          Map.entry("pricing", List.of("chat", "config")),
          Map.entry("json", List.of()),
          Map.entry("expression", List.of()),
          Map.entry("state", List.of()),
          Map.entry(
              "cache",
              List.of(
                  "state", "expression", "provider", "gateway", "chat", "config", "json", "route")),
          Map.entry(
              "route", List.of("expression", "gateway", "chat", "config", "json", "provider")),
          Map.entry("rewrite", List.of("gateway", "chat", "config")),
          Map.entry(
              "resilience",
              List.of(
                  "cache",
                  "route",
                  "rewrite",
                  "expression",
                  "provider",
                  "translate",
                  "gateway",
                  "chat",
                  "config")),
          Map.entry("metadata", List.of("gateway", "chat", "config", "json")),
          Map.entry("meter", List.of("gateway", "chat", "pricing")),
          Map.entry("telemetry", List.of("gateway", "chat")),
          Map.entry("instrument", List.of("gateway")),
          Map.entry("client", List.of("gateway")),
          Map.entry("adapter.jdk", List.of("gateway")),
          Map.entry("adapter.okhttp", List.of("gateway", "client")),
          Map.entry("adapter.urlconnection", List.of("gateway")),
          Map.entry("adapter.apache4", List.of("gateway", "client")),
          Map.entry("adapter.apache5", List.of("gateway", "client")),
          Map.entry("adapter.reactive", List.of("gateway", "client")),
          Map.entry("adapter.aws", List.of("gateway", "client", "adapter.reactive")),
          Map.entry("adapter.azure", List.of("gateway", "client", "adapter.reactive")),
          Map.entry("adapter.spring", List.of("gateway", "client", "adapter.reactive")),
          Map.entry("adapter.vertx", List.of("gateway", "client")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.headgate");

  @TestFactory
  Stream<DynamicTest> roomUsesOnlyTheRoomsItMay() {
    return ROOMS.entrySet().stream()
        .map(
            room ->
                DynamicTest.dynamicTest(
                    room.getKey(), () -> assertUses(room.getKey(), room.getValue())));
  }

  private static void assertUses(String room, List<String> others) {
    String[] allowed =
        Stream.concat(Stream.of(room), others.stream())
            .map(ArchitectureTest::packages)
            .toArray(String[]::new);
    classes()
        .that(resideInAPackage(packages(room)))
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("io.headgate..")).or(resideInAnyPackage(allowed)))
        .check(CLASSES);
  }

  @Test
  void everyPackageIsInARoom() {
    assertThat(
            CLASSES.stream()
                .map(type -> type.getPackageName().substring("io.headgate.".length()))
                .filter(name -> !name.startsWith("agent"))
                .filter(
                    name ->
                        ROOMS.keySet().stream()
                            .noneMatch(room -> (name + ".").startsWith(room + ".")))
                .collect(Collectors.toSet()))
        .isEmpty();
  }

  @Test
  void onlyInstrumentWeaves() {
    noClasses()
        .that(not(resideInAnyPackage("io.headgate.instrument..", "io.headgate.adapter..")))
        .should()
        .dependOnClassesThat(resideInAPackage("net.bytebuddy.."))
        .check(CLASSES);
    // Advice is marked by annotations, and by one enum among their values.
    noClasses()
        .that(resideInAPackage("io.headgate.adapter.."))
        .should()
        .dependOnClassesThat(
            resideInAPackage("net.bytebuddy..")
                .and(
                    not(
                        resideInAnyPackage(
                            "net.bytebuddy.asm", "net.bytebuddy.implementation.bytecode.assign"))))
        .check(CLASSES);
  }

  @Test
  void onlyAnAdapterNamesItsClient() {
    only("io.headgate.adapter.jdk..", "java.net.http..");
    only("io.headgate.adapter.okhttp..", "okhttp3..", "okio..");
    only("io.headgate.adapter.apache4..", "org.apache.http..");
    only("io.headgate.adapter.apache5..", "org.apache.hc..");
    only("io.headgate.adapter.aws..", "software.amazon..");
    only("io.headgate.adapter.azure..", "com.azure..");
    only("io.headgate.adapter.spring..", "org.springframework..");
    noClasses()
        .that(not(resideInAPackage("io.headgate.adapter.urlconnection..")))
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.net.HttpURLConnection")
        .check(CLASSES);
  }

  @Test
  void onlyTelemetryNamesOpenTelemetry() {
    only("io.headgate.telemetry..", "io.opentelemetry..");
  }

  @Test
  void onlyConfigReadsYaml() {
    only("io.headgate.config..", "org.snakeyaml..");
  }

  @Test
  void onlyStateNamesTheClientOfRedis() {
    only("io.headgate.state..", "redis.clients..");
  }

  @Test
  void nobodyLogsOrWritesToStdout() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "java.util.logging..", "org.slf4j..", "org.apache.logging..", "java.util.prefs.."))
        .check(CLASSES);
    // But for the jar when it is run as a command.
    noClasses()
        .that()
        .doNotHaveSimpleName("HeadgateAgent")
        .should()
        .accessField(System.class, "out")
        .check(CLASSES);
  }

  private static void only(String room, String... library) {
    noClasses()
        .that(not(resideInAPackage(room)))
        // azure-core stands on other clients, which it guards for a changed request.
        .and(not(nameMatching("io\\.headgate\\.adapter\\.azure\\.(JdkGuard|OkHttpGuard)(\\$.*)?")))
        .should()
        .dependOnClassesThat(resideInAnyPackage(library))
        .check(CLASSES);
  }

  private static String packages(String room) {
    return "io.headgate." + room + "..";
  }
}
