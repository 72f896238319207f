// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The names that an expression may begin with, and the fields of those whose fields are known. */
final class Vocabulary {

  static final String HEADERS = "request.headers";

  private static final Map<String, Map<String, Kind>> FIELDS =
      Map.of(
          "request",
          sorted(
              Map.of(
                  "operation", Kind.STRING,
                  "model", Kind.STRING,
                  "provider", Kind.STRING,
                  "stream", Kind.BOOLEAN,
                  "headers", Kind.SECTION,
                  "body", Kind.ANY)),
          "response",
          sorted(
              Map.of(
                  "status", Kind.NUMBER,
                  "finish", Kind.ANY,
                  "text", Kind.STRING,
                  "tokens", Kind.SECTION)),
          "response.tokens",
          sorted(Map.of("input", Kind.NUMBER, "output", Kind.NUMBER)));

  /** What people write who know other languages. */
  private static final Map<String, String> WORDS =
      Map.of("and", "&&", "or", "||", "not", "!", "=", "==", "is", "==", "&", "&&", "|", "||");

  private final Source source;
  private final boolean response;

  Vocabulary(Source source, boolean response) {
    this.source = source;
    this.response = response;
  }

  /** What should stand in place of a word or symbol that does not belong to the language. */
  static @Nullable String meant(String word) {
    return WORDS.get(word);
  }

  boolean isRoot(String name) {
    return FIELDS.containsKey(name) || name.equals("metadata") || name.equals("environment");
  }

  /**
   * What a name stands for at the beginning of a path.
   *
   * @param locals the names that macros have introduced; none of them is the name
   */
  Term root(Token name, List<String> locals) throws ExpressionException {
    int start = name.start();
    int end = name.end();
    switch (name.text()) {
      case "request":
        return Term.section("request", start, end);
      case "metadata":
        return Term.value(new Roots.Metadata(), Kind.MAP, start, end);
      case "environment":
        return Term.selected(new Roots.Environment(), Kind.STRING, start, end);
      case "response":
        if (!response) {
          throw source.problem(start, "only `accept` and `store-when` know a `response`");
        }
        return Term.section("response", start, end);
      default:
        throw unknown(name, locals);
    }
  }

  private ExpressionException unknown(Token name, List<String> locals) {
    String word = meant(name.text());
    if (word != null) {
      return source.problem(name.start(), "unknown name `" + name.text() + "`", word);
    }
    String rest = source.namesAfter(name.end());
    List<String> names = new ArrayList<>(locals);
    names.addAll(List.of("request", "metadata", "environment", "true", "false", "null"));
    if (response) {
      names.add("response");
    }
    String near = NearHit.of(name.text(), names);
    if (near == null) {
      near = nearField("request", name.text());
    }
    if (near == null && response) {
      near = nearField("response", name.text());
    }
    if (near == null) {
      near = "metadata." + name.text();
    }
    return source.problem(name.start(), "unknown name `" + name.text() + "`", near + rest);
  }

  private static @Nullable String nearField(String section, String name) {
    String near = NearHit.of(name, fields(section).keySet());
    return near == null ? null : section + "." + near;
  }

  /** A field of a section. */
  Term field(Term of, String name, int at, int end) throws ExpressionException {
    if (of.section().equals(HEADERS)) {
      return header(of, new Node.Literal(name), end);
    }
    Kind kind = fields(of.section()).get(name);
    String path = of.section() + "." + name;
    if (kind == null) {
      throw source.problem(
          at, "`" + of.section() + "` has no field `" + name + "`", instead(of.section(), name));
    }
    if (kind == Kind.SECTION) {
      return Term.section(path, of.start(), end);
    }
    return Term.selected(node(of.section(), name), kind, of.start(), end);
  }

  Term header(Term headers, Node name, int end) {
    return Term.selected(new Roots.Header(name), Kind.STRING, headers.start(), end);
  }

  /** A field with a name like it; for a request else that of the body. */
  private static @Nullable String instead(String section, String name) {
    String near = nearField(section, name);
    return near == null && section.equals("request") ? "request.body." + name : near;
  }

  private static Node node(String section, String name) {
    return switch (section) {
      case "request" -> name.equals("body") ? new Roots.Body() : new Roots.RequestField(name);
      case "response" -> new Paths.Field(new Roots.Response(), name);
      default -> new Paths.Field(new Paths.Field(new Roots.Response(), "tokens"), name);
    };
  }

  /** What is wrong with a section where a value should stand. */
  ExpressionException needsField(Term section) {
    String name = section.section();
    String example = name.equals(HEADERS) ? name + "[\"…\"]" : name + "." + first(name);
    return source.problem(
        section.start(), "`" + name + "` is no value, but its fields are: `" + example + "`");
  }

  private static String first(String section) {
    return fields(section).keySet().iterator().next();
  }

  private static Map<String, Kind> fields(String section) {
    return FIELDS.getOrDefault(section, Map.of());
  }

  private static Map<String, Kind> sorted(Map<String, Kind> fields) {
    return new TreeMap<>(fields);
  }
}
