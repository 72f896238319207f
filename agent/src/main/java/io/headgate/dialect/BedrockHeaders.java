// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.gateway.Headers;
import org.jspecify.annotations.Nullable;

/** What Bedrock tells beside the body, whatever model made it. */
final class BedrockHeaders {

  private BedrockHeaders() {}

  /** Sets the counts that the body did not tell. */
  static void fill(Headers headers, Counts counts) {
    fill(headers, "x-amzn-bedrock-input-token-count", counts, Field.INPUT);
    fill(headers, "x-amzn-bedrock-output-token-count", counts, Field.OUTPUT);
    fill(headers, "x-amzn-bedrock-cache-read-input-token-count", counts, Field.CACHE_READ);
    fill(headers, "x-amzn-bedrock-cache-write-input-token-count", counts, Field.CACHE_WRITE);
  }

  private static void fill(Headers headers, String name, Counts counts, Field field) {
    String value = counts.knows(field) ? null : headers.first(name);
    if (value != null) {
      try {
        counts.set(field, Long.parseLong(value.trim()));
      } catch (NumberFormatException e) {
        // Not a count: as if it were not there.
      }
    }
  }

  /** The name of the error, without the URI that older services put behind it. */
  static @Nullable String errorType(Headers headers) {
    String value = headers.first("x-amzn-errortype");
    if (value == null) {
      return null;
    }
    int colon = value.indexOf(':');
    return colon < 0 ? value : value.substring(0, colon);
  }
}
