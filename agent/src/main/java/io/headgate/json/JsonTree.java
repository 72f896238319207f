// SPDX-License-Identifier: Apache-2.0
package io.headgate.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole JSON document: objects become maps in the order of the document, arrays lists,
 * numbers {@link Long} or {@link Double}. For what a rule asks to see; metering needs no tree.
 */
public final class JsonTree {

  private static final int DEPTH_LIMIT = 100;

  static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          // Interned names of other people's documents would stay for ever.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_LIMIT)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonTree() {}

  /** What a document says; null if it is not JSON, nested too deep, or just {@code null}. */
  public static @Nullable Object read(byte[] json) {
    return read(json, false);
  }

  /** As {@link #read}, but with every number a {@link JsonNumber}. */
  public static @Nullable Object exact(byte[] json) {
    return read(json, true);
  }

  private static @Nullable Object read(byte[] json, boolean exact) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() == null) {
        return null;
      }
      Object value = value(parser, exact);
      return parser.nextToken() == null ? value : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable Object value(JsonParser parser, boolean exact) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, exact);
      case START_ARRAY -> array(parser, exact);
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          exact ? new JsonNumber(parser.getText()) : number(parser);
      default -> null;
    };
  }

  private static Object number(JsonParser parser) throws IOException {
    boolean small =
        parser.currentToken() == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    return small ? (Object) parser.getLongValue() : (Object) parser.getDoubleValue();
  }

  private static Map<String, @Nullable Object> object(JsonParser parser, boolean exact)
      throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      object.put(name, value(parser, exact));
    }
    return object;
  }

  private static List<@Nullable Object> array(JsonParser parser, boolean exact) throws IOException {
    List<@Nullable Object> array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser, exact));
    }
    return array;
  }

  /**
   * The value at a path of names and indices, {@code messages.0.content}; null if it leads nowhere.
   */
  public static @Nullable Object at(@Nullable Object document, String path) {
    Object value = document;
    for (int from = 0; from <= path.length() && value != null; ) {
      int dot = path.indexOf('.', from);
      int end = dot < 0 ? path.length() : dot;
      value = step(value, path.substring(from, end));
      from = end + 1;
    }
    return value;
  }

  private static @Nullable Object step(Object value, String name) {
    if (value instanceof Map<?, ?> map) {
      return map.get(name);
    }
    if (value instanceof List<?> list && !name.isEmpty() && name.length() < 10) {
      int index = 0;
      for (int i = 0; i < name.length(); i++) {
        char digit = name.charAt(i);
        if (digit < '0' || digit > '9') {
          return null;
        }
        index = 10 * index + digit - '0';
      }
      return index < list.size() ? list.get(index) : null;
    }
    return null;
  }
}
