// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.Maker;
import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import io.headgate.translate.Traits.Feature;
import io.headgate.translate.Traits.ReasoningStyle;
import io.headgate.translate.anthropic.MessagesDialect;
import io.headgate.translate.bedrock.ConverseDialect;
import io.headgate.translate.gemini.GeminiDialect;
import io.headgate.translate.openai.ChatDialect;
import io.headgate.translate.responses.ResponsesDialect;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** A format that apps and providers speak, with a model of its own maker's. */
enum RoundTripForm {
  CHAT(WireFormat.OPENAI, Maker.OPENAI, "gpt-5", ReasoningStyle.EFFORT),
  RESPONSES(WireFormat.OPENAI_RESPONSES, Maker.OPENAI, "gpt-5", ReasoningStyle.EFFORT),
  MESSAGES(WireFormat.ANTHROPIC, Maker.ANTHROPIC, "claude-sonnet-4-5", ReasoningStyle.BUDGET),
  GEMINI(WireFormat.GEMINI, Maker.GOOGLE, "gemini-3-flash-preview", ReasoningStyle.GEMINI_LEVEL),
  CONVERSE(
      WireFormat.BEDROCK, Maker.ANTHROPIC, "anthropic.claude-sonnet-4-5", ReasoningStyle.BUDGET);

  final WireFormat format;
  final Maker maker;
  final String model;
  private final ReasoningStyle reasoning;

  RoundTripForm(WireFormat format, Maker maker, String model, ReasoningStyle reasoning) {
    this.format = format;
    this.maker = maker;
    this.model = model;
    this.reasoning = reasoning;
  }

  CallerDialect caller() {
    return switch (this) {
      case CHAT -> new ChatDialect();
      case RESPONSES -> new ResponsesDialect();
      case MESSAGES -> new MessagesDialect();
      case GEMINI -> new GeminiDialect();
      case CONVERSE -> new ConverseDialect();
    };
  }

  TargetDialect target() {
    return ((TargetDialect) caller()).by(maker);
  }

  /** Whether the path tells the model, and whether a stream is wanted; not the body. */
  boolean byPath() {
    return this == GEMINI || this == CONVERSE;
  }

  private String provider() {
    return switch (this) {
      case CHAT, RESPONSES -> "openai";
      case MESSAGES -> "anthropic";
      case GEMINI -> "gemini";
      case CONVERSE -> "bedrock";
    };
  }

  Endpoint endpoint(boolean stream) {
    return new Endpoint(
        provider(),
        provider(),
        format,
        Operation.CHAT,
        byPath() ? model : null,
        byPath() && stream);
  }

  /** What the model can do: all but what makers' own forms have another word for. */
  Traits traits() {
    Set<Feature> can = EnumSet.allOf(Feature.class);
    if (this == CHAT) {
      can.removeAll(
          Set.of(
              Feature.CACHE_MARKS,
              Feature.TOP_K,
              Feature.METADATA,
              Feature.CALL_THOUGHTS,
              Feature.TOOL_RESULT_IMAGES));
    }
    return new Traits(
        provider(),
        model,
        maker,
        -1,
        -1,
        reasoning,
        Set.of(),
        can,
        2,
        100,
        Traits.IdRule.ANY,
        64,
        Map.of());
  }

  boolean lacks(RoundTripLack lack) {
    return lack.forms().contains(this);
  }

  boolean has(RoundTripLack lack) {
    return !lacks(lack);
  }
}
