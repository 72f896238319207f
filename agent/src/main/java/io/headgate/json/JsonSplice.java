// SPDX-License-Identifier: Apache-2.0
package io.headgate.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts something else in the place of some texts of a document, and changes nothing beside. */
public final class JsonSplice {

  private JsonSplice() {}

  /**
   * The document with other texts.
   *
   * @param json in UTF-8
   * @param paths as in {@link JsonTree#at}; each is that of a text, and of one only
   * @param by JSON, to stand there instead
   * @return null if it is not JSON, or at one of the paths is no text, or more than one
   */
  public static byte @Nullable [] replace(byte[] json, Set<String> paths, byte[] by) {
    String text = new String(json, UTF_8);
    if (!Arrays.equals(text.getBytes(UTF_8), json)) {
      return null; // Bytes that are no UTF-8 would be changed.
    }
    StringBuilder out = new StringBuilder(text.length());
    String other = new String(by, UTF_8);
    Set<String> found = new HashSet<>();
    int copied = 0;
    try (JsonParser parser = JsonTree.FACTORY.createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        String path = token.isScalarValue() ? path(parser.getParsingContext()) : null;
        if (path == null || !paths.contains(path)) {
          continue;
        }
        if (token != JsonToken.VALUE_STRING || !found.add(path)) {
          return null;
        }
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.finishToken();
        int to = (int) parser.currentLocation().getCharOffset();
        if (from < copied || text.charAt(from) != '"' || text.charAt(to - 1) != '"') {
          return null;
        }
        out.append(text, copied, from).append(other);
        copied = to;
      }
    } catch (IOException e) {
      return null;
    }
    out.append(text, copied, text.length());
    return found.size() == paths.size() ? out.toString().getBytes(UTF_8) : null;
  }

  private static String path(JsonStreamContext context) {
    JsonStreamContext parent = context.getParent();
    if (parent == null) {
      return "";
    }
    String step =
        context.inArray()
            ? String.valueOf(context.getCurrentIndex())
            : String.valueOf(context.getCurrentName());
    return parent.getParent() == null ? step : path(parent) + '.' + step;
  }
}
