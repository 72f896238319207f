// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a model tells of it.
 *
 * @param major generation; 0 if the name does not tell
 * @param minor step within it
 * @param pro whether it is of the larger kind
 * @param lite whether it is of the smallest kind
 */
record GeminiModel(int major, int minor, boolean pro, boolean lite) {

  private static final Pattern NAME = Pattern.compile("gemini-(\\d{1,3})(?:\\.(\\d{1,3}))?");

  static GeminiModel of(String name) {
    boolean pro = name.contains("-pro");
    boolean lite = name.contains("-lite");
    Matcher matcher = NAME.matcher(name);
    if (matcher.find()) {
      int minor = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
      return new GeminiModel(Integer.parseInt(matcher.group(1)), minor, pro, lite);
    }
    // gemini-flash-latest and its like are never older than that.
    boolean latest = name.contains("gemini-") && name.endsWith("-latest");
    return latest ? new GeminiModel(2, 5, pro, lite) : new GeminiModel(0, 0, pro, lite);
  }

  boolean atLeast(int wantedMajor, int wantedMinor) {
    return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
  }

  /** Whether it takes JSON Schema as it is. */
  boolean takesJsonSchema() {
    return atLeast(2, 5);
  }

  /** Whether it wants its calls back with the signatures of its thoughts. */
  boolean wantsSignatures() {
    return atLeast(3, 0);
  }

  /** Whether its answer may have to be JSON while it has functions to call. */
  boolean takesJsonWithTools() {
    return atLeast(3, 0);
  }
}
