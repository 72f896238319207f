// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the formats' validators have in common. They refuse what the documented API refuses, and let
 * pass what is not known to be wrong. A JSON null counts as left out.
 */
final class Strict {

  static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]+");

  private Strict() {}

  /**
   * The first member that is none of those known; null if there is none. Names that begin with
   * {@code x_} stand for members that are newer than this stand-in.
   */
  static @Nullable String unknown(JsonNode object, Set<String> known) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (!known.contains(member.getKey()) && !member.getKey().startsWith("x_")) {
        return member.getKey();
      }
    }
    return null;
  }

  /** Names, separated by blanks. */
  static Set<String> names(String names) {
    return Set.of(names.split(" "));
  }

  static boolean absent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  /** Whether a value is there and no number between these, the limits included. */
  static boolean outside(JsonNode node, double least, double most) {
    return !absent(node)
        && (!node.isNumber() || node.doubleValue() < least || node.doubleValue() > most);
  }

  /** Whether a value is there and no whole number. */
  static boolean notWhole(JsonNode node) {
    return !absent(node) && !(node.isNumber() && node.doubleValue() % 1 == 0);
  }

  /** Whether a value is there, and is not of that kind. */
  static boolean not(JsonNode node, JsonNodeType type) {
    return !absent(node) && node.getNodeType() != type;
  }

  static boolean matches(Pattern pattern, JsonNode node) {
    return node.isTextual() && pattern.matcher(node.textValue()).matches();
  }

  static boolean oneOf(JsonNode node, List<String> values) {
    return node.isTextual() && values.contains(node.textValue());
  }

  /** Plain base64, without a data URI before it. */
  static boolean base64(JsonNode node) {
    if (!node.isTextual() || node.textValue().isEmpty()) {
      return false;
    }
    try {
      Base64.getMimeDecoder().decode(node.textValue());
      return node.textValue().indexOf(':') < 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The kind of a value as OpenAI names it. */
  static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "an array";
      case OBJECT, POJO -> "an object";
      case STRING, BINARY -> "a string";
      case BOOLEAN -> "a boolean";
      case NUMBER -> node.isIntegralNumber() ? "an integer" : "a decimal";
      case NULL, MISSING -> "null";
    };
  }
}
