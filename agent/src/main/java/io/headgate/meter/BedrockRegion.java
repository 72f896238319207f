// SPDX-License-Identifier: Apache-2.0
package io.headgate.meter;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where a call to Bedrock is served, as its address says. */
final class BedrockRegion {

  private BedrockRegion() {}

  /** The region's name, such as {@code eu-central-1}; null if the address names none. */
  static @Nullable String of(URI uri) {
    String host = uri.getHost();
    String region = host == null ? null : after(host, '.');
    String path = uri.getRawPath();
    // A gateway in front has it in the path.
    return region != null || path == null ? region : after(path, '/');
  }

  /** The part behind the one that names the service, {@code bedrock-runtime} or a sibling. */
  private static @Nullable String after(String address, char separator) {
    int at = 0;
    while (at >= 0 && !address.startsWith("bedrock-", at)) {
      int next = address.indexOf(separator, at);
      at = next < 0 ? -1 : next + 1;
    }
    int start = at < 0 ? -1 : address.indexOf(separator, at) + 1;
    int end = start <= 0 ? -1 : address.indexOf(separator, start);
    // All regions are numbered; a word is part of a name somebody gave.
    return end > start && Character.isDigit(address.charAt(end - 1))
        ? address.substring(start, end)
        : null;
  }
}
