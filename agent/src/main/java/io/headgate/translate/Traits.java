// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.Maker;
import java.util.Map;
import java.util.Set;

/**
 * What a target can do: the nature of format, provider and model in one.
 *
 * @param provider our name of it
 * @param model the target's name of it
 * @param maker who made the model
 * @param context the most tokens of input and output together; -1 if unknown
 * @param maxOutput the most tokens of output; -1 if unknown
 * @param reasoning how it is told to think
 * @param efforts the words for effort that it knows, in lower case; empty if it is told otherwise
 * @param can what it takes
 * @param maxTemperature the highest temperature that it takes
 * @param maxStops how many stop sequences it takes
 * @param ids what ids of tool calls may look like
 * @param toolNameLength the longest name of a tool
 * @param names parameters that it calls by another name, by ours: {@code seed=random_seed}
 * @param budgets what it may spend on thinking where it is told a number
 */
public record Traits(
    String provider,
    String model,
    Maker maker,
    long context,
    long maxOutput,
    ReasoningStyle reasoning,
    Set<String> efforts,
    Set<Feature> can,
    double maxTemperature,
    int maxStops,
    IdRule ids,
    int toolNameLength,
    Map<String, String> names,
    Budgets budgets) {

  public Traits {
    efforts = Set.copyOf(efforts);
    can = Set.copyOf(can);
    names = Map.copyOf(names);
  }

  /** Of a target whose budgets for thinking are not known. */
  public Traits(
      String provider,
      String model,
      Maker maker,
      long context,
      long maxOutput,
      ReasoningStyle reasoning,
      Set<String> efforts,
      Set<Feature> can,
      double maxTemperature,
      int maxStops,
      IdRule ids,
      int toolNameLength,
      Map<String, String> names) {
    this(
        provider,
        model,
        maker,
        context,
        maxOutput,
        reasoning,
        efforts,
        can,
        maxTemperature,
        maxStops,
        ids,
        toolNameLength,
        names,
        Budgets.ANY);
  }

  /** Whether it takes something. */
  public boolean can(Feature feature) {
    return can.contains(feature);
  }

  /** What the target calls a parameter. */
  public String name(String ours) {
    return names.getOrDefault(ours, ours);
  }

  /** The same target with other abilities. */
  public Traits with(ReasoningStyle reasoning, Set<Feature> can) {
    return new Traits(
        provider,
        model,
        maker,
        context,
        maxOutput,
        reasoning,
        efforts,
        can,
        maxTemperature,
        maxStops,
        ids,
        toolNameLength,
        names,
        budgets);
  }

  /**
   * What may be spent on thinking, in tokens.
   *
   * @param least the smallest budget but none at all; whether none is possible is {@link
   *     Feature#REASONING_OFF}
   * @param most the largest one
   */
  public record Budgets(long least, long most) {
    public static final Budgets ANY = new Budgets(0, Long.MAX_VALUE);
  }

  /** How a model is told how much to think. */
  public enum ReasoningStyle {
    /** Not at all. */
    NONE,
    /** By a word ({@code reasoning_effort}). */
    EFFORT,
    /** Claude up to 4.5: a budget of tokens. */
    BUDGET,
    /** Claude from 4.6 on: as it sees fit, by a word for effort. */
    ADAPTIVE,
    /** Gemini 2.5: a budget of tokens. */
    GEMINI_BUDGET,
    /** Gemini 3 and later: a level. */
    GEMINI_LEVEL,
    /** On or off: Ollama's {@code think}, Cohere's {@code thinking}. */
    SWITCH
  }

  /** What ids of tool calls may look like. */
  public enum IdRule {
    ANY,
    /** At most 40 characters: OpenAI. */
    SHORT,
    /** At most 64 of letters, digits, {@code _} and {@code -}: Anthropic, Bedrock, Responses. */
    WORD,
    /** Nine letters and digits: Mistral. */
    NINE
  }

  /** What a target may take or not. */
  public enum Feature {
    STREAM,
    TOOLS,
    /** That some tool has to be called. */
    TOOL_CHOICE,
    /** That no tool may be called although there are some. */
    NO_TOOL,
    /** That only some of the tools may be called. */
    ALLOWED_TOOLS,
    /** Calls in the history of a conversation that has no tools. */
    UNDECLARED_TOOLS,
    /** That this tool has to be called. */
    NAMED_TOOL,
    /** Whether several calls may come at once. */
    PARALLEL_SWITCH,
    STRICT_TOOLS,
    /** Any JSON object. */
    JSON,
    /** JSON of a schema. */
    SCHEMA,
    /** JSON, of a schema or not, while there are tools. */
    FORMAT_WITH_TOOLS,
    /** Any JSON object, although nobody says so in words. */
    JSON_UNPROMPTED,
    IMAGES,
    /** Images by URL, which the provider fetches. */
    IMAGE_URLS,
    DOCUMENTS,
    DOCUMENT_URLS,
    /** Documents that are plain text. */
    TEXT_DOCUMENTS,
    /** Documents that are neither PDF nor plain text. */
    OFFICE_DOCUMENTS,
    /** {@code gs://}. */
    GOOGLE_STORAGE,
    /** {@code s3://}. */
    AMAZON_STORAGE,
    AUDIO,
    VIDEO,
    /** Images within the result of a tool. */
    TOOL_RESULT_IMAGES,
    /** The user right after the results of tools, rather than after what the assistant says. */
    USER_AFTER_RESULTS,
    /** Instructions before a conversation. */
    SYSTEM,
    /** Instructions in the middle of a conversation. */
    SYSTEM_TURNS,
    /** … wherever they are, rather than only after a turn of the user. */
    SYSTEM_ANYWHERE,
    /** Instructions and nothing else. */
    SYSTEM_ONLY,
    /** Conversations that the assistant begins. */
    ASSISTANT_FIRST,
    /** Conversations that end with what the assistant says. */
    PREFILL,
    /** What it thought before. */
    THINKING_HISTORY,
    /** What it declined before, as such. */
    REFUSALS,
    /** Neighbours to thinking: a temperature, {@code top_k}, a small {@code top_p}. */
    SAMPLING_WHILE_THINKING,
    /** That a tool has to be called after thinking. */
    FORCED_TOOL_WHILE_THINKING,
    MAX_TOKENS,
    /** Nothing without {@code max_tokens}. */
    MAX_TOKENS_REQUIRED,
    /** Less than 16 tokens of output. */
    SHORT_OUTPUT,
    TEMPERATURE,
    TOP_P,
    /** {@code top_p} beside a temperature. */
    TOP_P_WITH_TEMPERATURE,
    TOP_K,
    STOP,
    /** Stop sequences of white space. */
    BLANK_STOPS,
    SEED,
    PENALTIES,
    LOGPROBS,
    /** Several answers at once. */
    CHOICES,
    LOGIT_BIAS,
    /** Marks up to where to cache. */
    CACHE_MARKS,
    /** … on tools, too. */
    TOOL_CACHE_MARKS,
    /** … for an hour, rather than for five minutes only. */
    HOUR_CACHE_MARKS,
    CACHE_KEY,
    SERVICE_TIER,
    METADATA,
    USER,
    /** {@code stream_options.include_usage}. */
    STREAM_OPTIONS,
    /** {@code max_completion_tokens} rather than {@code max_tokens}. */
    MAX_COMPLETION_TOKENS,
    /** {@code developer} rather than {@code system}. */
    DEVELOPER_ROLE,
    /** How much to think, while there are tools. */
    REASONING_WITH_TOOLS,
    /** Calls before the last turn need a thought before them, if only an empty one. */
    CALL_THOUGHTS,
    /** A model that thinks can be told not to. */
    REASONING_OFF
  }
}
