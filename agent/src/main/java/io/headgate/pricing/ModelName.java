// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The forms in which one model's name is written. All take and return lower case. */
final class ModelName {

  private ModelName() {}

  /** A name as an app or a provider writes it, freed of resource paths and encoding. */
  static String plain(String raw) {
    String name = decoded(raw.trim()).toLowerCase(Locale.ROOT);
    if (name.startsWith("arn:")) {
      return afterArn(name);
    }
    name = without("models/", without("tunedmodels/", name));
    int publisher = name.indexOf("publishers/");
    int models = publisher < 0 ? -1 : name.indexOf("/models/", publisher);
    if (models > 0) {
      // Google's own models are listed bare, those of others mostly as publisher/model.
      String by = name.substring(publisher + "publishers/".length(), models);
      String model = name.substring(models + "/models/".length());
      return by.equals("google") || by.equals("anthropic") ? model : by + "/" + model;
    }
    return name;
  }

  private static String decoded(String name) {
    if (name.indexOf('%') < 0) {
      return name;
    }
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }

  /** Bedrock's resource names; one that names no model, such as a custom one, stays as it is. */
  private static String afterArn(String arn) {
    for (String kind :
        new String[] {":foundation-model/", "/foundation-model/", ":inference-profile/"}) {
      int at = arn.indexOf(kind);
      if (at >= 0) {
        return arn.substring(at + kind.length());
      }
    }
    return arn;
  }

  private static String without(String prefix, String name) {
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }

  /** Vertex AI's {@code name@20250929} as {@code name-20250929}, {@code name@default} bare. */
  static String withoutAt(String name) {
    int at = name.indexOf('@', 1);
    if (at < 0) {
      return name;
    }
    String version = name.substring(at + 1);
    return version.equals("default")
        ? name.substring(0, at)
        : name.substring(0, at) + "-" + version;
  }

  /** Without Bedrock's {@code -v1:0}, {@code :0} or {@code -v1}; the name itself if it has none. */
  static String withoutRevision(String name) {
    int colon = name.lastIndexOf(':');
    if (colon > 0) {
      return name.substring(0, colon);
    }
    int dash = name.lastIndexOf("-v");
    return dash > 0 && digits(name, dash + 2, name.length()) ? name.substring(0, dash) : name;
  }

  /**
   * Without a date at the end: {@code -2024-08-06}, {@code -20250929}, {@code @20250929}, {@code
   * -08-2024}, {@code -0613}, {@code -2411}, and {@code -05-20} after {@code -preview} or {@code
   * -exp}. The name itself if it has none.
   */
  static String withoutDate(String name) {
    int end = name.length();
    if (dashed(name, end - 11) && digits(name, end - 10, end - 6) && monthDay(name, end - 5)) {
      return name.substring(0, end - 11);
    }
    if ((dashed(name, end - 9) || (end > 9 && name.charAt(end - 9) == '@'))
        && digits(name, end - 8, end)
        && name.startsWith("20", end - 8)) {
      return name.substring(0, end - 9);
    }
    if (dashed(name, end - 8)
        && month(name, end - 7)
        && name.charAt(end - 5) == '-'
        && digits(name, end - 4, end)
        && name.startsWith("20", end - 4)) {
      return name.substring(0, end - 8);
    }
    if (dashed(name, end - 5) && digits(name, end - 4, end) && shortDate(name, end - 4)) {
      return name.substring(0, end - 5);
    }
    if (dashed(name, end - 6) && monthDay(name, end - 5)) {
      String rest = name.substring(0, end - 6);
      return rest.endsWith("-preview") || rest.endsWith("-exp") ? rest : name;
    }
    return name;
  }

  private static boolean dashed(String name, int at) {
    return at > 0 && name.charAt(at) == '-';
  }

  /** {@code MM-DD} at that place, which is the end. */
  private static boolean monthDay(String name, int at) {
    return month(name, at) && name.charAt(at + 2) == '-' && digits(name, at + 3, at + 5);
  }

  private static boolean month(String name, int at) {
    return digits(name, at, at + 2) && between(name, at, 1, 12);
  }

  /** {@code MMDD} or {@code YYMM}: unlike the 8192 of a context size. */
  private static boolean shortDate(String name, int at) {
    return (between(name, at, 1, 12) && between(name, at + 2, 1, 31))
        || (between(name, at, 23, 39) && between(name, at + 2, 1, 12));
  }

  private static boolean between(String name, int at, int least, int most) {
    int value = (name.charAt(at) - '0') * 10 + name.charAt(at + 1) - '0';
    return value >= least && value <= most;
  }

  private static boolean digits(String name, int start, int end) {
    if (start < 0 || start >= end || end > name.length()) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
