// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Joins terms by operators, and says which do not fit. */
final class Operators {

  /** The higher, the closer they bind. */
  private static final Map<String, Integer> POWERS =
      Map.ofEntries(
          Map.entry("||", 1),
          Map.entry("&&", 2),
          Map.entry("==", 3),
          Map.entry("!=", 3),
          Map.entry("<", 3),
          Map.entry("<=", 3),
          Map.entry(">", 3),
          Map.entry(">=", 3),
          Map.entry("in", 3),
          Map.entry("+", 4),
          Map.entry("-", 4),
          Map.entry("*", 5),
          Map.entry("/", 5),
          Map.entry("%", 5));

  private final Source source;
  private final Vocabulary vocabulary;

  Operators(Source source, Vocabulary vocabulary) {
    this.source = source;
    this.vocabulary = vocabulary;
  }

  /** Zero if it is none that stands between two terms. */
  static int power(Token token) {
    boolean operator = token.type() == Token.Type.SYMBOL || token.isName("in");
    return operator ? POWERS.getOrDefault(token.text(), 0) : 0;
  }

  Term join(Token operator, Term a, Term b) throws ExpressionException {
    String symbol = operator.text();
    value(a);
    if (symbol.equals("in") && b.section().equals(Vocabulary.HEADERS)) {
      need(a, Kind.STRING);
      return joined(new Paths.Has(new Roots.Header(a.node())), Kind.BOOLEAN, a, b);
    }
    value(b);
    return switch (symbol) {
      case "&&", "||" -> chain(symbol.equals("||"), a, b);
      case "==", "!=" -> equality(operator, a, b);
      case "in" -> membership(a, b);
      case "<", "<=", ">", ">=" -> order(operator, a, b);
      default -> arithmetic(operator, a, b);
    };
  }

  Term not(Token operator, Term of) throws ExpressionException {
    need(of, Kind.BOOLEAN);
    return Term.value(new Logic.Not(of.node()), Kind.BOOLEAN, operator.start(), of.end());
  }

  Term negative(Token operator, Term of) throws ExpressionException {
    need(of, Kind.NUMBER);
    return Term.value(new Numbers.Negative(of.node()), Kind.NUMBER, operator.start(), of.end());
  }

  Term conditional(Term test, Term yes, Term no) throws ExpressionException {
    need(test, Kind.BOOLEAN);
    Kind kind = yes.kind() == no.kind() ? yes.kind() : Kind.ANY;
    Node node = new Logic.Conditional(test.node(), yes.node(), no.node());
    return joined(node, kind, test, no);
  }

  /** Refuses the begin of a path where a value should stand. */
  Term value(Term term) throws ExpressionException {
    if (term.kind() == Kind.SECTION) {
      throw vocabulary.needsField(term);
    }
    return term;
  }

  /** Refuses what can never be of one of these kinds. */
  Term need(Term term, Kind... kinds) throws ExpressionException {
    value(term);
    for (Kind kind : kinds) {
      if (term.kind().maybe(kind)) {
        return term;
      }
    }
    StringBuilder wanted = new StringBuilder(kinds[0].phrase());
    for (int i = 1; i < kinds.length; i++) {
      wanted.append(i < kinds.length - 1 ? ", " : " or ").append(kinds[i].phrase());
    }
    throw source.problem(
        term.start(), source.quote(term) + " is " + term.kind().phrase() + ", not " + wanted);
  }

  private Term chain(boolean decisive, Term a, Term b) throws ExpressionException {
    need(a, Kind.BOOLEAN);
    need(b, Kind.BOOLEAN);
    List<Node> operands = new ArrayList<>();
    if (a.node() instanceof Logic.Chain chain && chain.decisive() == decisive) {
      operands.addAll(chain.operands());
    } else {
      operands.add(a.node());
    }
    operands.add(b.node());
    return joined(new Logic.Chain(decisive, List.copyOf(operands)), Kind.BOOLEAN, a, b);
  }

  private Term equality(Token operator, Term a, Term b) throws ExpressionException {
    if (a.kind() != Kind.NULL && b.kind() != Kind.NULL) {
      alike(operator, a, b);
    }
    boolean wanted = operator.text().equals("==");
    return joined(new Comparisons.Equal(a.node(), b.node(), wanted), Kind.BOOLEAN, a, b);
  }

  private Term order(Token operator, Term a, Term b) throws ExpressionException {
    need(a, Kind.NUMBER, Kind.STRING, Kind.BOOLEAN);
    need(b, Kind.NUMBER, Kind.STRING, Kind.BOOLEAN);
    alike(operator, a, b);
    Node node = new Comparisons.Ordered(operator.text(), a.node(), b.node());
    return joined(node, Kind.BOOLEAN, a, b);
  }

  private Term membership(Term a, Term b) throws ExpressionException {
    need(b, Kind.LIST, Kind.MAP);
    return joined(new Comparisons.In(a.node(), b.node()), Kind.BOOLEAN, a, b);
  }

  private Term arithmetic(Token operator, Term a, Term b) throws ExpressionException {
    char symbol = operator.text().charAt(0);
    Kind kind = Kind.NUMBER;
    if (symbol == '+') {
      need(a, Kind.NUMBER, Kind.STRING, Kind.LIST);
      need(b, Kind.NUMBER, Kind.STRING, Kind.LIST);
      alike(operator, a, b);
      kind = a.kind() == Kind.ANY ? b.kind() : a.kind();
    } else {
      need(a, Kind.NUMBER);
      need(b, Kind.NUMBER);
    }
    return joined(new Numbers.Arithmetic(symbol, a.node(), b.node()), kind, a, b);
  }

  private void alike(Token operator, Term a, Term b) throws ExpressionException {
    if (!a.kind().maybe(b.kind())) {
      String sides = a.kind().phrase() + " and " + b.kind().phrase();
      throw source.problem(operator.start(), "`" + operator.text() + "` between " + sides);
    }
  }

  private static Term joined(Node node, Kind kind, Term first, Term last) {
    return Term.value(node, kind, first.start(), last.end());
  }
}
