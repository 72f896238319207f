// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path with placeholders: {@code *} one segment, {@code **} any number of them at the end, <code>
 * {model}</code> a segment (or, before {@code :verb}, the part of it before the last such colon),
 * <code>{model..}</code> one or more segments.
 */
record PathPattern(List<String> parts) {

  private static final String MODEL = "{model}";
  private static final String MODELS = "{model..}";

  PathPattern {
    parts = List.copyOf(parts);
  }

  static PathPattern parse(String path) {
    return new PathPattern(PathSegments.of(path));
  }

  /**
   * How far the pattern reaches.
   *
   * @param from the first segment to look at
   * @return the index after the last segment it takes, -1 if it does not fit
   */
  int matchPrefix(List<String> path, int from) {
    if (path.size() - from < parts.size()) {
      return -1;
    }
    for (int i = 0; i < parts.size(); i++) {
      if (!fits(parts.get(i), path.get(from + i))) {
        return -1;
      }
    }
    return from + parts.size();
  }

  /** Whether the pattern takes all segments from there on. */
  boolean matches(List<String> path, int from) {
    int last = parts.size() - 1;
    if (last >= 0 && parts.get(last).equals("**")) {
      return path.size() - from >= last && startsWith(path, from, last);
    }
    int many = parts.indexOf(MODELS);
    if (many < 0) {
      return path.size() - from == parts.size() && startsWith(path, from, parts.size());
    }
    int tail = parts.size() - many - 1;
    if (path.size() - from < parts.size() || !startsWith(path, from, many)) {
      return false;
    }
    for (int i = 1; i <= tail; i++) {
      if (!fits(parts.get(parts.size() - i), path.get(path.size() - i))) {
        return false;
      }
    }
    return true;
  }

  /** The model that a path names, given that the pattern fits there; null if it names none. */
  @Nullable String model(List<String> path, int from) {
    ModelPlace place = modelPlace(path.size(), from);
    if (place == null) {
      return null;
    }
    String text = String.join("/", path.subList(place.from(), place.to()));
    return text.substring(0, text.length() - place.verb().length());
  }

  /** Where in a path of so many segments the model stands; null if the pattern has none. */
  @Nullable ModelPlace modelPlace(int pathSize, int from) {
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      if (part.equals(MODELS)) {
        return new ModelPlace(from + i, pathSize - (parts.size() - i - 1), "", true);
      }
      if (part.startsWith(MODEL)) {
        return new ModelPlace(from + i, from + i + 1, part.substring(MODEL.length()), false);
      }
    }
    return null;
  }

  /**
   * The segments that name the model.
   *
   * @param from the first
   * @param to the one after the last
   * @param verb what follows the name in its segment, colon included; empty if nothing does
   * @param many whether the name may take several segments
   */
  record ModelPlace(int from, int to, String verb, boolean many) {}

  /**
   * Whether two patterns mean the same below their providers' own prefixes: they are equal, or one
   * only puts in front which model, publisher or endpoint it is.
   */
  boolean alike(PathPattern other) {
    boolean longer = parts.size() > other.parts.size();
    List<String> more = longer ? parts : other.parts;
    List<String> less = longer ? other.parts : parts;
    int extra = more.size() - less.size();
    if (less.isEmpty() || !more.subList(extra, more.size()).equals(less)) {
      return false;
    }
    return extra == 0
        || more.subList(0, extra).stream()
            .anyMatch(part -> part.equals("*") || part.startsWith("{model"));
  }

  private boolean startsWith(List<String> path, int from, int count) {
    for (int i = 0; i < count; i++) {
      if (!fits(parts.get(i), path.get(from + i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(String part, String segment) {
    if (part.equals("*") || part.equals(MODEL)) {
      return true;
    }
    if (part.startsWith(MODEL)) {
      int verb = part.length() - MODEL.length();
      return segment.length() > verb
          && segment.regionMatches(segment.length() - verb, part, MODEL.length(), verb);
    }
    return part.equals(segment);
  }
}
