// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.chat.WireFormat;
import io.headgate.config.ProviderSettings;
import java.util.List;
import java.util.Map;

/**
 * Makes a provider of a server of the user's own: it speaks like the built-in provider whose format
 * it is said to have, at the same paths.
 */
final class OwnServer {

  private OwnServer() {}

  static Provider provider(
      String name, ProviderSettings settings, Map<String, Provider> providers) {
    WireFormat dialect = settings.dialect();
    Provider model = providers.get(likeness(dialect == null ? WireFormat.OPENAI : dialect));
    if (model == null) {
      throw new IllegalStateException("the catalogue lacks the provider of " + dialect);
    }
    return new Provider(
        name,
        settings.hosts(),
        "",
        model.auth(),
        model.authByFormat(),
        List.of(),
        name,
        model.roots(),
        model.basePath(),
        dialect == null ? WireFormat.OPENAI : dialect);
  }

  private static String likeness(WireFormat dialect) {
    return switch (dialect) {
      case OPENAI, OPENAI_RESPONSES, OTHER -> "openai";
      case ANTHROPIC -> "anthropic";
      case GEMINI -> "gemini";
      case BEDROCK -> "bedrock";
      case COHERE -> "cohere";
      case OLLAMA -> "ollama";
    };
  }
}
