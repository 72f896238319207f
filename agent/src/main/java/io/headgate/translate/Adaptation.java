// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.WireFormat;
import io.headgate.gateway.BodyEdits;
import io.headgate.json.JsonTree;
import io.headgate.json.Nodes;
import io.headgate.translate.Traits.Feature;
import io.headgate.translate.Traits.ReasoningStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has to be changed in a request before a provider gets it that speaks its format: what it has
 * refused before, and what it did not copy of Chat Completions. Single members, the rest stays byte
 * for byte.
 */
final class Adaptation {

  private static final String MOST = "max_tokens";
  private static final String MOST_OUTPUT = "max_completion_tokens";

  /** What is no loss if the target has no place for it. */
  private static final Map<String, Feature> OPTIONAL =
      Map.ofEntries(
          Map.entry("temperature", Feature.TEMPERATURE),
          Map.entry("top_p", Feature.TOP_P),
          Map.entry("seed", Feature.SEED),
          Map.entry("frequency_penalty", Feature.PENALTIES),
          Map.entry("presence_penalty", Feature.PENALTIES),
          Map.entry("logprobs", Feature.LOGPROBS),
          Map.entry("top_logprobs", Feature.LOGPROBS),
          Map.entry("logit_bias", Feature.LOGIT_BIAS),
          Map.entry("parallel_tool_calls", Feature.PARALLEL_SWITCH),
          Map.entry("prompt_cache_key", Feature.CACHE_KEY),
          Map.entry("service_tier", Feature.SERVICE_TIER),
          Map.entry("stream_options", Feature.STREAM_OPTIONS),
          Map.entry("user", Feature.USER),
          Map.entry("safety_identifier", Feature.USER));

  private final Map<String, @Nullable Object> set = new LinkedHashMap<>();
  private final Set<String> removed = new LinkedHashSet<>();
  private final WireFormat format;
  private final Traits traits;
  private final Map<String, @Nullable Object> members;

  private Adaptation(WireFormat format, Traits traits, Map<String, @Nullable Object> members) {
    this.format = format;
    this.traits = traits;
    this.members = members;
  }

  /**
   * The edits that a body needs; empty ones if it needs none, or is none that is known.
   *
   * @param refused what the target has refused before, in its own words
   */
  static BodyEdits of(WireFormat format, byte[] body, Traits traits, List<String> refused) {
    Map<String, @Nullable Object> members = Nodes.map(JsonTree.exact(body));
    if (members == null) {
      return BodyEdits.removing(List.of());
    }
    Adaptation adaptation = new Adaptation(format, traits, members);
    refused.forEach(path -> adaptation.refused(path, refused));
    if (format == WireFormat.OPENAI) {
      adaptation.copied(refused);
    }
    return new BodyEdits(null, null, adaptation.set, Map.of(), new ArrayList<>(adaptation.removed));
  }

  private void refused(String path, List<String> all) {
    switch (path) {
      case LearnedWords.TOGETHER -> together();
      case LearnedWords.DEVELOPER -> roles(format == WireFormat.OPENAI ? "messages" : "input");
      case LearnedWords.TOOLS_AND_EFFORT -> effortBesideTools();
      case MOST, MOST_OUTPUT -> {
        String other = path.equals(MOST) ? MOST_OUTPUT : MOST;
        if (format == WireFormat.OPENAI && !all.contains(other)) {
          rename(path, other);
        }
      }
      default -> {
        // An answer without end costs more than one that is refused.
        if (!LearnedWords.limit(path)) {
          removed.add(path);
        }
      }
    }
  }

  private void together() {
    Map<String, @Nullable Object> nested = Nodes.map(members, "inferenceConfig");
    if (members.containsKey("temperature") && members.containsKey("top_p")) {
      removed.add("top_p");
    } else if (nested.containsKey("temperature") && nested.containsKey("topP")) {
      removed.add("inferenceConfig.topP");
    }
  }

  private void effortBesideTools() {
    if (!Nodes.list(members.get("tools")).isEmpty()
        && !"none".equals(members.getOrDefault("reasoning_effort", "none"))) {
      removed.add("reasoning_effort");
    }
  }

  /** All formats that know the role know the older one, too. */
  private void roles(String name) {
    List<@Nullable Object> turns = Nodes.array();
    boolean found = false;
    for (Object item : Nodes.list(members.get(name))) {
      Map<String, @Nullable Object> turn = Nodes.map(item);
      boolean developer = turn != null && "developer".equals(turn.get("role"));
      if (developer) {
        turn = new LinkedHashMap<>(turn);
        turn.put("role", "system");
      }
      found |= developer;
      turns.add(developer ? turn : item);
    }
    if (found) {
      set.put(name, turns);
    }
  }

  private void copied(List<String> refused) {
    boolean output = traits.can(Feature.MAX_COMPLETION_TOKENS);
    if (!output && !refused.contains(MOST)) {
      rename(MOST_OUTPUT, MOST);
    } else if (traits.reasoning() == ReasoningStyle.EFFORT && !refused.contains(MOST_OUTPUT)) {
      rename(MOST, MOST_OUTPUT);
    }
    rename("seed", traits.name("seed"));
    Object said = set.getOrDefault("messages", members.get("messages"));
    List<@Nullable Object> messages = AdaptedMessages.of(Nodes.list(said), traits);
    if (messages != null) {
      set.put("messages", messages);
    }
    OPTIONAL.forEach(
        (name, feature) -> {
          if (members.containsKey(name) && !traits.can(feature)) {
            removed.add(name);
          }
        });
    if (members.containsKey("reasoning_effort") && traits.reasoning() == ReasoningStyle.NONE) {
      removed.add("reasoning_effort");
    } else if (!traits.can(Feature.REASONING_WITH_TOOLS)) {
      effortBesideTools();
    }
  }

  private void rename(String name, String other) {
    if (members.containsKey(name) && !name.equals(other) && !other.isEmpty()) {
      removed.add(name);
      if (!members.containsKey(other) && (!name.equals("seed") || traits.can(Feature.SEED))) {
        set.put(other, members.get(name));
      }
    }
  }
}
