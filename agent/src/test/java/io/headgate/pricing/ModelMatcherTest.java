// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelMatcherTest {

  private final ModelMatcher matcher = new ModelMatcher(new PriceLists());

  @ParameterizedTest
  @CsvSource({
    // as listed, in any case and with blanks around
    "openai, gpt-4o-mini, gpt-4o-mini",
    "openai, ' GPT-4o-Mini ', gpt-4o-mini",
    // further names
    "openai, gpt-4o-mini-2024-07-18, gpt-4o-mini",
    "openai, gpt-4o-2024-05-13, gpt-4o-2024-05-13",
    // resource paths
    "gemini, models/gemini-2.5-pro, gemini-2.5-pro",
    "vertex, publishers/google/models/gemini-2.5-pro, gemini-2.5-pro",
    "vertex, projects/p/locations/l/publishers/google/models/gemini-2.5-pro, gemini-2.5-pro",
    "vertex, publishers/meta/models/llama-3.3-70b-instruct-maas, meta/llama-3.3-70b-instruct-maas",
    "vertex, publishers/zai-org/models/glm-5-maas, zai-org/glm-5-maas",
    "bedrock, anthropic.claude-3-haiku-20240307-v1%3A0, anthropic.claude-3-haiku-20240307-v1:0",
    "bedrock, arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0, amazon.nova-lite-v1:0",
    "bedrock, arn:aws:bedrock:us-east-1:1:inference-profile/eu.amazon.nova-lite-v1:0, eu.amazon.nova-lite-v1:0",
    // versions
    "vertex, claude-sonnet-4-5@20250929, claude-sonnet-4-5",
    "vertex, claude-opus-4-1@default, claude-opus-4-1",
    // dates
    "openai, gpt-4o-2031-01-01, gpt-4o",
    "anthropic, claude-sonnet-4-6-20310101, claude-sonnet-4-6",
    "cohere, command-a-09-2031, command-a",
    "openai, gpt-4-1231, gpt-4",
    "mistral, mistral-large-3112, mistral-large",
    // Bedrock's revisions
    "bedrock, amazon.nova-lite-v1:0:300k, amazon.nova-lite-v1:0",
    "bedrock, anthropic.claude-opus-5-v1:0, anthropic.claude-opus-5-v1",
    // latest
    "openai, o3-latest, o3",
    "anthropic, claude-3-7-sonnet, claude-3-7-sonnet-latest",
    // Bedrock's geographies, with and without prices of their own
    "bedrock, eu.anthropic.claude-opus-5, eu.anthropic.claude-opus-5",
    "bedrock, global.amazon.nova-premier-v1:0, amazon.nova-premier-v1:0",
    "bedrock, ca.amazon.nova-lite-v1:0, amazon.nova-lite-v1:0",
    // fine-tunes with prices of their own
    "openai, ft:gpt-4o-mini-2024-07-18:acme::abc123, ft:gpt-4o-mini",
    "openai, ft:gpt-4o-2024-11-20:acme::abc123, ft:gpt-4o-2024-11-20",
    // resellers
    "openrouter, openai/gpt-4o, openai/gpt-4o",
    "openrouter, openai/gpt-4o:extended, openai/gpt-4o:extended",
    // Workers AI, and Cloudflare's gateway, which is not a reseller
    "workers-ai, @cf/baai/bge-m3, @cf/baai/bge-m3",
    "cloudflare, openai/gpt-4o-mini, gpt-4o-mini",
    "cloudflare, workers-ai/@cf/baai/bge-m3, @cf/baai/bge-m3",
    "cloudflare, google-ai-studio/gemini-2.5-pro, gemini-2.5-pro",
    // kept as it is
    "fireworks, accounts/fireworks/models/deepseek-r1, accounts/fireworks/models/deepseek-r1",
    // the same list
    "anthropic-aws, claude-sonnet-4-5, claude-sonnet-4-5",
  })
  void findsTheVeryModel(String provider, String model, String expected) {
    ModelMatcher.Match match = matcher.find(provider, model, null);
    assertThat(nameOf(match)).isEqualTo(expected);
    assertThat(match.loose()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    // stages
    "openai, o4-mini-preview, o4-mini",
    "gemini, gemini-2.5-pro-exp-03-25, gemini-2.5-pro",
    "anthropic, claude-sonnet-4-5-thinking, claude-sonnet-4-5",
    // fine-tunes at the price of their base
    "openai, ft:o3:acme::abc, o3",
    "azure, gpt-4o-mini.ft-0123abc, gpt-4o-mini",
    // Bedrock's geographies cost more from Claude 4.5 on
    "bedrock, ca.anthropic.claude-opus-5, anthropic.claude-opus-5",
    // variants of a reseller
    "openrouter, openai/gpt-4o:nitro, openai/gpt-4o",
    // what a reseller does not list
    "vercel, openai/gpt-4-32k, gpt-4-32k",
    "vercel, anthropic/claude-sonnet-4.6, claude-sonnet-4-6",
    // the longest prefix at a boundary
    "openai, gpt-4o-mini-something-new, gpt-4o-mini",
    "anthropic, claude-sonnet-4-5.1, claude-sonnet-4-5",
  })
  void findsANearRelative(String provider, String model, String expected) {
    boolean tuned = provider.equals("azure");
    ModelMatcher.Match match = matcher.find(provider, tuned ? null : model, tuned ? model : null);
    assertThat(nameOf(match)).isEqualTo(expected);
    assertThat(match.loose()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "openai, my-gpt-4o",
    "openai, gpt-4oo",
    "openai, claude-sonnet-4-5",
    "openai, openai/gpt-4o",
    "cohere, command-unheard-of",
    "bedrock, arn:aws:bedrock:us-east-1:1:application-inference-profile/abc",
    "bedrock, arn:aws:bedrock:us-east-1:1:custom-model/amazon.nova-lite-v1:0/x",
    "vertex, projects/p/locations/l/endpoints/123",
    "gemini, tunedModels/mine-abc",
    "openrouter, nobody/nothing",
    "ollama, llama3.1",
    "nobody, gpt-4o",
    "openai, -",
    "openai, ''",
    "openai, ft:",
    "openai, %zz",
    "openai, '@'",
  })
  void findsNothing(String provider, String model) {
    assertThat(matcher.find(provider, model, null)).isNull();
  }

  @Test
  void newestOfALineIsTheOneReleasedLast() {
    ModelMatcher.Match match = matcher.find("mistral", "ministral-latest", null);
    assertThat(match).isNotNull();
    assertThat(nameOf(match)).startsWith("ministral-");
    assertThat(match.loose()).isTrue();
  }

  @Test
  void theAnswersModelDecides() {
    assertThat(name("openai", "chatgpt", "gpt-4o-2024-05-13")).isEqualTo("gpt-4o-2024-05-13");
    assertThat(name("openai", "gpt-4o", "gpt-4o-mini-2024-07-18")).isEqualTo("gpt-4o-mini");
    assertThat(name("openai", null, "gpt-4o")).isEqualTo("gpt-4o");
    // What Bedrock was asked for names no model; the answer does, be it as a resource.
    String account = "arn:aws:bedrock:us-east-1:123456789012:";
    assertThat(
            name(
                "bedrock",
                account + "application-inference-profile/abc",
                "claude-3-5-sonnet-20241022"))
        .isEqualTo("claude-3-5-sonnet-20241022");
    assertThat(
            name(
                "bedrock",
                account + "default-prompt-router/anthropic.claude:1",
                account + "inference-profile/us.anthropic.claude-3-5-haiku-20241022-v1:0"))
        .isEqualTo("us.anthropic.claude-3-5-haiku-20241022-v1:0");
  }

  @Test
  void theRequestsModelDecidesWhereItIsMoreSpecific() {
    assertThat(name("openai", "gpt-4o-2024-05-13", "gpt-4o")).isEqualTo("gpt-4o-2024-05-13");
    assertThat(name("bedrock", "eu.anthropic.claude-opus-5", "claude-opus-5"))
        .isEqualTo("eu.anthropic.claude-opus-5");
    assertThat(name("openai", "ft:gpt-4o-mini-2024-07-18:o::i", "gpt-4o-mini-2024-07-18"))
        .isEqualTo("ft:gpt-4o-mini");
  }

  @Test
  void theRequestsModelIsAGuessWhereTheAnswersIsUnknown() {
    ModelMatcher.Match match = matcher.find("openai", "gpt-4o", "zebra");
    assertThat(nameOf(match)).isEqualTo("gpt-4o");
    assertThat(match.loose()).isTrue();
  }

  @Test
  void azureDeploymentsArePricedByTheAnswer() {
    assertThat(name("azure", "prod", "gpt-4o-2024-08-06")).contains("gpt-4o");
    ModelMatcher.Match answered = matcher.find("azure", "prod", "gpt-4o-mini-2024-07-18");
    assertThat(answered).isNotNull();
    assertThat(answered.loose()).isFalse();
    ModelMatcher.Match named = matcher.find("azure", "gpt-4o-mini", null);
    assertThat(named).isNotNull();
    assertThat(named.loose()).isTrue();
    assertThat(matcher.find("azure", "gpt-4o-mini-prod", null)).isNull();
  }

  @Test
  void azuresTwoKindsOfHostShareWhatOneOfThemLists() {
    ModelMatcher.Match match = matcher.find("azure", null, "phi-4");
    assertThat(nameOf(match)).isEqualTo("phi-4");
  }

  @Test
  void freeVariantsCostNothing() {
    ModelMatcher.Match match = matcher.find("openrouter", "qwen/qwen3-coder:free", null);
    assertThat(match).isNotNull();
    assertThat(match.free()).isTrue();
  }

  @Test
  void onlineVariantsSearch() {
    ModelMatcher.Match match = matcher.find("openrouter", "openai/gpt-4o:online", "openai/gpt-4o");
    assertThat(nameOf(match)).isEqualTo("openai/gpt-4o");
    assertThat(match.searches()).isTrue();
  }

  private String name(String provider, @Nullable String asked, @Nullable String served) {
    return nameOf(matcher.find(provider, asked, served));
  }

  private static String nameOf(ModelMatcher.@Nullable Match match) {
    assertThat(match).isNotNull();
    return match.line().substring(0, match.line().indexOf('\t'));
  }
}
