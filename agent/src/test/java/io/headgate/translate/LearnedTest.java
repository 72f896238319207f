// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ApiFailure.Kind;
import io.headgate.chat.WireFormat;
import io.headgate.json.JsonTree;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import io.headgate.translate.Traits.Feature;
import io.headgate.translate.Traits.ReasoningStyle;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LearnedTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        // OpenAI, Azure
        "max_tokens|unsupported_parameter|Unsupported parameter: 'max_tokens' is not supported with"
            + " this model. Use 'max_completion_tokens' instead.|max_tokens",
        "temperature|unsupported_value|Unsupported value: 'temperature' does not support 0.2 with"
            + " this model. Only the default (1) value is supported.|temperature",
        "reasoning_effort|unsupported_value|Unsupported value: 'reasoning_effort' does not support"
            + " 'minimal' with this model.|reasoning_effort",
        "reasoning.effort|unsupported_value|Unsupported value: 'low' is not supported with this"
            + " model.|reasoning.effort",
        "reasoning.summary|unsupported_value|Your organization must be verified to generate reasoning"
            + " summaries.|reasoning.summary",
        "foo|unknown_parameter|Unknown parameter: 'foo'.|foo",
        "||Unrecognized request argument supplied: safety_identifier|safety_identifier",
        "||Unsupported parameter: 'logprobs' is not supported with this model.|logprobs",
        "messages[0].role|unsupported_value|Unsupported value: 'messages[0].role' does not support"
            + " 'developer' with this model.|developer",
        "tools[0].function.strict||Unknown parameter:"
            + " 'tools[0].function.strict'.|tools.function.strict",
        "response_format||Invalid parameter: 'response_format' of type 'json_schema' is not"
            + " supported with this model.|response_format",
        // Anthropic
        "||tools.0.custom.strict: Extra inputs are not permitted|tools.custom.strict",
        "||output_config: Extra inputs are not permitted|output_config",
        "||messages.0.content.0.text.cache_control: Extra inputs are not"
            + " permitted|messages.content.text.cache_control",
        "||`temperature` is deprecated for this model.|temperature",
        "||`temperature` and `top_p` cannot both be specified for this model. Please use only"
            + " one.|temperature+top_p",
        "||`temperature` may only be set to 1 when thinking is enabled, unsupported"
            + " otherwise.|temperature",
        "||\"thinking.type.enabled\" is not supported for this model. Use"
            + " \"thinking.type.adaptive\".|thinking.type.enabled",
        // Google
        "||Invalid JSON payload received. Unknown name \"foo\" at 'generation_config': Cannot find"
            + " field.|generation_config.foo",
        "||Invalid JSON payload received. Unknown name \"seed\": Cannot find field.|seed",
        "||Logprobs is not supported for the current model|Logprobs",
        "||Penalty is not enabled for models/gemini-2.5-flash-lite|Penalty",
        // Bedrock
        "||The model returned the following errors: top_k: Extra inputs are not permitted|top_k",
        "||Malformed input request: #: extraneous key [top_k] is not permitted, please reformat"
            + " your input and try again.|top_k",
        "||This model doesn't support the stopSequences field. Remove stopSequences and try"
            + " again.|stopSequences",
        // Mistral
        "||{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"logit_bias\"],\"msg\":\"Extra"
            + " inputs are not permitted\"}]}|logit_bias",
        // Groq, Cerebras, xAI, Cohere, vLLM, Go and Rust servers
        "||property 'logit_bias' is unsupported|logit_bias",
        "validation_error|wrong_api_format|messages.1.assistant.reasoning_content: property"
            + " 'messages.1.assistant.reasoning_content' is"
            + " unsupported|messages.assistant.reasoning_content",
        "||Argument not supported on this model: presencePenalty|presencePenalty",
        "||Model grok-4 does not support parameter stop.|stop",
        "||unknown field: parameter 'top_p' is not a valid field|top_p",
        "||json: unknown field \"service_tier\"|service_tier",
        "||Failed to deserialize the JSON body: unknown field `verbosity`, expected one of"
            + " `model`|verbosity",
        "||\"llama3.1:8b\" does not support thinking|thinking",
        "||This response_format type is unavailable now|response_format",
        // What a request cannot do without, and what says something else
        "model||Unknown parameter: 'model'.|",
        "stream|unsupported_value|Unsupported value: 'stream' does not support true with this"
            + " model.|",
        "||\"llama3:8b\" does not support tools|",
        "messages[0].content[1].image_url||Unsupported parameter:"
            + " 'messages[0].content[1].image_url'.|",
        "||messages.0.content.1.source: Extra inputs are not permitted|",
        "max_tokens||max_tokens is too large: 99999. This model supports at most 16384 completion"
            + " tokens.|",
        "temperature|decimal_above_max_value|Invalid 'temperature': decimal above maximum value."
            + " Expected a value <= 2, but got 3.|",
        "||This model does not support that|",
        "||This is not supported|",
        "||Something went wrong|",
      })
  void theParameterThatIsNotTakenIsFoundInTheError(
      @Nullable String parameter, @Nullable String code, String message, @Nullable String found) {
    assertThat(Learned.refused(new ApiFailure(Kind.BAD_REQUEST, 400, message, code, parameter)))
        .isEqualTo(found);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void onlyARequestThatIsNotUnderstoodTeachesAnything(Kind kind) {
    ApiFailure failure = new ApiFailure(kind, 0, "Unsupported parameter: 'seed'", null, null);

    assertThat(Learned.refused(failure))
        .isEqualTo(kind == Kind.BAD_REQUEST || kind == Kind.UNPROCESSABLE ? "seed" : null);
  }

  @Test
  void aVeryLongMessageIsReadInNoTime() {
    String message = "unsupported " + "a.".repeat(200_000);

    assertThat(Learned.refused(new ApiFailure(Kind.BAD_REQUEST, 400, message, null, null)))
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "temperature, temperature",
    "generation_config.topP, top_p",
    "options.top_k, top_k",
    "temperature+top_p, top_p_with_temperature",
    "stopSequences, stop",
    "random_seed, seed",
    "presencePenalty, penalties",
    "responseLogprobs, logprobs",
    "logit_bias, logit_bias",
    "parallel_tool_calls, parallel_switch",
    "tools.function.strict, strict_tools",
    "response_format, schema",
    "generationConfig.responseSchema, schema",
    "messages.content.cache_control, cache_marks",
    "prompt_cache_key, cache_key",
    "service_tier, service_tier",
    "requestMetadata, metadata",
    "metadata.user_id, user",
    "stream_options, stream_options",
    "max_completion_tokens, max_completion_tokens",
    "developer, developer_role",
    "messages.reasoning_content, thinking_history",
    "messages.reasoning, thinking_history",
    "tool_choice, tool_choice",
  })
  void whatWasRefusedIsNotTakenAnyMore(String parameter, String feature) {
    Learned learned = new Learned();
    Traits everything = Fits.CLAUDE.with(ReasoningStyle.EFFORT, EnumSet.allOf(Feature.class));

    assertThat(learned.learn("anthropic", "claude-sonnet-4-5", parameter)).isTrue();
    assertThat(learned.learn("anthropic", "claude-sonnet-4-5", parameter)).isFalse();

    Traits left = learned.apply(everything);
    assertThat(left.can(Feature.valueOf(feature.toUpperCase(Locale.ROOT)))).isFalse();
    assertThat(left.reasoning()).isEqualTo(ReasoningStyle.EFFORT);
    assertThat(left.can()).hasSizeGreaterThan(everything.can().size() - 5);
    assertThat(learned.apply(Fits.OPENAI)).isSameAs(Fits.OPENAI);
  }

  @ParameterizedTest
  @CsvSource({
    "reasoning_effort",
    "reasoning.effort",
    "thinking",
    "output_config.effort",
    "generation_config.thinking_config"
  })
  void whoRefusesToBeToldToThinkIsNotTold(String parameter) {
    Learned learned = new Learned();
    learned.learn("openai", "gpt-5", parameter);

    assertThat(learned.apply(Fits.GPT_5).reasoning()).isEqualTo(ReasoningStyle.NONE);
  }

  @Test
  void aLimitIsCalledByItsOtherNameIfTheOneIsRefused() {
    Learned learned = new Learned();
    Traits vllm = Fits.CATALOG.of(WireFormat.OPENAI, "vllm", "m");
    assertThat(vllm.can(Feature.MAX_COMPLETION_TOKENS)).isFalse();

    learned.learn("vllm", "m", "max_tokens");
    assertThat(learned.apply(vllm).can(Feature.MAX_COMPLETION_TOKENS)).isTrue();
    assertThat(learned.apply(vllm).can(Feature.MAX_TOKENS)).isTrue();

    learned.learn("vllm", "m", "max_completion_tokens");
    assertThat(learned.apply(vllm).can(Feature.MAX_TOKENS)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "verbosity|{\"a\":1,\"verbosity\":\"low\"}|{\"a\":1}",
        "text.verbosity|{\"text\":{\"verbosity\":\"low\",\"b\":2}}|{\"text\":{\"b\":2}}",
        "tools.custom.eager|{\"tools\":[{\"name\":\"a\",\"eager\":true},{\"name\":\"b\",\"eager\":true}]}|{\"tools\":[{\"name\":\"a\"},{\"name\":\"b\"}]}",
        "a.b.c|{\"a\":{\"b\":[[{\"c\":1}],2]}}|{\"a\":{\"b\":[[{}],2]}}",
        // To show thoughts is not to think.
        "reasoning.summary|{\"reasoning\":{\"effort\":\"high\",\"summary\":\"auto\"}}|{\"reasoning\":{\"effort\":\"high\"}}",
        "gone|{\"a\":1}|{\"a\":1}",
        "a.b|{\"a\":1}|{\"a\":1}",
        "temperature|{\"temperature\":1}|{\"temperature\":1}",
      })
  void whatIsNoParameterOfOursIsTakenOutOfTheBody(String parameter, String body, String left) {
    Learned learned = new Learned();
    learned.learn("p", "m", parameter);
    Map<String, @Nullable Object> tree =
        Nodes.map(JsonTree.exact(body.getBytes(StandardCharsets.UTF_8)));
    assertThat(tree).isNotNull();

    learned.strip(tree, "p", "m");

    Traits told = Fits.CATALOG.of(WireFormat.OPENAI_RESPONSES, "p", "m");
    assertThat(learned.apply(told).reasoning()).isEqualTo(told.reasoning());

    assertThat(new String(JsonWriter.write(tree), StandardCharsets.UTF_8)).isEqualTo(left);
  }

  @Test
  void whatIsRememberedIsBounded() {
    Learned learned = new Learned();
    for (int i = 0; i < 1_000; i++) {
      learned.learn("openai", "gpt-5", "parameter" + i);
    }
    assertThat(learned.learn("openai", "gpt-5", "one_more")).isFalse();

    for (int i = 0; i < 1_001; i++) {
      learned.learn("openai", "model" + i, "seed");
    }
    assertThat(learned.learn("openai", "gpt-5", "one_more")).isTrue();
    assertThat(learned.learn("openai", "model1000", "seed")).isFalse();
  }
}
