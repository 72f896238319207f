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
 * What has to be changed in a request of Chat Completions before a provider gets it that copied the
 * format, but not all of it: single members, the rest stays byte for byte.
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
  private final Traits traits;

  private Adaptation(Traits traits) {
    this.traits = traits;
  }

  /**
   * The edits that a body needs; empty ones if it needs none, or is none that is known.
   *
   * @param refused what the target has refused before, in its own words
   */
  static BodyEdits of(WireFormat format, byte[] body, Traits traits, List<String> refused) {
    Adaptation adaptation = new Adaptation(traits);
    adaptation.removed.addAll(refused);
    Map<String, @Nullable Object> members =
        format == WireFormat.OPENAI ? Nodes.map(JsonTree.exact(body)) : null;
    if (members != null) {
      adaptation.adapt(members);
    }
    return new BodyEdits(null, null, adaptation.set, Map.of(), new ArrayList<>(adaptation.removed));
  }

  private void adapt(Map<String, @Nullable Object> members) {
    boolean output = traits.can(Feature.MAX_COMPLETION_TOKENS);
    if (!output) {
      rename(members, MOST_OUTPUT, MOST);
    } else if (traits.reasoning() == ReasoningStyle.EFFORT) {
      rename(members, MOST, MOST_OUTPUT);
    }
    rename(members, "seed", traits.name("seed"));
    OPTIONAL.forEach(
        (name, feature) -> {
          if (members.containsKey(name) && !traits.can(feature)) {
            removed.add(name);
          }
        });
    if (members.containsKey("reasoning_effort") && traits.reasoning() == ReasoningStyle.NONE) {
      removed.add("reasoning_effort");
    }
  }

  private void rename(Map<String, @Nullable Object> members, String name, String other) {
    if (members.containsKey(name) && !name.equals(other) && !other.isEmpty()) {
      removed.add(name);
      if (!members.containsKey(other) && (!name.equals("seed") || traits.can(Feature.SEED))) {
        set.put(other, members.get(name));
      }
    }
  }
}
