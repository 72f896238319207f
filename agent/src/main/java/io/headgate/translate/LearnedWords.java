// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.translate.Traits.Feature;
import io.headgate.translate.Traits.ReasoningStyle;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the words of all formats for parameters mean to us. */
final class LearnedWords {

  /** Not the one, but both at once. */
  static final String TOGETHER = "temperature+top_p";

  /** Not while there are tools. */
  static final String TOOLS_AND_EFFORT = "tools+reasoning_effort";

  /** The role, rather than what has it. */
  static final String DEVELOPER = "developer";

  private static final Map<String, Set<Feature>> FEATURES = new HashMap<>();
  private static final Set<String> REASONING =
      Set.of(
          "thinking",
          "think",
          "reasoning",
          "reasoningeffort",
          "effort",
          "thinkingconfig",
          "thinkingbudget",
          "thinkinglevel",
          "budgettokens",
          "reasoningconfig",
          "enablethinking");

  /** Within those: whether to show thoughts, without which one thinks as before. */
  private static final Set<String> SHOWN = Set.of("summary", "generatesummary");

  private static final Set<String> SCHEMAS =
      Set.of("schema", "responseschema", "responsejsonschema", "parameters", "inputschema");

  /** All names for how long an answer may get. */
  private static final Set<String> LIMITS =
      Set.of("maxtokens", "maxcompletiontokens", "maxoutputtokens", "numpredict");

  static {
    put(Set.of(Feature.TEMPERATURE), "temperature");
    put(Set.of(Feature.TOP_P), "topp", "p");
    put(Set.of(Feature.TOP_K), "topk", "k");
    put(Set.of(Feature.TOP_P_WITH_TEMPERATURE), "temperature+topp");
    put(Set.of(Feature.REASONING_WITH_TOOLS), "tools+reasoningeffort");
    put(Set.of(Feature.STOP), "stop", "stopsequences");
    put(Set.of(Feature.SEED), "seed", "randomseed");
    put(Set.of(Feature.PENALTIES), "frequencypenalty", "presencepenalty", "penalty");
    put(Set.of(Feature.LOGPROBS), "logprobs", "toplogprobs", "responselogprobs");
    put(Set.of(Feature.LOGIT_BIAS), "logitbias");
    put(Set.of(Feature.CHOICES), "n", "candidatecount");
    put(Set.of(Feature.PARALLEL_SWITCH), "paralleltoolcalls", "disableparalleltooluse");
    put(Set.of(Feature.STRICT_TOOLS), "strict", "stricttools");
    put(
        Set.of(Feature.SCHEMA, Feature.JSON),
        "responseformat",
        "responseschema",
        "responsejsonschema",
        "responsemimetype",
        "jsonschema",
        "textformat",
        "format");
    put(Set.of(Feature.CACHE_MARKS), "cachecontrol", "cachepoint");
    put(Set.of(Feature.CACHE_KEY), "promptcachekey");
    put(Set.of(Feature.SERVICE_TIER), "servicetier");
    put(Set.of(Feature.METADATA), "metadata", "requestmetadata");
    put(Set.of(Feature.METADATA, Feature.USER), "labels");
    put(Set.of(Feature.USER), "user", "userid", "safetyidentifier");
    put(Set.of(Feature.STREAM_OPTIONS), "streamoptions", "includeusage");
    put(Set.of(Feature.MAX_COMPLETION_TOKENS), "maxcompletiontokens");
    put(Set.of(Feature.MAX_TOKENS), "maxoutputtokens", "numpredict");
    put(Set.of(Feature.DEVELOPER_ROLE), "developer");
    put(Set.of(Feature.THINKING_HISTORY), "reasoningcontent", "reasoningdetails");
    put(
        Set.of(Feature.TOOL_CHOICE, Feature.NAMED_TOOL, Feature.NO_TOOL, Feature.ALLOWED_TOOLS),
        "toolchoice",
        "functioncallingconfig");
  }

  private LearnedWords() {}

  private static void put(Set<Feature> features, String... words) {
    for (String word : words) {
      FEATURES.put(word, features);
    }
  }

  /** A word as all formats would spell it. */
  static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /** Whether a path is that of a parameter that asks for JSON. */
  static boolean format(String path) {
    String word = word(path);
    return word != null && FEATURES.getOrDefault(word, Set.of()).contains(Feature.SCHEMA);
  }

  /** Whether a path leads into a schema of the app's. */
  static boolean withinSchema(List<String> names) {
    return names.stream().limit(names.size() - 1L).anyMatch(it -> SCHEMAS.contains(plain(it)));
  }

  /** Whether a path is that of how long an answer may get. */
  static boolean limit(String path) {
    return LIMITS.contains(plain(path.substring(path.lastIndexOf('.') + 1)));
  }

  /** Whether we know a part of a path. */
  static boolean known(String path) {
    return word(path) != null;
  }

  /** Whether what a path names goes out of bodies only: no ability of a target stands for it. */
  static boolean inBodyOnly(String path) {
    String word = word(path);
    return word == null || SHOWN.contains(word);
  }

  /** The target without what a path names; the target itself if we do not know the path. */
  static Traits without(Traits traits, String path) {
    String word = word(path);
    if (word == null) {
      return traits;
    }
    Set<Feature> can = EnumSet.noneOf(Feature.class);
    can.addAll(traits.can());
    ReasoningStyle reasoning = traits.reasoning();
    if (word.equals("maxtokens")) {
      // Refused by OpenAI's newer models, which call it otherwise.
      can.add(Feature.MAX_COMPLETION_TOKENS);
    } else if (!REASONING.contains(word)) {
      can.removeAll(FEATURES.getOrDefault(word, Set.of()));
    } else if (plain(path).startsWith("messages")) {
      can.remove(Feature.THINKING_HISTORY);
    } else {
      reasoning = ReasoningStyle.NONE;
    }
    return traits.with(reasoning, can);
  }

  /** The innermost part of a path that we know. */
  private static @Nullable String word(String path) {
    String[] names = path.split("\\.");
    int last = names.length - 1;
    boolean within = last > 0 && REASONING.contains(plain(names[last - 1]));
    if (within && SHOWN.contains(plain(names[last]))) {
      return plain(names[last]);
    }
    for (int i = names.length - 1; i >= 0; i--) {
      String word = plain(names[i]);
      if (FEATURES.containsKey(word) || REASONING.contains(word) || word.equals("maxtokens")) {
        return word;
      }
    }
    return null;
  }
}
