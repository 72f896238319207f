// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.standin.SpanRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * An alias in {@code models} moves a whole app to a provider of another format: what the app says
 * is the same whoever serves it, and the same as at home.
 */
class TranslateIT {

  @TestFactory
  Stream<DynamicContainer> openAiChat() {
    return served(
        Caller.OPENAI_CHAT,
        Target.ANTHROPIC,
        Target.GEMINI,
        Target.BEDROCK,
        Target.COHERE,
        Target.OLLAMA,
        Target.MISTRAL,
        Target.AZURE,
        Target.WORKERS_AI);
  }

  @TestFactory
  Stream<DynamicContainer> openAiResponses() {
    return served(
        Caller.OPENAI_RESPONSES,
        Target.ANTHROPIC,
        Target.GEMINI,
        Target.BEDROCK,
        Target.COHERE,
        Target.OLLAMA,
        Target.MISTRAL);
  }

  @TestFactory
  Stream<DynamicContainer> anthropic() {
    return served(Caller.ANTHROPIC, Target.OPENAI, Target.GEMINI, Target.BEDROCK, Target.AZURE);
  }

  @TestFactory
  Stream<DynamicContainer> gemini() {
    return served(Caller.GEMINI, Target.OPENAI, Target.ANTHROPIC, Target.BEDROCK);
  }

  @TestFactory
  Stream<DynamicContainer> bedrock() {
    return served(Caller.BEDROCK, Target.OPENAI, Target.ANTHROPIC, Target.GEMINI);
  }

  @TestFactory
  Stream<DynamicContainer> langChain() {
    return served(Caller.LANGCHAIN, Target.ANTHROPIC, Target.GEMINI, Target.BEDROCK);
  }

  @TestFactory
  Stream<DynamicContainer> springAi() {
    return served(Caller.SPRING_AI, Target.ANTHROPIC, Target.GEMINI, Target.BEDROCK);
  }

  private static Stream<DynamicContainer> served(Caller caller, Target... targets) {
    return Stream.of(targets)
        .map(target -> DynamicContainer.dynamicContainer("by " + target, tests(caller, target)));
  }

  private static Stream<DynamicTest> tests(Caller caller, Target target) {
    TranslateRun run;
    try {
      run = TranslateRun.of(caller, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> says = caller.says();
    return Stream.concat(
        says.entrySet().stream()
            .map(
                call ->
                    DynamicTest.dynamicTest(
                        call.getKey(),
                        () ->
                            assertThat(run.said().get(call.getKey())).isEqualTo(call.getValue()))),
        Stream.of(
            DynamicTest.dynamicTest("the app makes these calls", () -> calls(caller, run)),
            DynamicTest.dynamicTest("the target is asked", () -> asked(target, run)),
            DynamicTest.dynamicTest("spans tell it", () -> told(caller, target, run))));
  }

  private static void calls(Caller caller, TranslateRun run) {
    assertThat(run.err()).doesNotContain("headgate");
    assertThat(run.said().keySet()).containsExactlyElementsOf(caller.says().keySet());
    assertThat(run.requests()).hasSize(caller.requests());
  }

  private static void asked(Target target, TranslateRun run) {
    assertThat(run.requests()).isNotEmpty().allSatisfy(target::verify);
  }

  private static void told(Caller caller, Target target, TranslateRun run) {
    assertThat(run.logical()).as("one for each call").hasSize(caller.requests());
    boolean translated = !caller.format.equals(target.format);
    for (SpanRecord call : run.logical()) {
      assertThat(run.attempts(call)).as("attempts").isEqualTo(1L);
      assertThat(call.text("gen_ai.request.model")).isEqualTo(caller.model);
      assertThat(call.toString()).doesNotContain(Words.KEY, Target.KEY, Words.MATTER);
      if (!call.status().equals("ERROR")) {
        assertThat(call.text("headgate.translation.from"))
            .isEqualTo(translated ? caller.format : null);
        assertThat(call.text("headgate.translation.to"))
            .isEqualTo(translated ? target.format : null);
        assertThat(call.number("gen_ai.usage.input_tokens")).isPositive();
        assertThat(call.number("gen_ai.usage.output_tokens")).isPositive();
      }
    }
    List<SpanRecord> answered =
        run.logical().stream()
            // Cohere bills less than the tokens that it counts, and spans tell what is billed.
            .filter(
                call ->
                    target == Target.COHERE
                        || call.number("gen_ai.usage.input_tokens") == Caller.input())
            .filter(call -> call.number("gen_ai.usage.output_tokens") == Caller.output())
            .toList();
    assertThat(answered).as("calls with the usage of the first question").isNotEmpty();
  }
}
