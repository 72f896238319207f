// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CelCompilerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // Names.
        "metdata.plan == 'free' | column 1: unknown name `metdata`; did you mean `metadata.plan`?",
        "plan == 'free' | column 1: unknown name `plan`; did you mean `metadata.plan`?",
        "true && model == 'x' | column 9: unknown name `model`; did you mean `request.model`?",
        "req.body.a == 1 | column 1: unknown name `req`; did you mean `request.body.a`?",
        "env == 'x' | column 1: unknown name `env`; did you mean `environment`?",
        "Request.model == 'x' | column 1: unknown name `Request`; did you mean `request.model`?",
        "metdata.plan.startsWith('a') | column 1: unknown name `metdata`; did you mean `metadata.plan`?",
        "request.modle == 'x' | column 9: `request` has no field `modle`; did you mean `request.model`?",
        "request['modle'] == 'x' | column 9: `request` has no field `modle`; did you mean `request.model`?",
        "request.temperature > 1 | column 9: `request` has no field `temperature`; did you mean `request.body.temperature`?",
        "response.status == 200 | column 1: only `accept` and `store-when` know a `response`",
        "request == null | column 1: `request` is no value, but its fields are: `request.body`",
        "size(request.headers) > 1 | column 6: `request.headers` is no value, but its fields are: `request.headers[\"…\"]`",
        "[1].exists(y, x > 1) | column 15: unknown name `x`; did you mean `metadata.x`?",
        "[1].exists(item, itme > 1) | column 18: unknown name `itme`; did you mean `item`?",
        "[1].exists(metadata, true) | column 12: `metadata` has a meaning already",
        "True | column 1: unknown name `True`; did you mean `true`?",
        // Syntax.
        "request.model = 'x' | column 15: unexpected `=`; did you mean `==`?",
        "true and false | column 6: unexpected `and`; did you mean `&&`?",
        "true & false | column 6: unexpected `&`; did you mean `&&`?",
        "(true | column 6: the expression ends without `)`",
        "true && | column 8: the expression ends too early",
        "[1, 2 | column 6: the expression ends without `]`",
        "true ? 1 | column 9: the expression ends without `:`",
        "true) | column 5: unexpected `)`",
        "1 == * | column 6: unexpected `*`",
        "metadata.5 == 1 | column 9: unexpected `.5`",
        "request.'a' | column 9: unexpected `'a'` instead of a name",
        "metadata.plan == 'free | column 18: the string is not closed",
        "'\\q' == '' | column 2: `\\q` is no escape; r\"…\" takes backslashes as they are",
        "'\\u12' == '' | column 2: `\\u12' ` is no escape; r\"…\" takes backslashes as they are",
        "5x == 1 | column 1: `5x` is no number",
        "99999999999999999999 > 1 | column 1: `99999999999999999999` is too large for a number",
        "true # comment | column 6: `#` has no meaning here",
        // Types.
        "request.model == 3 | column 15: `==` between a string and a number",
        "request.model + 1 == 'a' | column 15: `+` between a string and a number",
        "request.stream && request.model | column 19: `request.model` is a string, not a boolean",
        "!request.model | column 2: `request.model` is a string, not a boolean",
        "request.model.name == 'a' | column 1: `request.model` is a string, not a map",
        "'a' in request.model | column 8: `request.model` is a string, not a list or a map",
        "[1] < [2] | column 1: `[1]` is a list, not a number, a string or a boolean",
        "size(1) == 1 | column 6: `1` is a number, not a string, a list or a map",
        "request.model.exists(x, true) | column 1: `request.model` is a string, not a list or a map",
        "[1].all(x, 'a') | column 12: `'a'` is a string, not a boolean",
        "-'a' == 1 | column 2: `'a'` is a string, not a number",
        "(1 + 1) ? 1 : 2 | column 1: `(1 + 1)` is a number, not a boolean",
        // Functions.
        "request.model.startswith('a') | column 15: unknown method `startswith`; did you mean `startsWith`?",
        "startsWith(request.model, 'a') | column 1: unknown function `startsWith`; did you mean `x.startsWith(…)`?",
        "request.body.a.int() == 1 | column 16: unknown method `int`; did you mean `int(x)`?",
        "sise(request.model) == 1 | column 1: unknown function `sise`; did you mean `size`?",
        "timestamp('a') == 1 | column 1: unknown function `timestamp`",
        "has(1) | column 5: `has` asks for a path, such as `has(request.body.tools)`",
        "request.model.matches(metadata.p) | column 23: the pattern of `matches` must be written here, as a string",
        "matches(request.model, 'a' + 'b') | column 24: the pattern of `matches` must be written here, as a string",
        "request.model.matches('(a') | column 23: `(a` is no pattern: missing closing )",
        "request.model.matches('(a)\\\\1') | column 23: `(a)\\1` is no pattern: invalid escape sequence",
        "request.model.matches('(a{100}){50}') | column 23: the pattern is too large",
        "request.model.matches('a{900}') | column 23: the pattern is too large",
        "size('a', 'b') == 1 | column 9: unexpected `,` instead of `)`",
        "[1].all(x) | column 10: unexpected `)` instead of `,`",
      })
  void whatIsWrongIsSaidWithItsPlace(String source, String message) {
    assertThatExceptionOfType(ExpressionException.class)
        .isThrownBy(() -> compiler().compile(source, false))
        .withMessage(message);
  }

  @Test
  void anEmptyOneIsNone() {
    assertThatExceptionOfType(ExpressionException.class)
        .isThrownBy(() -> compiler().compile("  // nothing", false))
        .withMessage("column 1: the expression is empty");
  }

  @Test
  void ofSeveralLinesTheLineIsSaidToo() {
    assertThatExceptionOfType(ExpressionException.class)
        .isThrownBy(() -> compiler().compile("metadata.plan == 'free' ||\n  plan == 'x'", false))
        .withMessage("line 2, column 3: unknown name `plan`; did you mean `metadata.plan`?");
  }

  @Test
  void fieldsOfAResponseAreKnownWhereThereIsOne() throws ExpressionException {
    assertThat(compiler().compile("response.status == 200", true)).isNotNull();
    assertThatExceptionOfType(ExpressionException.class)
        .isThrownBy(() -> compiler().compile("response.tokens.inputs > 1", true))
        .withMessage(
            "column 17: `response.tokens` has no field `inputs`; did you mean"
                + " `response.tokens.input`?");
    assertThatExceptionOfType(ExpressionException.class)
        .isThrownBy(() -> compiler().compile("finish == 'stop'", true))
        .withMessage("column 1: unknown name `finish`; did you mean `response.finish`?");
    assertThatExceptionOfType(ExpressionException.class)
        .isThrownBy(() -> compiler().compile("response.body == 1", true))
        .withMessage("column 10: `response` has no field `body`");
  }

  @Test
  void nestingAndLengthAreBounded() throws ExpressionException {
    List<String> deep =
        Stream.of("(", "!", "-", "[", "true ? 1 : ", "true ? ", "{1: ", "size(", "[1].all(x, ")
            .map(part -> part.repeat(100))
            .toList();
    for (String source : deep) {
      assertThatExceptionOfType(ExpressionException.class)
          .as(source)
          .isThrownBy(() -> compiler().compile(source, false))
          .withMessageMatching(".*(nested too deep|has a meaning already)");
    }
    assertThatExceptionOfType(ExpressionException.class)
        .isThrownBy(() -> compiler().compile("1 == 1" + " || 1 == 1".repeat(400), false))
        .withMessage("column 2501: the expression is too long");
    assertThat(compiler().compile("1 == 1" + " || 1 == 1".repeat(200), false).source())
        .startsWith("1 == 1");
  }

  private static CelCompiler compiler() {
    return new CelCompiler(kind -> {});
  }
}
