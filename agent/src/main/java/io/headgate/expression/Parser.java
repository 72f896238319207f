// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an expression from left to right, with operators by their power, and makes the tree that is
 * evaluated. Looks at each term as soon as it is read: what a name stands for, what its kind is.
 */
final class Parser {

  /** Of parentheses and the like. Bounds the stack that compiling and evaluating take. */
  private static final int DEPTH_LIMIT = 40;

  private final Source source;
  private final List<Token> tokens;
  private final Vocabulary vocabulary;
  private final Operators operators;
  private final Calls calls;
  private final List<String> locals = new ArrayList<>();
  private int next;
  private int depth;
  private int slots;

  private Parser(Source source, boolean response) throws ExpressionException {
    this.source = source;
    this.tokens = Lexer.tokens(source);
    this.vocabulary = new Vocabulary(source, response);
    this.operators = new Operators(source, vocabulary);
    this.calls = new Calls(this, source, operators);
  }

  /** A tree and the number of locals that a frame for it needs. */
  record Parsed(Node node, int slots) {}

  static Parsed parse(String text, boolean response) throws ExpressionException {
    Source source = new Source(text);
    Parser parser = new Parser(source, response);
    if (parser.peek().type() == Token.Type.END) {
      throw source.problem(0, "the expression is empty");
    }
    Term all = parser.expression();
    if (parser.peek().type() != Token.Type.END) {
      throw parser.unexpected();
    }
    return new Parsed(all.node(), parser.slots);
  }

  Term expression() throws ExpressionException {
    Term test = operators.value(deeper(() -> binary(1)));
    if (!accept("?")) {
      return test;
    }
    Term yes = deeper(this::expression);
    expect(":");
    Term no = deeper(this::expression);
    return operators.conditional(test, yes, no);
  }

  private Term binary(int power) throws ExpressionException {
    Term left = unary();
    for (int own = Operators.power(peek()); own >= power; own = Operators.power(peek())) {
      Token operator = take();
      left = operators.join(operator, left, binary(own + 1));
    }
    return left;
  }

  private Term unary() throws ExpressionException {
    Token operator = peek();
    if (accept("!")) {
      return operators.not(operator, deeper(this::unary));
    }
    if (accept("-")) {
      return operators.negative(operator, deeper(this::unary));
    }
    Term term = primary();
    while (true) {
      if (accept(".")) {
        term = member(term);
      } else if (accept("[")) {
        term = index(term);
      } else {
        return term;
      }
    }
  }

  private Term primary() throws ExpressionException {
    Token token = peek();
    switch (token.type()) {
      case STRING:
        return literal(take(), Kind.STRING);
      case NUMBER:
        return literal(take(), Kind.NUMBER);
      case NAME:
        return name(take());
      default:
        break;
    }
    if (accept("(")) {
      Term inner = expression();
      Token close = expect(")");
      return Term.value(inner.node(), inner.kind(), token.start(), close.end());
    }
    if (accept("[")) {
      List<Node> elements = new ArrayList<>();
      while (!peek().is("]")) {
        elements.add(expression().node());
        if (!accept(",")) {
          break;
        }
      }
      Token close = expect("]");
      Node list = new Literals.ListOf(List.copyOf(elements));
      return Term.value(list, Kind.LIST, token.start(), close.end());
    }
    if (accept("{")) {
      return map(token);
    }
    throw unexpected();
  }

  private static Term literal(Token token, Kind kind) {
    return Term.value(new Node.Literal(token.value()), kind, token.start(), token.end());
  }

  private Term map(Token open) throws ExpressionException {
    List<Node> keys = new ArrayList<>();
    List<Node> values = new ArrayList<>();
    while (!peek().is("}")) {
      Term key = operators.need(expression(), Kind.STRING, Kind.NUMBER, Kind.BOOLEAN);
      keys.add(key.node());
      expect(":");
      values.add(expression().node());
      if (!accept(",")) {
        break;
      }
    }
    Token close = expect("}");
    Node map = new Literals.MapOf(List.copyOf(keys), List.copyOf(values));
    return Term.value(map, Kind.MAP, open.start(), close.end());
  }

