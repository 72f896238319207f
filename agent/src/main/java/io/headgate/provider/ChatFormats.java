// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.chat.WireFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * In which format a provider is to be asked by somebody who speaks another one: its own, in which
 * it can say everything, rather than one that it has copied.
 */
final class ChatFormats {

  /** All that are translated into, the one that most providers have first. */
  static final List<WireFormat> USUAL =
      List.of(
          WireFormat.OPENAI,
          WireFormat.ANTHROPIC,
          WireFormat.GEMINI,
          WireFormat.BEDROCK,
          WireFormat.OLLAMA,
          WireFormat.COHERE,
          WireFormat.OPENAI_RESPONSES);

  /** Those of them whose calls are translated. */
  static final Set<WireFormat> READ =
      Set.of(
          WireFormat.OPENAI,
          WireFormat.OPENAI_RESPONSES,
          WireFormat.ANTHROPIC,
          WireFormat.GEMINI,
          WireFormat.BEDROCK);

  /**
   * Models that OpenAI and Azure serve by the Responses API only (OpenAI's list of models: Codex,
   * and those that think longest).
   */
  private static final Pattern RESPONSES_ONLY =
      Pattern.compile(
          "(?:.*-)?codex(?:-.*)?|(?:gpt-5|o\\d)[^-]*-pro(?:-.*)?|.*-deep-research(?:-.*)?"
              + "|computer-use-.*");

  /** Those for which only the Responses API has all: GPT from 5.6 on takes tools only there. */
  private static final Pattern RESPONSES_FIRST =
      Pattern.compile("gpt-(?:5\\.(?:[6-9]|[1-9]\\d)|[6-9])(?:[.-].*)?");

  private ChatFormats() {}

  /**
   * Where a provider is to be asked; null if it understands the caller as well as anybody, or has
   * no chat that we know.
   *
   * @param caller the format of the call
   */
  static @Nullable TargetPath path(
      Provider provider, TargetBase base, WireFormat caller, String model, boolean streaming) {
    List<WireFormat> own = own(provider, model);
    boolean understood = own.isEmpty() ? provider.speaks(caller) : own.contains(caller);
    if (understood && has(provider, base, caller, model)) {
      return null;
    }
    TargetPath best = first(own, provider, base, caller, model, streaming);
    // Another format of theirs is another model's.
    return best != null || byModel(provider)
        ? best
        : first(USUAL, provider, base, caller, model, streaming);
  }

  /**
   * The format of a model at the provider that the app calls anyway, if that is surely another one
   * than the call's; else null. Names that say nothing, as those of deployments, are no reason.
   *
   * @param caller the format of the call
   */
  static @Nullable WireFormat other(String provider, WireFormat caller, String model) {
    switch (provider) {
      case "openai":
        return caller == WireFormat.OPENAI && onlyByResponses(model)
            ? WireFormat.OPENAI_RESPONSES
            : null;
      case "vertex":
        return otherAtVertex(caller, model);
      default:
        return null;
    }
  }

  private static @Nullable WireFormat otherAtVertex(WireFormat caller, String model) {
    boolean claude = isClaude(model);
    boolean gemini = plain(model).startsWith("gemini");
    return switch (caller) {
      case GEMINI -> claude ? WireFormat.ANTHROPIC : named(model) ? WireFormat.OPENAI : null;
      case ANTHROPIC ->
          claude ? null : named(model) ? WireFormat.OPENAI : gemini ? WireFormat.GEMINI : null;
      // Chat completions are had for all of its models.
      default -> null;
    };
  }

  private static boolean byModel(Provider provider) {
    return switch (provider.name()) {
      case "azure", "vertex", "snowflake", "databricks", "github-copilot" -> true;
      default -> false;
    };
  }

  private static @Nullable TargetPath first(
      List<WireFormat> formats,
      Provider provider,
      TargetBase base,
      WireFormat caller,
      String model,
      boolean streaming) {
    for (WireFormat format : formats) {
      TargetPath path =
          format == caller ? null : TargetPath.chat(provider, base, format, model, streaming);
      if (path != null) {
        return path;
      }
    }
    return null;
  }

  private static boolean has(Provider provider, TargetBase base, WireFormat format, String model) {
    return TargetPath.chat(provider, base, format, model, false) != null;
  }

  /** The formats that are a provider's own, the best one first; none if all that it has are. */
  private static List<WireFormat> own(Provider provider, String model) {
    boolean claude = isClaude(model);
    return switch (provider.name()) {
      case "anthropic", "anthropic-aws" -> List.of(WireFormat.ANTHROPIC);
      case "gemini" -> List.of(WireFormat.GEMINI);
      case "vertex" -> vertex(model, claude);
      case "bedrock" -> List.of(WireFormat.BEDROCK);
      case "cohere" -> List.of(WireFormat.COHERE);
      case "azure" -> claude ? List.of(WireFormat.ANTHROPIC) : openai(model);
      case "openai" -> openai(model);
      // The same formats at the same host, but not for the same models.
      case "snowflake", "databricks", "github-copilot" ->
          claude
              ? List.of(WireFormat.ANTHROPIC, WireFormat.OPENAI)
              : List.of(WireFormat.OPENAI, WireFormat.OPENAI_RESPONSES);
      case "workers-ai", Cloudflare.NAME -> List.of(WireFormat.OPENAI);
      default -> List.of();
    };
  }

  private static boolean onlyByResponses(String model) {
    return RESPONSES_ONLY.matcher(plain(model)).matches();
  }

  private static String plain(String model) {
    return model.toLowerCase(Locale.ROOT).strip();
  }

  private static boolean isClaude(String model) {
    return plain(model).contains("claude");
  }

  private static List<WireFormat> openai(String model) {
    return onlyByResponses(model) || RESPONSES_FIRST.matcher(plain(model)).matches()
        ? List.of(WireFormat.OPENAI_RESPONSES)
        : List.of(WireFormat.OPENAI, WireFormat.OPENAI_RESPONSES);
  }

  /** Whether a model of Vertex AI has its publisher in its name, as chat completions want it. */
  private static boolean named(String model) {
    return model.indexOf('/') > 0;
  }

  /** Models of other publishers are called by their name, and have the format of OpenAI. */
  private static List<WireFormat> vertex(String model, boolean claude) {
    return claude
        ? List.of(WireFormat.ANTHROPIC)
        : List.of(named(model) ? WireFormat.OPENAI : WireFormat.GEMINI);
  }
}
