// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.standin.Recorded;
import io.headgate.standin.StandIn;

/** Who serves an app instead of the provider that it means to call. */
enum Target {
  OPENAI("openai", "gpt-4o", "openai", "/v1", "/v1/chat/completions", "authorization"),
  ANTHROPIC("anthropic", "claude-sonnet-4-5", "anthropic", "", "/v1/messages", "x-api-key"),
  GEMINI(
      "gemini",
      "gemini-2.5-flash",
      "gemini",
      "",
      "/v1beta/models/gemini-2.5-flash:(g|streamG)enerateContent",
      "x-goog-api-key"),
  BEDROCK(
      "bedrock",
      "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
      "bedrock",
      "",
      "/model/us.anthropic.claude-sonnet-4-5-20250929-v1(:|%3A)0/converse(-stream)?",
      "authorization"),
  COHERE("cohere", "command-a-plus", "cohere", "", "/v2/chat", "authorization"),
  /** Ollama itself is asked as OpenAI where that is understood; a server of one's own says what. */
  OLLAMA("box", "llama3.2-vision", "ollama", "", "/api/chat", "authorization"),
  MISTRAL(
      "mistral", "mistral-medium-latest", "openai", "/v1", "/v1/chat/completions", "authorization"),
  AZURE("azure", "gpt-4o", "openai", "", "/openai/.*chat/completions", "api-key"),
  WORKERS_AI(
      "workers-ai",
      "@cf/meta/llama-4-scout-17b-16e-instruct",
      "openai",
      "/client/v4/accounts/acc0unt/ai/v1",
      "/client/v4/accounts/acc0unt/ai/v1/chat/completions",
      "authorization");

  /** What a test configures as the key of the target. */
  static final String KEY = "key-of-the-target";

  final String provider;
  final String model;

  /** What it speaks, by the name of it on spans. */
  final String format;

  private final String base;
  private final String path;
  private final String header;

  Target(String provider, String model, String format, String base, String path, String header) {
    this.provider = provider;
    this.model = model;
    this.format = format;
    this.base = base;
    this.path = path;
    this.header = header;
  }

  /** Its entry among the providers of a configuration. */
  String yaml(StandIn hosts) {
    return "  %s: {base-url: \"%s\", api-key: \"${IT_TARGET_KEY}\"%s}\n"
        .formatted(
            provider, hosts.url("/" + provider + base), this == OLLAMA ? ", dialect: ollama" : "");
  }

  /** It was asked in its format, at its place, with its key, and with nothing of the app's. */
  void verify(Recorded request) {
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).matches("/" + provider + path);
    assertThat(request.header(header))
        .isEqualTo((header.equals("authorization") ? "Bearer " : "") + KEY);
    assertThat(request.headers().toString() + request.query())
        .doesNotContain(Words.KEY, "AKIDDUMMY", "x-amz-", "x-headgate", "openai-organization");
    for (String other : new String[] {"authorization", "x-api-key", "x-goog-api-key", "api-key"}) {
      if (!other.equals(header)) {
        assertThat(request.header(other)).as(other).isNull();
      }
    }
    assertThat(request.header("anthropic-version") == null)
        .as("anthropic-version")
        .isEqualTo(this != ANTHROPIC);
    assertThat(request.json().at(member()).isMissingNode()).as(member()).isFalse();
  }

  /** What no other format has at that place. */
  private String member() {
    return switch (this) {
      case GEMINI -> "/contents/0/parts";
      case BEDROCK -> "/inferenceConfig/maxTokens";
      case ANTHROPIC -> "/max_tokens";
      case OLLAMA -> "/options/num_predict";
      default -> "/messages";
    };
  }
}
