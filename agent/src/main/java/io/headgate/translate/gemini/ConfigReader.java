// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Sampling;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code generationConfig}. */
final class ConfigReader {

  private ConfigReader() {}

  static void read(
      Map<String, @Nullable Object> config,
      ChatRequest.Builder chat,
      List<String> bound,
      Notes notes) {
    Sampling.Builder sampling = Sampling.builder();
    for (Map.Entry<String, @Nullable Object> member : config.entrySet()) {
      Object value = member.getValue();
      switch (member.getKey()) {
        case "maxOutputTokens" -> sampling.maxTokens = whole(value);
        case "temperature" -> sampling.temperature = Nodes.decimal(value);
        case "topP" -> sampling.topP = Nodes.decimal(value);
        case "topK" -> sampling.topK = whole(value);
        case "candidateCount" -> sampling.choices = whole(value);
        case "stopSequences" -> sampling.stop = texts(value);
        case "seed" -> sampling.seed = whole(value);
        case "presencePenalty" -> sampling.presencePenalty = Nodes.decimal(value);
        case "frequencyPenalty" -> sampling.frequencyPenalty = Nodes.decimal(value);
        case "responseLogprobs" -> sampling.logprobs = Boolean.TRUE.equals(value);
        case "logprobs" -> sampling.topLogprobs = whole(value);
        case "thinkingConfig" -> chat.reasoning = reasoning(Spelling.camel(value));
        case "responseMimeType", "responseSchema", "responseJsonSchema" -> {} // Together, below.
        case "responseModalities" -> {
          for (Object modality : Spelling.list(value)) {
            String word = Spelling.word(modality);
            if (!word.equals("TEXT") && !word.equals("MODALITY_UNSPECIFIED")) {
              bound.add("generationConfig.responseModalities " + word);
            }
          }
        }
        case "speechConfig", "imageConfig" -> {
          if (Spelling.said(value)) {
            bound.add("generationConfig." + member.getKey());
          }
        }
        default -> {
          if (Spelling.said(value)) {
            notes.dropped("generationConfig." + member.getKey());
          }
        }
      }
    }
    chat.sampling = sampling.build();
    chat.format = format(config, bound, notes);
  }

  private static OutputFormat format(
      Map<String, @Nullable Object> config, List<String> bound, Notes notes) {
    String type = Nodes.text(config.get("responseMimeType"));
    Map<String, @Nullable Object> schema = Nodes.map(config.get("responseJsonSchema"));
    Map<String, @Nullable Object> subset = Nodes.map(config.get("responseSchema"));
    if (schema == null && subset != null) {
      schema = SchemaReader.jsonSchema(subset);
    }
    switch (type) {
      case "application/json" -> {
        return schema == null
            ? OutputFormat.JSON
            : new OutputFormat(OutputFormat.Kind.SCHEMA, null, null, schema, true);
      }
      // A bare word of a list: others have nothing like it.
      case "text/x.enum" -> bound.add("generationConfig.responseMimeType text/x.enum");
      case "", "text/plain" -> {
        if (schema != null) {
          notes.dropped("generationConfig.responseSchema"); // It needs the type to count.
        }
      }
      default -> notes.dropped("generationConfig.responseMimeType");
    }
    return OutputFormat.TEXT;
  }

  private static Reasoning reasoning(Map<String, @Nullable Object> config) {
    Boolean shown = config.get("includeThoughts") instanceof Boolean said ? said : null;
    Long budget = whole(config.get("thinkingBudget"));
    Reasoning.Effort effort =
        switch (Spelling.word(config.get("thinkingLevel"))) {
          case "MINIMAL" -> Reasoning.Effort.MINIMAL;
          case "LOW" -> Reasoning.Effort.LOW;
          case "MEDIUM" -> Reasoning.Effort.MEDIUM;
          case "HIGH" -> Reasoning.Effort.HIGH;
          default -> null;
        };
    if (effort != null) {
      return new Reasoning(Reasoning.Mode.ON, effort, null, shown);
    }
    if (budget == null) {
      // Gemini thinks by itself: to see its thoughts, apps ask for nothing but to see them.
      boolean wanted = Boolean.TRUE.equals(shown);
      Reasoning.Mode mode = wanted ? Reasoning.Mode.ON : Reasoning.Mode.DEFAULT;
      return new Reasoning(mode, null, null, shown);
    }
    if (budget == 0) {
      return new Reasoning(Reasoning.Mode.OFF, null, null, shown);
    }
    // Below zero it is as much as the model sees fit.
    return new Reasoning(Reasoning.Mode.ON, null, budget < 0 ? null : budget, shown);
  }

  /** A whole number, also one that is spelled {@code 40.0} as Google's SDKs spell topK. */
  private static @Nullable Long whole(@Nullable Object value) {
    Long whole = Nodes.whole(value);
    BigDecimal decimal = whole == null ? Nodes.decimal(value) : null;
    if (decimal == null || decimal.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      return whole;
    }
    return decimal.scale() > 100 ? null : (Long) decimal.longValue();
  }

  private static List<String> texts(@Nullable Object value) {
    List<String> texts = new ArrayList<>();
    for (Object item : Spelling.list(value)) {
      if (item instanceof String text && !text.isEmpty()) {
        texts.add(text);
      }
    }
    return texts;
  }
}
