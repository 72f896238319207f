// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import io.headgate.chat.WireFormat;
import io.headgate.translate.CallerDialect;
import io.headgate.translate.TargetDialect;
import io.headgate.translate.TraitsCatalog;
import io.headgate.translate.Translator;
import io.headgate.translate.anthropic.MessagesDialect;
import io.headgate.translate.bedrock.ConverseDialect;
import io.headgate.translate.cohere.CohereDialect;
import io.headgate.translate.gemini.GeminiDialect;
import io.headgate.translate.ollama.OllamaDialect;
import io.headgate.translate.openai.ChatDialect;
import io.headgate.translate.responses.ResponsesDialect;
import java.util.Map;
import java.util.function.Supplier;

/** Which formats are translated. */
public final class Translations {

  private static final Map<WireFormat, Supplier<CallerDialect>> CALLERS =
      Map.of(
          WireFormat.OPENAI, ChatDialect::new,
          WireFormat.OPENAI_RESPONSES, ResponsesDialect::new,
          WireFormat.ANTHROPIC, MessagesDialect::new,
          WireFormat.GEMINI, GeminiDialect::new,
          WireFormat.BEDROCK, ConverseDialect::new);

  private static final Map<WireFormat, Supplier<TargetDialect>> TARGETS =
      Map.of(
          WireFormat.OPENAI, ChatDialect::new,
          WireFormat.OPENAI_RESPONSES, ResponsesDialect::new,
          WireFormat.ANTHROPIC, MessagesDialect::new,
          WireFormat.GEMINI, GeminiDialect::new,
          WireFormat.BEDROCK, ConverseDialect::new,
          WireFormat.COHERE, CohereDialect::new,
          WireFormat.OLLAMA, OllamaDialect::new);

  private Translations() {}

  /** All of them. */
  public static Translator translator() {
    return new Translator(CALLERS, TARGETS, new TraitsCatalog());
  }
}
