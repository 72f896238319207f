// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.config.Config;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTableTest {

  private final HostTable table = new HostTable(Map.of());

  @ParameterizedTest
  @CsvSource({
    "api.openai.com, openai",
    "API.OpenAI.Com, openai",
    "api.openai.com., openai",
    "eu.api.openai.com, openai",
    "my-resource.openai.azure.com, azure",
    "my-resource.services.ai.azure.com, azure",
    "models.inference.ai.azure.com, github-models",
    "us-central1-aiplatform.googleapis.com, vertex",
    "aiplatform.googleapis.com, vertex",
    "aiplatform.eu.rep.googleapis.com, vertex",
    "generativelanguage.googleapis.com, gemini",
    "bedrock-runtime.us-east-1.amazonaws.com, bedrock",
    "BEDROCK-RUNTIME.EU-CENTRAL-1.AMAZONAWS.COM, bedrock",
    "vpce-0a.bedrock-runtime.us-east-1.vpce.amazonaws.com, bedrock",
    "bedrock-runtime.cn-north-1.amazonaws.com.cn, bedrock",
    "bedrock-runtime.eu-west-1.api.aws, bedrock",
    "bedrock-runtime-fips.us-east-1.api.aws, bedrock",
    "runtime.sagemaker.us-east-1.amazonaws.com, sagemaker",
    "model-abc123.api.baseten.co, baseten",
    "dbc-1.cloud.databricks.com, databricks",
    "ollama.com, ollama"
  })
  void knowsTheHostsOfTheCatalogue(String host, String provider) {
    assertThat(provider(table, host, -1)).isEqualTo(provider);
    assertThat(provider(table, host, 443)).isEqualTo(provider);
    assertThat(provider(table, host, 80)).isEqualTo(provider);
    assertThat(table.handles(host, 8443)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "com",
        "openai.com",
        "xapi.openai.com",
        "evilapi.openai.com",
        "api.openai.com.evil.example",
        "api.openai.com..",
        "api-openai.com",
        "apiXopenai.com",
        "api.openai.comx",
        "openai.azure.com",
        ".openai.azure.com",
        "evilopenai.azure.com",
        "x.openai.azure.com.evil.example",
        "evil-aiplatform.example.com",
        "-aiplatform.googleapis.com",
        "a.b-aiplatform.googleapis.com",
        "storage.googleapis.com",
        "bedrock-runtime..amazonaws.com",
        "bedrock-runtime.a.b.amazonaws.com",
        "bedrock-runtime.api.aws",
        "s3.us-east-1.amazonaws.com",
        "bedrock.us-east-1.amazonaws.com",
        "model-.api.baseten.co",
        "localhost",
        "127.0.0.1",
        "example.org",
        "api.gro\u212A.com",
        "apı.openai.com"
      })
  void looksAlikeAreNoneOfOurs(String host) {
    assertThat(table.handles(host, -1)).isFalse();
    assertThat(table.handles(host, 443)).isFalse();
  }

  @Test
  void ollamaOnThisMachineIsKnownByItsPort() {
    assertThat(provider(table, "localhost", 11434)).isEqualTo("ollama");
    assertThat(provider(table, "127.0.0.1", 11434)).isEqualTo("ollama");
    assertThat(provider(table, "[::1]", 11434)).isEqualTo("ollama");
    assertThat(table.handles("localhost", 8080)).isFalse();
    assertThat(table.handles("example.org", 11434)).isFalse();
    assertThat(table.handles("api.openai.com", 11434)).isFalse();
  }

  @Test
  void aConfiguredNameMatchesAnyPortAndANameWithPortOnlyThatOne() {
    HostTable own =
        new HostTable(
            Map.of("vllm", List.of("llm.internal", "gpu"), "tgi", List.of("LLM.internal:9000")));
    assertThat(provider(own, "llm.internal", 8000)).isEqualTo("vllm");
    assertThat(provider(own, "LLM.Internal.", -1)).isEqualTo("vllm");
    assertThat(provider(own, "llm.internal", 9000)).isEqualTo("tgi");
    assertThat(provider(own, "gpu", 1)).isEqualTo("vllm");
    assertThat(own.handles("other.internal", 8000)).isFalse();
    assertThat(own.handles("x.llm.internal", 8000)).isFalse();
  }

  @Test
  void aConfiguredHostWinsOverTheCatalogue() {
    HostTable own =
        new HostTable(
            Map.of("mine", List.of("localhost:11434", "api.openai.com", "a.example:443")));
    assertThat(provider(own, "localhost", 11434)).isEqualTo("mine");
    assertThat(provider(own, "api.openai.com", -1)).isEqualTo("mine");
    assertThat(provider(own, "127.0.0.1", 11434)).isEqualTo("ollama");
    assertThat(own.handles("a.example", -1)).isTrue();
    assertThat(own.handles("a.example", 8443)).isFalse();
  }

  @Test
  void whatIsNoHostNameIsLeftOut() {
    HostTable own =
        new HostTable(
            Map.of("x", List.of("", "*.com", "a:b", "a:0", "a:99999", "http://b.example", "{c}")));
    assertThat(own.handles("openai.com", -1)).isFalse();
    assertThat(own.handles("a", -1)).isFalse();
    assertThat(own.handles("b.example", -1)).isFalse();
    assertThat(own.handles("c", -1)).isFalse();
  }

  @Test
  void hostsThatVariablesGiveToSdksAreHandledBehindAllOthers() {
    HostTable own =
        HostTable.of(
            Config.OBSERVE_ONLY,
            Map.of(
                "OPENAI_BASE_URL", "http://localhost:4000/v1",
                "OPENAI_API_BASE", "https://openrouter.ai/api/v1",
                "ANTHROPIC_BASE_URL", " https://llm.example ",
                "AZURE_OPENAI_ENDPOINT", "no url"));
    assertThat(provider(own, "localhost", 4000)).isEqualTo("openai");
    assertThat(own.handles("localhost", 4001)).isFalse();
    assertThat(provider(own, "openrouter.ai", -1)).isEqualTo("openrouter");
    assertThat(provider(own, "llm.example", -1)).isEqualTo("anthropic");
    assertThat(provider(own, "llm.example", 443)).isEqualTo("anthropic");
    assertThat(own.handles("llm.example", 8443)).isFalse();
  }

  @Test
  void askingAllocatesNothing() {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    String[] hosts = {
      "example.org",
      "a.very.long.name.of.a.host.inside.the.company.example",
      "s3.us-east-1.amazonaws.com",
      "API.OPENAI.COM.",
      "bedrock-runtime.us-east-1.amazonaws.com",
      "localhost"
    };
    int rounds = 20_000;
    ask(hosts, rounds);
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    int known = ask(hosts, rounds);
    long bytes = threads.getThreadAllocatedBytes(thread) - before;
    assertThat(known).isEqualTo(2 * rounds);
    assertThat((double) bytes / (rounds * hosts.length)).isLessThanOrEqualTo(1.0);
  }

  private int ask(String[] hosts, int rounds) {
    int known = 0;
    for (int i = 0; i < rounds; i++) {
      for (String host : hosts) {
        if (table.handles(host, 443)) {
          known++;
        }
      }
    }
    return known;
  }

  private static String provider(HostTable table, String host, int port) {
    HostPattern pattern = table.find(host, port);
    return pattern == null ? "none" : pattern.provider();
  }
}
