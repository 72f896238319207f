// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Part;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Sampling;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.Turn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Requests with all that a format has a place for, in any mixture. */
final class RandomRequests {

  private final RoundTripForm form;
  private final RandomWords words;
  private final RandomSchemas schemas;
  private final ChatRequest.Builder request = ChatRequest.builder();

  RandomRequests(RoundTripForm form, Random random) {
    this.form = form;
    this.words = new RandomWords(random);
    this.schemas = new RandomSchemas(words);
  }

  ChatRequest next() {
    request.model = form.model;
    for (int i = words.between(0, 3); i > 0; i--) {
      request.tools = with(request.tools, tool(i));
    }
    request.reasoning = reasoning();
    boolean thinks = request.reasoning.mode() == Reasoning.Mode.ON;
    if (!request.tools.isEmpty()) {
      choice(thinks && form.traits().reasoning() == Traits.ReasoningStyle.BUDGET);
    }
    request.format = format();
    request.sampling = sampling(thinks);
    talk(thinks);
    request.stream = words.flip();
    request.streamUsage = request.stream;
    request.user = form.has(RoundTripLack.USER) ? words.maybe(words.word("u")) : null;
    request.cacheKey = form.has(RoundTripLack.CACHE_KEY) ? words.maybe(words.word("k")) : null;
    request.serviceTier = words.maybe(tier());
    if (form.has(RoundTripLack.METADATA) && words.flip()) {
      request.metadata = Map.of("team", words.word("t"), words.word("k"), "a b");
    }
    return request.build();
  }

  private static <T> List<T> with(List<T> list, T more) {
    List<T> longer = new ArrayList<>(list);
    longer.add(more);
    return longer;
  }

  private @Nullable String tier() {
    return switch (form) {
      case CHAT, RESPONSES -> words.any("default", "flex", "priority", "scale");
      case MESSAGES -> "standard_only";
      case GEMINI -> null;
      case CONVERSE -> words.any("priority", "flex", "reserved");
    };
  }

  private Tool tool(int number) {
    boolean said = form.has(RoundTripLack.STRICT);
    Boolean strict = said && words.flip() ? Boolean.TRUE : null;
    if (said && strict == null && form.has(RoundTripLack.LOOSE_SAID)) {
      strict = words.flip() || form.lacks(RoundTripLack.STRICT_UNSAID) ? Boolean.FALSE : null;
    }
    boolean marks = form == RoundTripForm.MESSAGES || form == RoundTripForm.CONVERSE;
    return new Tool(
        "tool_" + number,
        words.maybe(words.text(false)),
        Boolean.TRUE.equals(strict) ? schemas.closed(2) : schemas.open(),
        strict,
        marks ? new RandomParts(form, words).mark() : null);
  }

  /**
   * @param free whether no tool may have to be called
   */
  private void choice(boolean free) {
    List<ToolChoice> choices = new ArrayList<>();
    choices.add(ToolChoice.DEFAULT);
    choices.add(ToolChoice.AUTO);
    if (!free) {
      choices.add(new ToolChoice(ToolChoice.Kind.REQUIRED, List.of()));
      choices.add(ToolChoice.named(words.any(request.tools).name()));
    }
    if (form.has(RoundTripLack.NO_TOOL)) {
      choices.add(new ToolChoice(ToolChoice.Kind.NONE, List.of()));
    }
    if (form.has(RoundTripLack.CHOICE_OF_SOME)) {
      List<String> names = request.tools.stream().map(Tool::name).toList();
      choices.add(new ToolChoice(ToolChoice.Kind.AUTO, names));
      choices.add(new ToolChoice(ToolChoice.Kind.REQUIRED, names));
    }
    request.toolChoice = words.any(choices);
    ToolChoice.Kind kind = request.toolChoice.kind();
    if (form.has(RoundTripLack.PARALLEL_SAID)) {
      request.parallelTools =
          form.has(RoundTripLack.PARALLEL) ? words.any(null, true, false) : null;
    } else if (form == RoundTripForm.MESSAGES) {
      // It is a member of the choice.
      boolean place = kind != ToolChoice.Kind.DEFAULT && kind != ToolChoice.Kind.NONE;
      request.parallelTools = place ? words.maybe(false) : null;
    } else {
      // It is said in Claude's own words, which then are all of the choice.
      request.parallelTools = kind == ToolChoice.Kind.DEFAULT ? words.maybe(false) : null;
    }
  }

