// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.headgate.it.ClassPaths;
import io.headgate.it.ForkedJvm;
import io.headgate.standin.OtlpSink;
import io.headgate.standin.Recorded;
import io.headgate.standin.SpanRecord;
import io.headgate.standin.StandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real SDKs read out of answers that come from the cache, in the other form too. */
class CacheSdksIT {

  /** Calls of a kind, of which two are sent. */
  private static final int CALLS = 6;

  @TempDir Path dir;

  @Test
  void openAiJava() throws Exception {
    asksBothWays(OpenAiCacheProbe.class, "com/openai/", "chat", "responses");
  }

  @Test
  void openAiJavaWithTools() throws Exception {
    assertThat(asksForTools(OpenAiCacheProbe.class, "com/openai/"))
        .contains("call_1weather{\"city\":\"K\u00f6ln\"}", "call_2weather", "|tool_calls|61+38=99");
  }

  @Test
  void anthropicJava() throws Exception {
    asksBothWays(AnthropicCacheProbe.class, "com/anthropic/", "text");
  }

  @Test
  void anthropicJavaWithToolsAndThinking() throws Exception {
    assertThat(asksForTools(AnthropicCacheProbe.class, "com/anthropic/"))
        .contains("thinking The user wants", "|text Let me look.|tool toolu_1weather", "K\u00f6ln");
  }

  @Test
  void googleGenAi() throws Exception {
    asksBothWays(GeminiCacheProbe.class, "com/google/", "text");
  }

  @Test
  void googleGenAiWithTools() throws Exception {
    assertThat(asksForTools(GeminiCacheProbe.class, "com/google/"))
        .contains("Let me look.|weather{city=K\u00f6ln}");
  }

  @Test
  void cohereJava() throws Exception {
    asksBothWays(CohereCacheProbe.class, "com/cohere/", "text");
  }

  @Test
  void langChain4j() throws Exception {
    asksBothWays(LangChainCacheProbe.class, "dev/langchain4j/", "openai", "gemini", "ollama");
  }

  @Test
  void springAi() throws Exception {
    String path =
        ClassPaths.withSdks("org/springframework/", "io/projectreactor/", "io/micrometer/");
    asks(SpringAiCacheProbe.class, path, "openai", "anthropic");
  }

  private void asksBothWays(Class<?> probe, String sdk, String... kinds) throws IOException {
    asks(probe, ClassPaths.withSdks(sdk, "io/opentelemetry/"), kinds);
  }

  /** All calls of a kind read the same, and two of them are sent. */
  private void asks(Class<?> probe, String classPath, String... kinds) throws IOException {
    try (StandIn hosts = StandIn.start()) {
      Map<String, String> said = run(probe, classPath, hosts.url(""), kinds);
      for (String kind : kinds) {
        String first = said.get(kind + " 1 streamed");
        assertThat(first).as(kind).startsWith(said.get(kind + " 1 whole")).doesNotContain("FAILED");
        assertThat(said).as(kind).containsEntry(kind + " 1 streamed again", first);
        String second = said.get(kind + " 2 whole");
        assertThat(said)
            .as(kind)
            .containsEntry(kind + " 2 whole again", second)
            .containsEntry(kind + " 2 streamed", second);
        assertThat(second.replace("Question 2", "Question 1")).as(kind).isEqualTo(first);
      }
      assertThat(hosts.requests()).hasSize(2 * kinds.length);
    }
  }

  private String asksForTools(Class<?> probe, String sdk) throws IOException {
    try (ToolHost host = new ToolHost()) {
      Map<String, String> said =
          run(probe, ClassPaths.withSdks(sdk, "io/opentelemetry/"), host.url(), "tools");

      assertThat(said).hasSize(CALLS);
      assertThat(List.copyOf(said.values()).stream().distinct()).hasSize(1);
      assertThat(host.requests()).hasSize(2);
      return said.get("tools 1 whole");
    }
  }

  private Map<String, String> run(Class<?> probe, String classPath, String host, String... kinds)
      throws IOException {
    try (OtlpSink sink = OtlpSink.start()) {
      Path config = CacheRun.config(dir, host, CacheRun.onDisk(dir));
      ForkedJvm.Result result =
          ForkedJvm.java()
              .classPath(classPath)
              .agent("config=" + config)
              .exportingTo(sink.endpoint())
              .main(probe, kinds)
              .run();
      assertThat(result.err()).doesNotContain("headgate");
      Map<String, String> said = CacheRun.said(result);
      assertThat(said).hasSize(CALLS * kinds.length);
      assertThat(spans(sink, Set.of("miss"), 2 * kinds.length)).hasSize(2 * kinds.length);
      // An SDK may be done with a stream before its connection is.
      assertThat(spans(sink, Set.of("hit", "coalesced"), 4 * kinds.length))
          .hasSize(4 * kinds.length);
      return said;
    }
  }

  private static List<SpanRecord> spans(OtlpSink sink, Set<String> status, int count) {
    return sink.awaitSpans(
        span -> status.contains(String.valueOf(span.text("headgate.cache.status"))),
        count,
        Duration.ofSeconds(10));
  }

  @Test
  void embeddingsThatAreKnownAreNotAskedFor() throws Exception {
    try (StandIn hosts = StandIn.start()) {
      Path config = CacheRun.config(dir, hosts.url(""), CacheRun.onDisk(dir));
      Map<String, String> said =
          CacheRun.said(
              ForkedJvm.java()
                  .classPath(ClassPaths.withSdks("com/openai/"))
                  .agent("config=" + config)
                  .main(EmbeddingsCacheProbe.class)
                  .run());

      List<Recorded> requests = hosts.requests();
      assertThat(requests).hasSize(3);
      assertThat(inputs(requests.get(0))).hasSize(90);
      assertThat(inputs(requests.get(1)))
          .containsExactly("6", "16", "26", "36", "46", "56", "66", "76", "86", "96");
      assertThat(inputs(requests.get(2))).hasSize(100);
      assertThat(said.get("known")).startsWith("90 ");
      assertThat(said.get("some known")).startsWith("100 ").isEqualTo(said.get("not cached"));
      assertThat(said.get("all known")).isEqualTo(said.get("not cached"));
    }
  }

  private static List<String> inputs(Recorded request) {
    List<String> inputs = new java.util.ArrayList<>();
    for (JsonNode input : request.json().path("input")) {
      inputs.add(input.textValue().replace("Text number ", ""));
    }
    return inputs;
  }
}
