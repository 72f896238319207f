// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path cut at its slashes, each segment percent-decoded afterwards: an encoded slash stays inside
 * its segment, as in the ARN of a Bedrock model. Empty segments are left out.
 */
final class PathSegments {

  private PathSegments() {}

  static List<String> of(@Nullable String rawPath) {
    List<String> segments = new ArrayList<>(8);
    if (rawPath == null) {
      return segments;
    }
    int from = 0;
    while (from < rawPath.length()) {
      int slash = rawPath.indexOf('/', from);
      int end = slash < 0 ? rawPath.length() : slash;
      if (end > from) {
        segments.add(decode(rawPath.substring(from, end)));
      }
      from = end + 1;
    }
    return segments;
  }

  /** Where each of these segments starts and ends in the raw path: start, end, start, end, … */
  static int[] bounds(String rawPath) {
    int[] bounds = new int[rawPath.length() + 2];
    int count = 0;
    int from = 0;
    while (from < rawPath.length()) {
      int slash = rawPath.indexOf('/', from);
      int end = slash < 0 ? rawPath.length() : slash;
      if (end > from) {
        bounds[count++] = from;
        bounds[count++] = end;
      }
      from = end + 1;
    }
    return Arrays.copyOf(bounds, count);
  }

  /** Undoes percent-encoding once; a broken escape is kept as it is. */
  private static String decode(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    byte[] in = segment.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%' && i + 2 < in.length) {
        int high = Character.digit(in[i + 1], 16);
        int low = Character.digit(in[i + 2], 16);
        if (high >= 0 && low >= 0) {
          out[length++] = (byte) (high << 4 | low);
          i += 2;
          continue;
        }
      }
      out[length++] = in[i];
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }
}
