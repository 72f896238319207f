// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.Maker;
import io.headgate.chat.WireFormat;
import io.headgate.translate.Traits.Budgets;
import io.headgate.translate.Traits.Feature;
import io.headgate.translate.Traits.IdRule;
import io.headgate.translate.Traits.ReasoningStyle;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What targets can do, from the tables in this jar: what the format has a place for, what the
 * provider adds to it or refuses, less what the model cannot do. Of a model that is in no table all
 * is believed but that it can be told how much to think. The tables are read when first asked for.
 * Thread-safe.
 */
public final class TraitsCatalog {

  /** Targets that are remembered: an app has a handful, but names of models may come from users. */
  private static final int REMEMBERED = 500;

  private static final Set<String> ANY_EFFORT = Set.of("low", "medium", "high");

  /** All formats take names of that length. */
  private static final int SHORT_NAME = 64;

  private record Key(WireFormat format, String provider, String model) {}

  /** Loaded with its first use. */
  private static final class Tables {
    static final TraitRows FORMATS = TraitRows.load("formats.tsv");
    static final TraitRows PROVIDERS = TraitRows.load("providers.tsv");
    static final TraitRows MODELS = TraitRows.load("models.tsv");
  }

  private final Map<Key, Traits> known = new LinkedHashMap<>(16, 0.75f, true);

  public TraitsCatalog() {}

  /**
   * What a target can do.
   *
   * @param provider our name of it
   * @param model the target's name of it, as it is sent
   */
  public Traits of(WireFormat format, String provider, String model) {
    Key key = new Key(format, provider, model);
    synchronized (known) {
      Traits traits = known.get(key);
      if (traits != null) {
        return traits;
      }
    }
    Traits traits = found(format, provider, model);
    synchronized (known) {
      known.put(key, traits);
      if (known.size() > REMEMBERED) {
        known.remove(known.keySet().iterator().next());
      }
    }
    return traits;
  }

  private static Traits found(WireFormat format, String provider, String model) {
    TraitLayer base = new TraitLayer();
    Tables.FORMATS.find(base, format.name());
    TraitLayer seller = new TraitLayer();
    Tables.PROVIDERS.find(seller, provider, provider + ":" + format);
    TraitLayer made = new TraitLayer();
    String core = ModelWords.core(model);
    String spoken = provider + ":" + format.name().toLowerCase(Locale.ROOT);
    Tables.MODELS.find(made, core, provider + "/" + core, spoken + "/" + core);

    Set<Feature> can = EnumSet.noneOf(Feature.class);
    can.addAll(base.taken);
    can.addAll(seller.taken);
    can.removeAll(seller.refused);
    can.removeAll(made.refused);
    if (format == WireFormat.OPENAI && seller.taken.contains(Feature.DEVELOPER_ROLE)) {
      can.removeAll(notOf(made.maker, seller.maker));
    }
    Map<String, String> names = new HashMap<>(base.names);
    names.putAll(seller.names);
    ReasoningStyle reasoning = reasoning(format, seller.reasoning, made.reasoning);
    return new Traits(
        provider,
        model,
        first(made.maker, first(seller.maker, first(base.maker, Maker.OTHER))),
        made.context,
        made.output,
        reasoning,
        efforts(reasoning, made),
        can,
        Math.min(
            first(seller.temperature, first(base.temperature, 1.0)),
            first(made.temperature, Double.MAX_VALUE)),
        first(seller.stops, first(base.stops, 0)),
        ids(base, seller, made, format),
        first(seller.toolName, first(base.toolName, SHORT_NAME)),
        names,
        first(made.budgets, Budgets.ANY));
  }

  /**
   * The words of OpenAI's newer models that another model, or one that may be another, does not
   * know although who sells it does.
   */
  private static Set<Feature> notOf(@Nullable Maker model, @Nullable Maker seller) {
    if (model == Maker.OPENAI) {
      return Set.of();
    }
    // Instructions of the older name are understood by all.
    return model == null && seller == Maker.OPENAI
        ? Set.of(Feature.DEVELOPER_ROLE)
        : Set.of(Feature.DEVELOPER_ROLE, Feature.MAX_COMPLETION_TOKENS);
  }

  /** How a model is told in this format; nobody tells Claude of a budget in OpenAI's. */
  private static ReasoningStyle reasoning(
      WireFormat format, @Nullable ReasoningStyle told, @Nullable ReasoningStyle of) {
    ReasoningStyle its = first(of, ReasoningStyle.NONE);
    if (its == ReasoningStyle.NONE) {
      return its;
    }
    return switch (format) {
      case OPENAI, OPENAI_RESPONSES ->
          its == ReasoningStyle.SWITCH ? first(told, ReasoningStyle.NONE) : ReasoningStyle.EFFORT;
      case ANTHROPIC ->
          its == ReasoningStyle.ADAPTIVE ? ReasoningStyle.ADAPTIVE : ReasoningStyle.BUDGET;
      case GEMINI ->
          its == ReasoningStyle.GEMINI_BUDGET || its == ReasoningStyle.GEMINI_LEVEL
              ? its
              : ReasoningStyle.NONE;
      case BEDROCK -> its == ReasoningStyle.SWITCH ? ReasoningStyle.NONE : its;
      case COHERE, OLLAMA -> ReasoningStyle.SWITCH;
      case OTHER -> ReasoningStyle.NONE;
    };
  }

  private static Set<String> efforts(ReasoningStyle reasoning, TraitLayer made) {
    return switch (reasoning) {
      case EFFORT, GEMINI_LEVEL, ADAPTIVE -> made.efforts.isEmpty() ? ANY_EFFORT : made.efforts;
      case SWITCH -> made.reasoning == ReasoningStyle.EFFORT ? made.efforts : Set.of();
      case NONE, BUDGET, GEMINI_BUDGET -> Set.of();
    };
  }

  /**
   * The strictest rule of all: what fits it fits the others. A model's own is that of its chat
   * template, which its ids reach in OpenAI's format only.
   */
  private static IdRule ids(
      TraitLayer base, TraitLayer seller, TraitLayer made, WireFormat format) {
    IdRule rule = first(seller.ids, first(base.ids, IdRule.ANY));
    IdRule its = format == WireFormat.OPENAI ? first(made.ids, IdRule.ANY) : IdRule.ANY;
    return its.compareTo(rule) > 0 ? its : rule;
  }

  private static <T> T first(@Nullable T one, T other) {
    return one == null ? other : one;
  }
}
