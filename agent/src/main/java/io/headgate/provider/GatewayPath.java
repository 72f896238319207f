// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What Cloudflare AI Gateway calls the providers, and which part of their own URLs it leaves out.
 * Source: the registry of its {@code gateway-core} library, 2026. Hosts that it does not name, such
 * as a provider's regions, have no place there: the gateway would call another host.
 */
final class GatewayPath {

  private static final String AZURE_HOST = ".openai.azure.com";
  private static final String AZURE_PATH = "/openai/deployments/";
  private static final String BEDROCK_HOST = "bedrock-runtime.";
  private static final String AWS = ".amazonaws.com";
  private static final String VERTEX_HOST = "aiplatform.googleapis.com";

  /** Provider, its name at the gateway, the path left out, hosts. */
  private static final String[][] ROWS = {
    {"openai", "openai", "/v1", "api.openai.com"},
    {"anthropic", "anthropic", "", "api.anthropic.com"},
    {"gemini", "google-ai-studio", "", "generativelanguage.googleapis.com"},
    {"vertex", "google-vertex-ai", ""},
    {"xai", "grok", "", "api.x.ai"},
    {"groq", "groq", "/openai/v1", "api.groq.com"},
    {"deepseek", "deepseek", "", "api.deepseek.com"},
    {"mistral", "mistral", "", "api.mistral.ai"},
    {"perplexity", "perplexity-ai", "", "api.perplexity.ai"},
    {"cerebras", "cerebras", "", "api.cerebras.ai"},
    {"openrouter", "openrouter", "/api", "openrouter.ai"},
    {"fireworks", "fireworks", "/inference/v1", "api.fireworks.ai"},
    {"cohere", "cohere", "", "api.cohere.com", "api.cohere.ai"},
    {"azure", "azure-openai", AZURE_PATH},
    {"bedrock", "aws-bedrock", ""},
    {"huggingface", "huggingface", "/models", "api-inference.huggingface.co"},
    {"replicate", "replicate", "", "api.replicate.com"},
  };

  private GatewayPath() {}

  /** The gateway's name of a provider; null if it does not carry it. */
  static @Nullable String slug(String provider) {
    String[] row = row(provider);
    return row == null ? null : row[1];
  }

  /** Whether the gateway knows this host as the provider's. */
  static boolean isHost(String provider, String anyHost) {
    String host = anyHost.toLowerCase(Locale.ROOT);
    switch (provider) {
      case "azure":
        return resource(host) != null;
      case "bedrock":
        return region(host) != null;
      case "vertex":
        return host.equals(VERTEX_HOST)
            || (host.endsWith("-" + VERTEX_HOST) && host.indexOf('.') == host.indexOf(".google"));
      default:
        String[] row = row(provider);
        for (int i = 3; row != null && i < row.length; i++) {
          if (row[i].equals(host)) {
            return true;
          }
        }
        return false;
    }
  }

  /** What follows the gateway's own URL; null if it has no place for this one. */
  static @Nullable String of(String provider, String host, String path) {
    String[] row = row(provider);
    if (row == null) {
      return null;
    }
    String leftOut = row[2];
    boolean whole = leftOut.isEmpty() || leftOut.endsWith("/");
    if (!path.startsWith(whole ? leftOut : leftOut + "/") || path.length() <= leftOut.length()) {
      return null;
    }
    String rest = path.substring(leftOut.length());
    String lower = host.toLowerCase(Locale.ROOT);
    switch (provider) {
      case "azure":
        String resource = resource(lower);
        return resource == null ? null : row[1] + "/" + resource + "/" + rest;
      case "bedrock":
        String region = region(lower);
        return region == null ? null : row[1] + "/bedrock-runtime/" + region + rest;
      default:
        return row[1] + rest;
    }
  }

  private static @Nullable String resource(String host) {
    return host.endsWith(AZURE_HOST) ? label(host, 0, AZURE_HOST.length()) : null;
  }

  private static @Nullable String region(String host) {
    return host.startsWith(BEDROCK_HOST) && host.endsWith(AWS)
        ? label(host, BEDROCK_HOST.length(), AWS.length())
        : null;
  }

  /** What is left of a host between two known parts, if it is one label. */
  private static @Nullable String label(String host, int start, int tail) {
    int end = host.length() - tail;
    boolean one = end > start && host.substring(start, end).indexOf('.') < 0;
    return one ? host.substring(start, end) : null;
  }

  private static String @Nullable [] row(String provider) {
    for (String[] row : ROWS) {
      if (row[0].equals(provider)) {
        return row;
      }
    }
    return null;
  }
}
