// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Maker;
import io.headgate.chat.WireFormat;
import io.headgate.translate.Traits.Feature;
import io.headgate.translate.Traits.ReasoningStyle;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraitsCatalogTest {

  private final TraitsCatalog catalog = new TraitsCatalog();

  @ParameterizedTest
  @CsvSource({
    "ANTHROPIC, anthropic, claude-opus-5, ANTHROPIC, 1000000, 128000, ADAPTIVE",
    "ANTHROPIC, anthropic, claude-opus-4-6, ANTHROPIC, 1000000, 128000, ADAPTIVE",
    "ANTHROPIC, anthropic, claude-sonnet-4-5-20250929, ANTHROPIC, 200000, 64000, BUDGET",
    "ANTHROPIC, anthropic, claude-haiku-4-5, ANTHROPIC, 200000, 64000, BUDGET",
    "ANTHROPIC, anthropic, claude-opus-4-1-20250805, ANTHROPIC, 200000, 32000, BUDGET",
    "ANTHROPIC, anthropic, claude-opus-4-20250514, ANTHROPIC, 200000, 32000, BUDGET",
    "ANTHROPIC, anthropic, claude-sonnet-4-20250514, ANTHROPIC, 200000, 64000, BUDGET",
    "ANTHROPIC, anthropic, claude-3-7-sonnet-latest, ANTHROPIC, 200000, 64000, BUDGET",
    "ANTHROPIC, anthropic, claude-3-5-sonnet-20241022, ANTHROPIC, 200000, 8192, NONE",
    "ANTHROPIC, anthropic, claude-3-haiku-20240307, ANTHROPIC, 200000, 4096, NONE",
    "ANTHROPIC, vertex, claude-sonnet-4-5@20250929, ANTHROPIC, 200000, 64000, BUDGET",
    "BEDROCK, bedrock, us.anthropic.claude-sonnet-4-5-20250929-v1:0, ANTHROPIC, 200000, 64000,"
        + " BUDGET",
    "BEDROCK, bedrock, us.anthropic.claude-sonnet-4-5-20250929-v1%3A0, ANTHROPIC, 200000, 64000,"
        + " BUDGET",
    "BEDROCK, bedrock, global.anthropic.claude-opus-4-7, ANTHROPIC, 1000000, 128000, ADAPTIVE",
    "BEDROCK, bedrock,"
        + " arn:aws:bedrock:us-east-1:1:inference-profile/eu.anthropic.claude-opus-4-6-v1,"
        + " ANTHROPIC, 1000000, 128000, ADAPTIVE",
    "BEDROCK, bedrock,"
        + " arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0,"
        + " ANTHROPIC, 200000, 4096, NONE",
    "BEDROCK, bedrock, us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0, ANTHROPIC, 200000, 64000,"
        + " BUDGET",
    "BEDROCK, bedrock, amazon.nova-micro-v1:0, OTHER, 128000, 5000, NONE",
    "BEDROCK, bedrock, us.amazon.nova-2-lite-v1:0, OTHER, 1000000, 65536, EFFORT",
    "BEDROCK, bedrock, openai.gpt-oss-120b-1:0, OTHER, 131072, 131072, EFFORT",
    "BEDROCK, bedrock, us.deepseek.r1-v1:0, OTHER, 131072, 32768, NONE",
    "OPENAI, openrouter, anthropic/claude-sonnet-4.5, ANTHROPIC, 200000, 64000, EFFORT",
    "OPENAI, openrouter, anthropic/claude-3.7-sonnet:thinking, ANTHROPIC, 200000, 64000, EFFORT",
    "OPENAI, databricks, databricks-claude-sonnet-4-5, ANTHROPIC, 200000, 64000, EFFORT",
    "OPENAI, openai, gpt-3.5-turbo, OPENAI, 16385, 4096, NONE",
    "OPENAI, openai, gpt-4, OPENAI, 8192, 8192, NONE",
    "OPENAI, openai, gpt-4-turbo-2024-04-09, OPENAI, 128000, 4096, NONE",
    "OPENAI, openai, gpt-4o-mini, OPENAI, 128000, 16384, NONE",
    "OPENAI, openai, gpt-4o-2024-05-13, OPENAI, 128000, 4096, NONE",
    "OPENAI, openai, gpt-4.1-nano, OPENAI, 1047576, 32768, NONE",
    "OPENAI, openai, ft:gpt-4o-mini-2024-07-18:acme::abc, OPENAI, 128000, 16384, NONE",
    "OPENAI, openai, gpt-5, OPENAI, 400000, 128000, EFFORT",
    "OPENAI, openai, gpt-5-chat-latest, OPENAI, 128000, 16384, NONE",
    "OPENAI, openai, gpt-5.4, OPENAI, 1050000, 128000, EFFORT",
    "OPENAI, openai, o3-mini, OPENAI, 200000, 100000, EFFORT",
    "OPENAI, openai, o1-mini, OPENAI, 128000, 65536, NONE",
    "OPENAI_RESPONSES, openai, o4-mini-2025-04-16, OPENAI, 200000, 100000, EFFORT",
    "OPENAI, azure, my-deployment, OPENAI, -1, -1, NONE",
    "OPENAI, groq, openai/gpt-oss-20b, OTHER, 131072, 131072, EFFORT",
    "GEMINI, gemini, gemini-1.5-pro-002, GOOGLE, 2097152, 8192, NONE",
    "GEMINI, gemini, gemini-2.0-flash, GOOGLE, 1048576, 8192, NONE",
    "GEMINI, gemini, models/gemini-2.5-pro, GOOGLE, 1048576, 65536, GEMINI_BUDGET",
    "GEMINI, vertex, publishers/google/models/gemini-2.5-flash-lite, GOOGLE, 1048576, 65536,"
        + " GEMINI_BUDGET",
    "GEMINI, gemini, gemini-3.1-pro-preview, GOOGLE, 1048576, 65536, GEMINI_LEVEL",
    "GEMINI, gemini, gemini-9-flash, GOOGLE, 1048576, 65536, GEMINI_LEVEL",
    "GEMINI, gemini, gemma-3-27b-it, OTHER, 131072, -1, NONE",
    "COHERE, cohere, command-a-03-2025, OTHER, 256000, 8192, NONE",
    "COHERE, cohere, command-a-reasoning-08-2025, OTHER, 256000, 32000, SWITCH",
    "OLLAMA, ollama, llama3.1:8b, OTHER, 131072, -1, NONE",
    "OLLAMA, ollama, llama3:8b, OTHER, 8192, -1, NONE",
    "OLLAMA, ollama, qwen3:8b, OTHER, 131072, -1, SWITCH",
    "OLLAMA, ollama, gpt-oss:20b, OTHER, 131072, 131072, SWITCH",
    "OPENAI, mistral, mistral-large-2512, OTHER, 256000, -1, NONE",
    "OPENAI, workers-ai, @cf/meta/llama-3.3-70b-instruct-fp8-fast, OTHER, 131072, -1, NONE",
    "OPENAI, fireworks, accounts/fireworks/models/llama-v3p1-8b-instruct, OTHER, -1, -1, NONE",
    "OPENAI, together, meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo, OTHER, 131072, -1, NONE",
    "OPENAI, deepseek, deepseek-chat, OTHER, 131072, 8192, NONE",
    "OPENAI, moonshot, kimi-k2-0905-preview, OTHER, 262144, -1, NONE",
    "OPENAI, zai, glm-4.6, OTHER, 200000, -1, NONE",
    "OPENAI, xai, grok-4, OTHER, 256000, -1, NONE",
    "OPENAI, vllm, something-of-our-own, OTHER, -1, -1, NONE",
    "ANTHROPIC, deepseek, deepseek-v4-pro, OTHER, 1000000, 384000, BUDGET",
  })
  void aModelIsKnownByWhateverNameItHasThere(
      WireFormat format,
      String provider,
      String model,
      Maker maker,
      long context,
      long output,
      ReasoningStyle reasoning) {
    Traits traits = catalog.of(format, provider, model);

    assertThat(traits.maker()).isEqualTo(maker);
    assertThat(traits.context()).isEqualTo(context);
    assertThat(traits.maxOutput()).isEqualTo(output);
    assertThat(traits.reasoning()).isEqualTo(reasoning);
    assertThat(traits.model()).isEqualTo(model);
    assertThat(traits.provider()).isEqualTo(provider);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Section by section: what a format has no place for.
        "OPENAI | openai | gpt-4o | images system_turns max_completion_tokens logit_bias seed"
            + " choices schema cache_key stop | metadata developer_role top_k cache_marks video"
            + " tool_result_images document_urls max_tokens_required thinking_history audio",
        "OPENAI_RESPONSES | openai | gpt-4.1 | tool_result_images document_urls logprobs | stop"
            + " seed penalties choices logit_bias audio short_output stream_options",
        "ANTHROPIC | anthropic | claude-sonnet-4-5 | schema top_k cache_marks max_tokens_required"
            + " text_documents temperature prefill | json seed penalties logprobs choices"
            + " logit_bias audio top_p_with_temperature system_turns",
        "GEMINI | gemini | gemini-2.5-flash | audio video top_k seed choices reasoning_off"
            + " blank_stops json_unprompted | system_turns assistant_first logit_bias user"
            + " cache_marks format_with_tools google_storage parallel_switch",
        "BEDROCK | bedrock | anthropic.claude-sonnet-4-5-20250929-v1:0 | documents office_documents"
            + " amazon_storage schema cache_marks named_tool | no_tool image_urls system_turns"
            + " assistant_first seed json video",
        "COHERE | cohere | command-a-03-2025 | seed top_k schema tool_choice | named_tool"
            + " image_urls choices logit_bias images parallel_switch format_with_tools",
        "OLLAMA | ollama | llava:7b | images schema top_k seed | tools tool_choice image_urls user",
        // What models cannot do.
        "ANTHROPIC | anthropic | claude-opus-4-7 | schema tools | temperature top_p top_k prefill"
            + " system_turns",
        "ANTHROPIC | anthropic | claude-opus-4-8 | system_turns | temperature system_anywhere",
        "ANTHROPIC | anthropic | claude-opus-4-6 | temperature top_k | prefill system_turns",
        "ANTHROPIC | anthropic | claude-sonnet-4-20250514 | prefill | schema strict_tools",
        "ANTHROPIC | anthropic | claude-opus-4-1 | schema | top_p_with_temperature",
        "ANTHROPIC | anthropic | claude-3-opus-20240229 | images tools | schema documents",
        "BEDROCK | bedrock | us.anthropic.claude-opus-4-8 | tools | schema temperature",
        "OPENAI | openai | gpt-5.2 | tools reasoning_off | temperature top_p penalties logprobs",
        "OPENAI | openai | gpt-5 | tools | reasoning_off temperature stop",
        "OPENAI | openai | o3 | tools developer_role | stop temperature parallel_switch",
        "OPENAI | openai | o1-mini | max_completion_tokens | system tools images developer_role",
        "OPENAI | openai | gpt-4o-audio-preview | audio | images schema",
        "OPENAI | openai | gpt-3.5-turbo | json tools | schema images",
        "GEMINI | gemini | gemini-2.5-pro | tools | reasoning_off tool_result_images",
        "GEMINI | gemini | gemini-3-flash-preview | format_with_tools tool_result_images |"
            + " reasoning_off",
        "GEMINI | gemini | gemma-3-27b-it | images | system tools",
        "BEDROCK | bedrock | amazon.nova-micro-v1:0 | tools | images documents video schema",
        "BEDROCK | bedrock | amazon.nova-pro-v1:0 | images video tools | schema",
        "BEDROCK | bedrock | meta.llama3-3-70b-instruct-v1:0 | tools | tool_choice cache_marks",
        "OPENAI | xai | grok-4 | tools | stop penalties",
        "OLLAMA | ollama | llama3.1:8b | tools | images",
        "OLLAMA | ollama | qwen2.5vl:7b | images tools | image_urls",
        // Section 2.8: what providers refuse or add.
        "OPENAI | mistral | mistral-large-latest | tools seed | stream_options logprobs user"
            + " prefill",
        "OPENAI | deepseek | deepseek-chat | json tools thinking_history | schema images seed"
            + " choices",
        "OPENAI | deepseek | deepseek-reasoner | json | temperature named_tool tool_choice",
        "OPENAI | groq | llama-3.3-70b-versatile | seed service_tier | logprobs logit_bias choices",
        "OPENAI | perplexity | sonar-pro | images schema | tools seed assistant_first system_turns",
        "OPENAI | cerebras | llama3.1-8b | seed tools | penalties logit_bias choices images",
        "OPENAI | openrouter | google/gemini-2.5-pro | top_k cache_marks | max_completion_tokens",
        "OPENAI | workers-ai | @cf/openai/gpt-oss-120b | tools | named_tool choices image_urls",
        "OPENAI | vllm | mine | tools images top_k logit_bias | documents cache_key",
        "GEMINI | vertex | gemini-2.5-flash | google_storage metadata | amazon_storage",
        "OPENAI | azure | my-gpt | tools images temperature max_completion_tokens | top_k",
      })
  void whatCannotBeDoneIsKnown(
      WireFormat format, String provider, String model, String can, String cannot) {
    Traits traits = catalog.of(format, provider, model);

    assertThat(traits.can()).contains(features(can)).doesNotContain(features(cannot));
  }

  private static Feature[] features(String words) {
    String[] names = words.toUpperCase(Locale.ROOT).split(" ");
    Feature[] features = new Feature[names.length];
    for (int i = 0; i < names.length; i++) {
      features[i] = Feature.valueOf(names[i]);
    }
    return features;
  }

  @Test
  void namesOfManyModelsDoNotFillTheMemory() {
    for (int i = 0; i < 2_000; i++) {
      catalog.of(WireFormat.OPENAI, "vllm", "model-" + i);
    }

    Traits first = catalog.of(WireFormat.OPENAI, "vllm", "kept");
    assertThat(catalog.of(WireFormat.OPENAI, "vllm", "kept")).isSameAs(first);
    Traits gone = catalog.of(WireFormat.OPENAI, "vllm", "model-0");
    for (int i = 0; i < 600; i++) {
      catalog.of(WireFormat.OPENAI, "vllm", "other-" + i);
    }
    assertThat(catalog.of(WireFormat.OPENAI, "vllm", "model-0")).isNotSameAs(gone).isEqualTo(gone);
  }
}
