// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.contract.ClientVersions;
import io.headgate.standin.Recorded;
import io.headgate.standin.SpanRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The real clients at their own address, led to the stand-in, of the oldest and newest SDK. */
class BedrockIT {

  private static final String CONFIGURATION =
      """
      routes:
        - match: {model: "%s"}
          deny: upgrade your plan
        - match: {model: "%s"}
          use: "bedrock/%s"
          rewrite: terse
      rewrite:
        terse: {system: {append: "Be terse."}}
      """
          .formatted(BedrockProbe.DENIED, BedrockProbe.REWRITTEN, BedrockProbe.MODEL);

  private static final long IN = Expected.input(Said.PROMPT);
  private static final long OUT = Expected.output();

  @TestFactory
  Stream<DynamicContainer> versions() {
    return Stream.of("2.25.64", "2.54.14")
        .map(version -> DynamicContainer.dynamicContainer(version, cases(version)));
  }

  private static Stream<DynamicTest> cases(String version) {
    SdkRun run;
    try {
      run =
          SdkRun.on(
              ClientVersions.classPath("aws", version),
              BedrockProbe.class,
              Map.of(),
              CONFIGURATION);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Stream.of(
        DynamicTest.dynamicTest("the app gets its answers", () -> answers(run)),
        DynamicTest.dynamicTest("denials raise the SDK's exceptions", () -> denials(run)),
        DynamicTest.dynamicTest("every request is signed for where it goes", () -> signed(run)),
        DynamicTest.dynamicTest("changed requests say what they are to", () -> rewritten(run)),
        DynamicTest.dynamicTest("every call is metered once", () -> metered(run)),
        DynamicTest.dynamicTest("nothing secret is told", run::assertDiscreet));
  }

  private static void answers(SdkRun run) {
    String counted = Said.counted(Said.ANSWER, IN, OUT);
    assertThat(run.said())
        .containsEntry("converse", counted)
        .containsEntry("converse url", counted)
        .containsEntry("converse async", counted)
        .containsEntry("converse stream", Said.ANSWER)
        .containsEntry("invoke", Said.ANSWER)
        .containsEntry("invoke stream", "all of it");
    assertThat(run.said().get("rewritten")).startsWith(Said.ANSWER);
    assertThat(run.said().get("rewritten async")).startsWith("In short: Hi");
  }

  private static void denials(SdkRun run) {
    for (String call : List.of("denied", "denied async")) {
      assertThat(run.said().get(call))
          .startsWith("AccessDeniedException 403 AccessDeniedException ")
          .contains("upgrade your plan");
    }
    assertThat(run.said().get("invalid")).startsWith("ValidationException 400 ValidationException");
  }

  private static void signed(SdkRun run) {
    assertThat(run.requests()).isNotEmpty();
    for (Recorded request : run.requests()) {
      assertThat(
              SigV4.check(
                  BedrockProbe.SECRET,
                  request.method(),
                  URI.create("http://host" + request.target()),
                  name -> request.headers().getOrDefault(name, List.of()),
                  request.body()))
          .isEqualTo("us-east-1/bedrock");
      assertThat(request.header("host")).startsWith("127.0.0.1:");
      assertThat(request.header("x-amz-security-token")).isEqualTo("session");
    }
  }

  private static void rewritten(SdkRun run) {
    String path = "/bedrock/model/us.anthropic.claude-haiku-4-5-20251001-v1%3A0/converse";
    List<Recorded> changed =
        run.requests().stream().filter(request -> request.text().contains("Be terse.")).toList();
    assertThat(changed).hasSize(2);
    assertThat(changed).allSatisfy(request -> assertThat(request.path()).isEqualTo(path));
    assertThat(changed.get(0).json().at("/system/0/text").asText()).isEqualTo("Be terse.");
  }

  private static void metered(SdkRun run) {
    assertThat(run.logical()).hasSize(run.said().size());
    List<SpanRecord> same = run.logical().subList(0, 6);
    for (SpanRecord span : same) {
      assertThat(span.text("gen_ai.provider.name")).isEqualTo("aws.bedrock");
      assertThat(span.text("gen_ai.request.model")).isEqualTo(BedrockProbe.MODEL);
      assertThat(span.number("gen_ai.usage.input_tokens")).isEqualTo(IN);
      assertThat(span.number("gen_ai.usage.output_tokens")).isEqualTo(OUT);
      assertThat(span.decimal("gen_ai.usage.cost")).isPositive();
      assertThat(run.children(span)).as("attempts").hasSize(1);
    }
    // What came of nothing was sent nowhere.
    assertThat(run.requests()).hasSize(run.said().size() - 2);
  }
}
