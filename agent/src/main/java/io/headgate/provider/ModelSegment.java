// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes a model's name into a path so that it cannot be anything but a name there, whatever
 * characters it has.
 */
final class ModelSegment {

  private static final String HEX = "0123456789ABCDEF";

  private ModelSegment() {}

  /**
   * The name as part of a path; null if no encoding keeps it in its place: clients and servers read
   * {@code %2E%2E} as {@code ..}, and drop segments that are empty.
   *
   * @param slashesDivide whether slashes stay, as the borders of segments
   */
  static @Nullable String encode(String model, boolean slashesDivide) {
    if (model.isEmpty()) {
      return null;
    }
    for (String part : model.split("[/\\\\]", -1)) {
      if (part.equals(".") || part.equals("..") || (slashesDivide && part.isEmpty())) {
        return null;
      }
    }
    StringBuilder encoded = new StringBuilder(model.length() + 8);
    for (byte b : model.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isPlain(c) || (c == '/' && slashesDivide)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return encoded.toString();
  }

  /** RFC 3986's unreserved characters, and the at sign that names of Vertex AI and Workers have. */
  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~'
        || c == '@';
  }

  /**
   * The URI with another name in the place of the model's, all else byte for byte; null if the name
   * cannot stand there.
   */
  static @Nullable URI swap(URI uri, FoundPath found, String model) {
    String path = uri.getRawPath();
    int[] bounds = PathSegments.bounds(path);
    PathPattern.ModelPlace place = found.modelPlace(bounds.length / 2);
    String name = place == null ? null : encode(model, found.slashesDivide(place));
    if (place == null || name == null) {
      return null;
    }
    int from = bounds[2 * place.from()];
    int to = bounds[2 * place.to() - 1];
    String written = name + verb(path.substring(from, to), place.verb());
    String text = uri.toString();
    int pathAt = text.indexOf(path, text.indexOf("://") + 3 + uri.getRawAuthority().length());
    return URI.create(text.substring(0, pathAt + from) + written + text.substring(pathAt + to));
  }

  /** The verb as the app wrote it: some encode its colon. */
  private static String verb(String segment, String verb) {
    int encoded = segment.length() - verb.length() - 2;
    return encoded >= 0
            && !verb.isEmpty()
            && segment.regionMatches(true, encoded, "%3a", 0, 3)
            && segment.endsWith(verb.substring(1))
        ? segment.substring(encoded)
        : verb;
  }
}
