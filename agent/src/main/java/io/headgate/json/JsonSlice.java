// SPDX-License-Identifier: Apache-2.0
package io.headgate.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a JSON document where it stands in the bytes: for those who take documents apart and
 * put them together again without reading numbers, which keep every digit so. What is inside is
 * looked for when it is asked for. The bytes are not copied, and not to be changed. Used by one
 * thread at a time.
 */
public final class JsonSlice {

  private static final int DEPTH_LIMIT = 128;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          // Interned names of other people's documents would stay for ever.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_LIMIT)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final byte[] bytes;
  private final int from;
  private final int to;
  private @Nullable List<Member> members;

  private JsonSlice(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** A member of an object, its name without escapes. */
  public record Member(String name, JsonSlice value) {}

  /**
   * A document's root, an object or an array. Null if it is neither, if this is no JSON in UTF-8,
   * nested too deep, or an object has a name twice: readers differ in which one counts.
   */
  public static @Nullable JsonSlice of(byte[] json) {
    if (!isUtf8(json)) {
      return null;
    }
    try (JsonParser parser = FACTORY.createParser(json)) {
      while (parser.nextToken() != null) {
        // Reading is checking.
      }
    } catch (IOException e) {
      return null;
    }
    return unchecked(json);
  }

  /**
   * The root of a document that was checked before. If it was not after all, asking for what is
   * inside fails with an {@link IllegalArgumentException}, or finds something else.
   */
  public static @Nullable JsonSlice unchecked(byte[] json) {
    int from = start(json);
    int to = json.length;
    while (to > from && isSpace(json[to - 1])) {
      to--;
    }
    boolean whole =
        to - from >= 2 && (json[from] == '{' ? json[to - 1] == '}' : json[to - 1] == ']');
    return whole && (json[from] == '{' || json[from] == '[') ? new JsonSlice(json, from, to) : null;
  }

  /** Jackson would read UTF-16 and UTF-32 as well, whose bytes are not where we look for them. */
  private static boolean isUtf8(byte[] json) {
    int from = start(json);
    return from + 1 < json.length
        && (json[from] == '{' || json[from] == '[')
        && json[from + 1] != 0;
  }

  private static int start(byte[] json) {
    int at = 0;
    if (json.length >= 3
        && json[0] == (byte) 0xEF
        && json[1] == (byte) 0xBB
        && json[2] == (byte) 0xBF) {
      at = 3;
    }
    while (at < json.length && isSpace(json[at])) {
      at++;
    }
    return at;
  }

  public boolean isObject() {
    return bytes[from] == '{';
  }

  public boolean isArray() {
    return bytes[from] == '[';
  }

  public boolean isString() {
    return bytes[from] == '"';
  }

  public boolean isNumber() {
    return bytes[from] == '-' || (bytes[from] >= '0' && bytes[from] <= '9');
  }

  public boolean isNull() {
    return bytes[from] == 'n';
  }

  /** Whether it is an array or a text with nothing in it. */
  public boolean isEmpty() {
    return isString() ? to - from == 2 : isArray() && space(from + 1) == to - 1;
  }

  /** Its bytes as they stand there. */
  public byte[] bytes() {
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** How many bytes it takes. */
  public int length() {
    return to - from;
  }

  /** Its bytes as text: a number as it is spelled, a string with quotes and escapes. */
  public String raw() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /** A string's text; null if it is none. */
  public @Nullable String text() {
    return isString() ? decoded(from, to) : null;
  }

  private String decoded(int quote, int end) {
    for (int i = quote + 1; i < end - 1; i++) {
      if (bytes[i] == '\\') {
        return String.valueOf(JsonTree.read(Arrays.copyOfRange(bytes, quote, end)));
      }
    }
    return new String(bytes, quote + 1, end - quote - 2, StandardCharsets.UTF_8);
  }

  /** An array's elements; none if it is no array. */
  public List<JsonSlice> elements() {
    List<JsonSlice> elements = new ArrayList<>();
    int at = isArray() ? space(from + 1) : to;
    while (at < to - 1) {
      int end = end(at);
      elements.add(new JsonSlice(bytes, at, end));
      at = behind(end);
    }
    return elements;
  }

  /** An object's members; none if it is no object. */
  public List<Member> members() {
    List<Member> known = members;
    if (known == null) {
      known = read();
      members = known;
    }
    return known;
  }

  private List<Member> read() {
    List<Member> found = new ArrayList<>();
    int at = isObject() ? space(from + 1) : to;
    while (at < to - 1) {
      int nameEnd = end(at);
      int colon = space(nameEnd);
      if (bytes[at] != '"' || colon >= to || bytes[colon] != ':') {
        throw malformed();
      }
      int value = space(colon + 1);
      int end = end(value);
      found.add(new Member(decoded(at, nameEnd), new JsonSlice(bytes, value, end)));
      at = behind(end);
    }
    return Collections.unmodifiableList(found);
  }

  /** An object's member; null if it has none of that name. */
  public @Nullable JsonSlice member(String name) {
    for (Member member : members()) {
      if (member.name().equals(name)) {
        return member.value();
      }
    }
    return null;
  }

  /** Where the next element or member begins; this one's last byte if there is none. */
  private int behind(int end) {
    int at = space(end);
    if (at == to - 1) {
      return at;
    }
    if (at > to - 1 || bytes[at] != ',') {
      throw malformed();
    }
    return space(at + 1);
  }

  /** The place behind the value that begins there. */
  private int end(int start) {
    int depth = 0;
    for (int at = start; at < to; at++) {
      byte b = bytes[at];
      if (b == '"') {
        at = stringEnd(at) - 1;
      } else if (b == '{' || b == '[') {
        depth++;
        continue;
      } else if (b == '}' || b == ']') {
        depth--;
      } else if (depth > 0) {
        continue;
      } else {
        return wordEnd(at);
      }
      if (depth == 0) {
        return at + 1;
      }
    }
    throw malformed();
  }

  private int stringEnd(int quote) {
    for (int at = quote + 1; at < to; at++) {
      if (bytes[at] == '"') {
        return at + 1;
      }
      if (bytes[at] == '\\') {
        at++;
      }
    }
    throw malformed();
  }

  private int wordEnd(int start) {
    int at = start;
    while (at < to && isWord(bytes[at])) {
      at++;
    }
    if (at == start) {
      throw malformed();
    }
    return at;
  }

  private static boolean isWord(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || b == 'E'
        || b == '.'
        || b == '-'
        || b == '+';
  }

  private int space(int start) {
    int at = start;
    while (at < to && isSpace(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("no JSON");
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  byte[] document() {
    return bytes;
  }

  /** Neither names nor values: they are content. */
  @Override
  public String toString() {
    return "JSON of " + length() + " bytes";
  }
}
