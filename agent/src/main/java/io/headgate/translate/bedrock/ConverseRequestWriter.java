// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.Sampling;
import io.headgate.chat.Turn;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes the body of a request of Converse. */
final class ConverseRequestWriter {

  /** What labels may be made of, and how many there may be. */
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z0-9\\s:_@$#=/+,.-]{0,256}");

  private static final int MOST_LABELS = 16;

  private static final Set<String> TIERS = Set.of("priority", "flex", "reserved");

  private final Traits traits;
  private final Notes notes;
  private final ConversePartWriter parts;

  ConverseRequestWriter(Traits traits, Notes notes) {
    this.traits = traits;
    this.notes = notes;
    this.parts = new ConversePartWriter(traits, notes);
  }

  Map<String, @Nullable Object> write(ChatRequest request) {
    Map<String, @Nullable Object> body = Nodes.object("messages", messages(request.turns()));
    put(body, "system", system(request));
    ConverseExtrasWriter extras = new ConverseExtrasWriter(request, traits, notes);
    put(body, "inferenceConfig", inference(request.sampling(), extras));
    put(
        body,
        "toolConfig",
        new ConverseToolsWriter(traits, notes).write(request, extras.chooses()));
    put(body, "additionalModelRequestFields", extras.fields());
    if (traits.maker() == Maker.ANTHROPIC && !request.sampling().stop().isEmpty()) {
      body.put("additionalModelResponseFieldPaths", Nodes.array(ConverseStops.SEQUENCE_PATH));
    }
    put(body, "outputConfig", extras.outputConfig());
    put(body, "requestMetadata", labels(request));
    tier(request.serviceTier(), body);
    homeless(request);
    return body;
  }

  private static void put(Map<String, @Nullable Object> body, String name, @Nullable Object value) {
    if (!Nodes.empty(value)) {
      body.put(name, value);
    }
  }

  /** Turns of one side that follow each other become one message: Converse has them alternate. */
  private List<@Nullable Object> messages(List<Turn> turns) {
    List<@Nullable Object> messages = new ArrayList<>();
    Turn.Role before = Turn.Role.SYSTEM;
    List<@Nullable Object> open = new ArrayList<>();
    for (Turn turn : turns) {
      List<@Nullable Object> blocks =
          turn.role() == Turn.Role.SYSTEM ? List.of() : parts.message(turn.parts());
      if (blocks.isEmpty()) {
        continue;
      }
      if (turn.role() == before) {
        open.addAll(blocks);
      } else {
        open = blocks;
        before = turn.role();
        String role = before == Turn.Role.USER ? "user" : "assistant";
        messages.add(Nodes.object("role", role, "content", open));
      }
    }
    return messages;
  }

  private List<@Nullable Object> system(ChatRequest request) {
    List<Part> system = new ArrayList<>(request.system());
    for (Turn turn : request.turns()) {
      if (turn.role() == Turn.Role.SYSTEM) {
        system.addAll(turn.parts());
      }
    }
    return parts.system(system);
  }

  /** Claude that thinks takes no temperature but 1, which is its own, and no small {@code topP}. */
  private Map<String, @Nullable Object> inference(Sampling sampling, ConverseExtrasWriter extras) {
    Map<String, @Nullable Object> config = Nodes.object();
    boolean unlimited = extras.unlimited();
    put(config, "maxTokens", unlimited ? null : sampling.maxTokens());
    if (unlimited) {
      drop("max_tokens", sampling.maxTokens());
      drop("temperature", sampling.temperature());
      drop("top_p", sampling.topP());
    } else if (extras.thinks()) {
      drop("temperature", unlessOne(sampling.temperature()));
      drop("top_p", unlessOne(sampling.topP()));
    } else {
      put(config, "temperature", sampling.temperature());
      put(config, "topP", sampling.topP());
    }
    put(config, "stopSequences", new ArrayList<@Nullable Object>(sampling.stop()));
    return config;
  }

  private static @Nullable Object unlessOne(@Nullable BigDecimal value) {
    return value == null || value.compareTo(BigDecimal.ONE) == 0 ? null : value;
  }

  private void drop(String name, @Nullable Object value) {
    if (value != null) {
      notes.dropped(name);
    }
  }

  private Map<String, @Nullable Object> labels(ChatRequest request) {
    // In an order of its own: the same request is the same bytes.
    Map<String, String> wanted = new LinkedHashMap<>(new TreeMap<>(request.metadata()));
    if (request.user() != null && wanted.putIfAbsent("user", request.user()) != null) {
      notes.dropped("user");
    }
    Map<String, @Nullable Object> labels = Nodes.object();
    wanted.forEach(
        (name, value) -> {
          if (!name.isEmpty()
              && labels.size() < MOST_LABELS
              && LABEL.matcher(name).matches()
              && LABEL.matcher(value).matches()) {
            labels.put(name, value);
          } else {
            notes.dropped(name.equals("user") ? "user" : "metadata");
          }
        });
    return labels;
  }

  private void tier(@Nullable String tier, Map<String, @Nullable Object> body) {
    if (tier == null || tier.equals("auto") || tier.equals("default")) {
      return;
    }
    if (traits.can(Traits.Feature.SERVICE_TIER) && TIERS.contains(tier)) {
      body.put("serviceTier", Nodes.object("type", tier));
    } else {
      notes.dropped("service_tier");
    }
  }

  /** What Converse has no place for. */
  private void homeless(ChatRequest request) {
    Sampling sampling = request.sampling();
    drop("seed", sampling.seed());
    drop("frequency_penalty", effective(sampling.frequencyPenalty()));
    drop("presence_penalty", effective(sampling.presencePenalty()));
    drop("n", sampling.choices() != null && sampling.choices() > 1 ? sampling.choices() : null);
    drop("logprobs", sampling.logprobs() ? true : null);
    drop("logit_bias", sampling.logitBias().isEmpty() ? null : true);
    drop("prompt_cache_key", request.cacheKey());
  }

  private static @Nullable Object effective(@Nullable BigDecimal penalty) {
    return penalty == null || penalty.signum() == 0 ? null : penalty;
  }
}
