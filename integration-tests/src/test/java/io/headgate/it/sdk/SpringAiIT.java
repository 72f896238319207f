// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import io.headgate.it.contract.ClientVersions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Chat, streams and tools of Spring AI: one call each, however many clients it goes through. */
class SpringAiIT {

  private static final long IN = Expected.input(Said.PROMPT);
  private static final long OUT = Expected.output();
  private static final String SAID = Said.counted(Said.ANSWER, IN, OUT);
  private static final String TOOL_CALL = "lookup{\"ticket\":\"7\"}";
  private static final long TOOL_OUT = 4; // {"ticket":"7"}

  /** Spring AI writes a tool's result as JSON. */
  private static final String RESULT = "\"" + SpringAiCalls.RESULT + "\"";

  private static final String TOOL_SAID =
      "In short: " + RESULT + " Next step: confirm with the customer and close the loop.";

  /** RestClient and WebClient over the JDK's. */
  @TestFactory
  Stream<DynamicContainer> overTheJdk() throws IOException {
    return run("1.1.8", SpringAiProbe.class, null);
  }

  /** Which both of them then prefer. */
  @TestFactory
  Stream<DynamicContainer> overReactorNetty() throws IOException {
    return run("1.1.8-reactor-netty", SpringAiProbe.class, null);
  }

  @TestFactory
  Stream<DynamicContainer> overTheProvidersSdks() throws IOException {
    return run("2.0.1", SpringAi2Probe.class, "");
  }

  /**
   * @param turn the text in the turn of an OpenAI model that called a tool and did not stream; null
   *     if there is none
   */
  private static Stream<DynamicContainer> run(String version, Class<?> probe, String turn)
      throws IOException {
    SdkRun run = SdkRun.on(ClientVersions.classPath("spring-ai", version), probe, Map.of(), "");
    List<Expected> calls = new ArrayList<>();
    for (String provider : List.of("openai", "anthropic")) {
      boolean openAi = provider.equals("openai");
      calls.add(call(provider, "", IN, OUT, false).said(SAID));
      calls.add(call(provider, " stream", IN, OUT, false).said(Said.ANSWER).streamed());
      calls.addAll(withTool(provider, " tool", openAi ? turn : null));
      withTool(provider, " stream tool", openAi ? "" : null)
          .forEach(call -> calls.add(call.streamed()));
    }
    return Stream.of(
        DynamicContainer.dynamicContainer(
            version, Expected.tests(run, calls.toArray(Expected[]::new))),
        DynamicContainer.dynamicContainer(
            "told",
            Stream.of(
                DynamicTest.dynamicTest("metrics", run::assertMetrics),
                DynamicTest.dynamicTest("nothing secret", run::assertDiscreet))));
  }

  private static List<Expected> withTool(String provider, String name, String turn) {
    long asked = Expected.input(SpringAiCalls.TOOL_PROMPT);
    long answered =
        turn == null
            ? Expected.input(SpringAiCalls.TOOL_PROMPT, RESULT)
            : Expected.input(SpringAiCalls.TOOL_PROMPT, turn, RESULT);
    return List.of(
        call(provider, name, asked, TOOL_OUT, true).said(TOOL_CALL),
        call(provider, name + " result", answered, Expected.tokens(TOOL_SAID), false)
            .said(TOOL_SAID));
  }

  private static Expected call(String provider, String name, long in, long out, boolean tool) {
    Expected call = Expected.call(provider + name).provider(provider).tokens(in, out);
    return provider.equals("openai")
        ? call.model("gpt-4o-mini", "gpt-4o-mini-2024-07-18")
            .path("/openai/v1/chat/completions")
            .credential("authorization", "Bearer " + Said.KEY + "openai")
            .finish(tool ? "tool_calls" : "stop")
            .cost(in * 0.15 + out * 0.6)
        : call.model("claude-sonnet-4-5", "claude-sonnet-4-5-20250929")
            .path("/anthropic/v1/messages")
            .credential("x-api-key", Said.KEY + "anthropic")
            .finish(tool ? "tool_use" : "end_turn")
            .cost(in * 3 + out * 15);
  }
}
