// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose price list a call is billed by. */
final class Vendors {

  /** Where OpenTelemetry's name of a provider is not ours. */
  private static final Map<String, String> NAMES =
      Map.of(
          "gcp.gemini", "gemini",
          "gcp.vertex_ai", "vertex",
          "azure.ai.openai", "azure",
          "aws.bedrock", "bedrock",
          "mistral_ai", "mistral",
          "x_ai", "xai",
          "hugging_face", "huggingface");

  private Vendors() {}

  /**
   * Cloudflare's gateway passes calls on to the vendor whom the path names, with the app's own key
   * there; everybody else sends the bill himself.
   */
  static String biller(String provider, @Nullable String telemetryName) {
    return telemetryName != null && provider.equals("cloudflare")
        ? NAMES.getOrDefault(telemetryName, telemetryName)
        : provider;
  }
}
