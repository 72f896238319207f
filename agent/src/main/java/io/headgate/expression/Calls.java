// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the calls of functions and macros. */
final class Calls {

  private static final Map<String, Macro.Type> MACROS =
      Map.of(
          "all", Macro.Type.ALL,
          "exists", Macro.Type.EXISTS,
          "exists_one", Macro.Type.EXISTS_ONE,
          "filter", Macro.Type.FILTER,
          "map", Macro.Type.MAP);

  private static final List<String> FUNCTIONS =
      List.of("has", "size", "matches", "string", "int", "double");

  private static final List<String> METHODS =
      List.of(
          "contains",
          "startsWith",
          "endsWith",
          "matches",
          "size",
          "all",
          "exists",
          "exists_one",
          "filter",
          "map");

  private final Parser parser;
  private final Source source;
  private final Operators operators;

  Calls(Parser parser, Source source, Operators operators) {
    this.parser = parser;
    this.source = source;
    this.operators = operators;
  }

  /** {@code name(…)}; the parenthesis is next. */
  Term function(Token name) throws ExpressionException {
    if (!FUNCTIONS.contains(name.text())) {
      throw unknown(name, "function", FUNCTIONS, METHODS);
    }
    parser.expect("(");
    Term first = parser.expression();
    switch (name.text()) {
      case "has":
        if (!first.selected()) {
          throw source.problem(
              first.start(), "`has` asks for a path, such as `has(request.body.tools)`");
        }
        return closed(new Paths.Has(first.node()), Kind.BOOLEAN, name.start());
      case "size":
        return size(first, name.start());
      case "matches":
        parser.expect(",");
        return matches(first, name.start());
      case "string":
        operators.need(first, Kind.STRING, Kind.NUMBER, Kind.BOOLEAN);
        return closed(new Texts.Conversion(name.text(), first.node()), Kind.STRING, name.start());
      default:
        operators.need(first, Kind.NUMBER, Kind.STRING);
        return closed(new Texts.Conversion(name.text(), first.node()), Kind.NUMBER, name.start());
    }
  }

  /** {@code of.name(…)}; the parenthesis is next. */
  Term method(Term of, Token name) throws ExpressionException {
    Macro.Type macro = MACROS.get(name.text());
    if (macro == null && !METHODS.contains(name.text())) {
      throw unknown(name, "method", METHODS, FUNCTIONS);
    }
    parser.expect("(");
    if (macro != null) {
      return macro(macro, of);
    }
    switch (name.text()) {
      case "size":
        return size(of, of.start());
      case "matches":
        return matches(of, of.start());
      default:
        operators.need(of, Kind.STRING);
        Term part = operators.need(parser.expression(), Kind.STRING);
        Node test = new Texts.Test(name.text(), of.node(), part.node());
        return closed(test, Kind.BOOLEAN, of.start());
    }
  }

  private Term size(Term of, int start) throws ExpressionException {
    operators.need(of, Kind.STRING, Kind.LIST, Kind.MAP);
    return closed(new Texts.Size(of.node()), Kind.NUMBER, start);
  }

  private Term matches(Term of, int start) throws ExpressionException {
    operators.need(of, Kind.STRING);
    Term pattern = parser.expression();
    if (pattern.node() instanceof Node.Literal literal && literal.value() instanceof String text) {
      Node regex = Regex.compile(source, pattern.start(), of.node(), text);
      return closed(regex, Kind.BOOLEAN, start);
    }
    throw source.problem(
        pattern.start(), "the pattern of `matches` must be written here, as a string");
  }

  private Term macro(Macro.Type type, Term of) throws ExpressionException {
    operators.need(of, Kind.LIST, Kind.MAP);
    Token local = parser.takeName();
    parser.expect(",");
    return parser.scoped(local, () -> macroBody(type, of));
  }

  private Term macroBody(Macro.Type type, Term of) throws ExpressionException {
    int slot = parser.slot();
    Node filter = null;
    Term body = parser.expression();
    if (type == Macro.Type.MAP && parser.accept(",")) {
      filter = operators.need(body, Kind.BOOLEAN).node();
      body = parser.expression();
    }
    if (type != Macro.Type.MAP) {
      operators.need(body, Kind.BOOLEAN);
    }
    Node collected = body.node();
    if (type == Macro.Type.FILTER) {
      filter = body.node();
      collected = new Node.Local(slot);
    }
    boolean list = type == Macro.Type.FILTER || type == Macro.Type.MAP;
    Node macro = new Macro(type, of.node(), slot, filter, collected);
    return closed(macro, list ? Kind.LIST : Kind.BOOLEAN, of.start());
  }

  private Term closed(Node node, Kind kind, int start) throws ExpressionException {
    return Term.value(node, kind, start, parser.expect(")").end());
  }

  /** Many know the name, but not where it stands: {@code startsWith(x, "a")}. */
  private ExpressionException unknown(
      Token name, String what, List<String> near, List<String> other) {
    String meant = nearest(name.text(), near, other);
    return source.problem(name.start(), "unknown " + what + " `" + name.text() + "`", meant);
  }

  private static @Nullable String nearest(String name, List<String> near, List<String> other) {
    if (other.contains(name)) {
      return METHODS.contains(name) ? "x." + name + "(…)" : name + "(x)";
    }
    String hit = NearHit.of(name, near);
    return hit != null ? hit : NearHit.of(name, other);
  }
}