  private OutputFormat format() {
    if (words.flip()) {
      return OutputFormat.TEXT;
    }
    if (form.has(RoundTripLack.JSON) && words.flip()) {
      return OutputFormat.JSON;
    }
    boolean named = form.has(RoundTripLack.SCHEMA_NAMES);
    boolean always = form.lacks(RoundTripLack.UNNAMED_SCHEMAS);
    Boolean strict = true;
    if (form.has(RoundTripLack.SCHEMA_STRICT)) {
      strict = form.has(RoundTripLack.STRICT_UNSAID) ? words.any(null, true, false) : words.flip();
    }
    boolean closed = form.lacks(RoundTripLack.OPEN_SCHEMAS) || Boolean.TRUE.equals(strict);
    return new OutputFormat(
        OutputFormat.Kind.SCHEMA,
        named && (always || words.flip()) ? words.word("schema-") : null,
        named ? words.maybe(words.text(false)) : null,
        closed ? schemas.closed(2) : schemas.open(),
        strict);
  }

  private Reasoning reasoning() {
    if (words.flip()) {
      return Reasoning.DEFAULT;
    }
    if (words.once(4) && form.has(RoundTripLack.REASONING_OFF)) {
      return Reasoning.OFF;
    }
    Boolean shown = words.maybe(true);
    Reasoning.Effort[] all = Reasoning.Effort.values();
    return switch (form) {
      case CHAT -> new Reasoning(Reasoning.Mode.ON, words.any(all), null, null);
      case RESPONSES -> new Reasoning(Reasoning.Mode.ON, words.any(all), null, shown);
      // Models that are told a budget show what they think.
      case MESSAGES, CONVERSE ->
          new Reasoning(Reasoning.Mode.ON, null, (long) words.between(1024, 9000), true);
      case GEMINI -> new Reasoning(Reasoning.Mode.ON, all[words.between(0, 3)], null, shown);
    };
  }

  private Sampling sampling(boolean thinks) {
    Sampling.Builder sampling = Sampling.builder();
    sampling.maxTokens = (long) words.between(20_000, 64_000);
    if (form.has(RoundTripLack.NO_LIMIT) && !thinks) {
      sampling.maxTokens = words.any(null, 16L, 1L << 40);
    }
    if (!thinks || form.traits().reasoning() != Traits.ReasoningStyle.BUDGET) {
      // Claude takes none of these while it thinks.
      sampling.temperature = words.maybe(words.fraction());
      sampling.topP = words.maybe(words.fraction());
      sampling.topK = form.has(RoundTripLack.TOP_K) ? words.maybe(40L) : null;
    }
    if (form.has(RoundTripLack.STOP)) {
      for (int i = words.between(0, 3); i > 0; i--) {
        sampling.stop = with(sampling.stop, words.text(false));
      }
    }
    sampling.seed =
        form.has(RoundTripLack.SEED) ? words.any(null, 0L, -1L, (long) Integer.MAX_VALUE) : null;
    if (form.has(RoundTripLack.PENALTIES)) {
      sampling.frequencyPenalty = words.maybe(words.fraction().negate());
      sampling.presencePenalty = words.maybe(words.fraction());
    }
    sampling.choices = form.has(RoundTripLack.CHOICES) ? words.any(null, 2L, 5L) : null;
    if (form.has(RoundTripLack.LOGPROBS) && words.flip()) {
      sampling.logprobs = true;
      sampling.topLogprobs = words.any(null, 1L, 20L);
    }
    if (form.has(RoundTripLack.LOGIT_BIAS) && words.flip()) {
      sampling.logitBias = Map.of("1", new BigDecimal("2.50"), "50256", new BigDecimal(-100));
    }
    return sampling.build();
  }

  /** Turns of both sides in turn, of which the user's is the last. */
  private void talk(boolean thinks) {
    RandomParts parts = new RandomParts(form, words);
    request.system = words.flip() ? List.of() : parts.system();
    List<Turn> turns = new ArrayList<>();
    List<Part> said = new ArrayList<>(parts.said());
    // One of the formats has to be asked for JSON in so many words.
    said.add(new Part.Text("In JSON, please."));
    turns.add(new Turn(Turn.Role.USER, said));
    for (int i = words.between(0, 3); i > 0; i--) {
      List<Part> answered = parts.answered(request.tools, thinks);
      turns.add(new Turn(Turn.Role.ASSISTANT, answered));
      List<Part> next = parts.results(answered);
      if (next.isEmpty() || words.flip()) {
        next.addAll(parts.said());
      }
      turns.add(new Turn(Turn.Role.USER, next));
      if (form.has(RoundTripLack.SYSTEM_TURNS) && words.once(3)) {
        turns.add(new Turn(Turn.Role.SYSTEM, parts.system()));
      }
    }
    request.turns = turns;
  }
}