  private Term name(Token name) throws ExpressionException {
    int start = name.start();
    int end = name.end();
    if (peek().is("(")) {
      return calls.function(name);
    }
    int local = locals.lastIndexOf(name.text());
    if (local >= 0) {
      return Term.value(new Node.Local(local), Kind.ANY, start, end);
    }
    return switch (name.text()) {
      case "true" -> Term.value(new Node.Literal(true), Kind.BOOLEAN, start, end);
      case "false" -> Term.value(new Node.Literal(false), Kind.BOOLEAN, start, end);
      case "null" -> Term.value(new Node.Literal(null), Kind.NULL, start, end);
      default -> vocabulary.root(name, locals);
    };
  }

  private Term member(Term of) throws ExpressionException {
    Token name = takeName();
    if (peek().is("(")) {
      return calls.method(operators.value(of), name);
    }
    if (of.kind() == Kind.SECTION) {
      return vocabulary.field(of, name.text(), name.start(), name.end());
    }
    operators.need(of, Kind.MAP);
    Node field = new Paths.Field(of.node(), name.text());
    return Term.selected(field, Kind.ANY, of.start(), name.end());
  }

  private Term index(Term of) throws ExpressionException {
    Term key = operators.need(expression(), Kind.STRING, Kind.NUMBER, Kind.BOOLEAN);
    int end = expect("]").end();
    Object literal = key.node() instanceof Node.Literal written ? written.value() : null;
    if (of.section().equals(Vocabulary.HEADERS)) {
      return vocabulary.header(of, operators.need(key, Kind.STRING).node(), end);
    }
    if (of.kind() == Kind.SECTION && literal instanceof String name) {
      return vocabulary.field(of, name, key.start(), end);
    }
    operators.need(of, Kind.MAP, Kind.LIST);
    Node element =
        literal instanceof String name
            ? new Paths.Field(of.node(), name)
            : new Paths.Index(of.node(), key.node());
    return Term.selected(element, Kind.ANY, of.start(), end);
  }

  /** Reads the body of a macro, in which a name stands for the element it looks at. */
  Term scoped(Token name, TermReader body) throws ExpressionException {
    if (vocabulary.isRoot(name.text()) || locals.contains(name.text())) {
      throw source.problem(name.start(), "`" + name.text() + "` has a meaning already");
    }
    locals.add(name.text());
    slots = Math.max(slots, locals.size());
    Term term = body.read();
    locals.remove(locals.size() - 1);
    return term;
  }

  /** The slot of the name that was introduced last. */
  int slot() {
    return locals.size() - 1;
  }

  interface TermReader {
    Term read() throws ExpressionException;
  }

  private Term deeper(TermReader reader) throws ExpressionException {
    if (++depth > DEPTH_LIMIT) {
      throw source.problem(peek().start(), "the expression is nested too deep");
    }
    Term term = reader.read();
    depth--;
    return term;
  }

  Token peek() {
    return tokens.get(next);
  }

  Token take() {
    return tokens.get(next++);
  }

  Token takeName() throws ExpressionException {
    if (peek().type() != Token.Type.NAME) {
      throw unexpected("a name");
    }
    return take();
  }

  boolean accept(String symbol) {
    boolean here = peek().is(symbol);
    if (here) {
      next++;
    }
    return here;
  }

  Token expect(String symbol) throws ExpressionException {
    if (!peek().is(symbol)) {
      throw unexpected("`" + symbol + "`");
    }
    return take();
  }

  ExpressionException unexpected() {
    return unexpected(null);
  }

  private ExpressionException unexpected(@Nullable String expected) {
    Token token = peek();
    if (token.type() == Token.Type.END) {
      String ends = "the expression ends";
      return source.problem(
          token.start(), expected == null ? ends + " too early" : ends + " without " + expected);
    }
    String meant = Vocabulary.meant(token.text());
    String found = "unexpected `" + token.text() + "`";
    return meant != null || expected == null
        ? source.problem(token.start(), found, meant)
        : source.problem(token.start(), found + " instead of " + expected);
  }
}
