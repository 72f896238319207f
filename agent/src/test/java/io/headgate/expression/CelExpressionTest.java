// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelExpressionTest {

  private static final String BODY =
      """
      {"model":"gpt-4o","temperature":0.5,"max_tokens":100,"seed":1.0,"nothing":null,
       "tools":[],"user":"zoë 😀","x-y":{"in":1},
       "messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"}]}
      """;

  private final List<String> failures = new ArrayList<>();
  private final Data data =
      Data.of(BODY)
          .header("x-tier", "gold")
          .metadata("plan", "free")
          .metadata("seats", 5L)
          .metadata("beta", true)
          .response(response());

  private static Map<String, @Nullable Object> response() {
    return Map.of(
        "status", 200L, "finish", "stop", "text", "Hello.", "tokens", Map.of("input", 12L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metadata.plan == \"free\"",
        "metadata.plan == 'free' && request.model.startsWith(\"gpt\")",
        "metadata['plan'] == 'free'",
        "metadata.beta",
        "environment == 'production'",
        "request.operation == 'chat' && request.provider == 'openai' && request.stream",
        "request['model'] == request.body.model",
        "request.headers['X-TIER'] == 'gold'",
        "request.headers.Authorization == null",
        "'x-tier' in request.headers && !('x-user' in request.headers)",
        "request.body.max_tokens > 50 && request.body.max_tokens <= 100.0",
        "request.body.temperature * 2 == 1",
        "request.body.seed == 1 && request.body.seed in [1]",
        "request.body['x-y']['in'] == 1 && request.body['x-y'].in == 1",
        "request.body.messages[0].role == 'system'",
        "request.body.messages[size(request.body.messages) - 1].content == 'Hi'",
        "request.body.messages.size() == 2 && request.body.tools == []",
        "size(request.body.user) == 5",
        "request.body.messages == [{'role': 'system', 'content': 'Be brief.'},"
            + " {'role': 'user', 'content': 'Hi'}]",
        "request.body.messages.exists(m, m.role == 'user')",
        "request.body.messages.all(m, m.content.size() < 10 && m.role in ['system', 'user'])",
        "request.body.messages.exists_one(m, m.role == 'user')",
        "request.body.messages.filter(m, m.role == 'user').map(m, m.content) == ['Hi']",
        "request.body.messages.map(m, m.role == 'user', m.content) == ['Hi']",
        "request.body.messages.exists(m, request.body.messages.exists(n, n.role > m.role))",
        "metadata.all(key, key != 'plans') && 'plan' in metadata",
        "response.status == 200 && response.finish == 'stop' && response.text.contains('ell')",
        "response.tokens.input > 10 && response.tokens.output == null",
        "'abc'.endsWith('bc') && 'abc'.contains('') && !'abc'.startsWith('b')",
        "metadata.plan.matches('^fr(e+)$') && matches(metadata.plan, 'R') == false",
        "(metadata.seats > 3 ? 'many' : 'few') == 'many'",
        "false ? true : true ? true : false",
        "{'free': 10, 'paid': 100}[metadata.plan] == 10 && {1: 'a'}[1.0] == 'a'",
        "{'a': {'b': [1, 2]}}.a.b[1] == 2",
        "1 + 2 * 3 == 7 && (1 + 2) * 3 == 9 && 7 / 2 == 3 && 7 % 4 == 3 && -2 - -3 == 1",
        "0x10 == 16 && 1e2 == 100 && .5 == 0.5 && 1 < 1.5 && 9007199254740993 > 9007199254740992.0",
        "'a' + 'b' == 'ab' && [1] + [2] == [1, 2] && 'a' < 'b' && false < true",
        "\"\\x41\\u00e9\\U0001F600\\101\\n\" == 'Aé😀A\\n' && r'\\d' == '\\\\d'",
        "1 != 'a'.size() + 1 && null == null && null != 1 && 1 in [null, 1] && null in [null]",
        "string(1) + string(true) + string(1.0) == '1true1' && int('7') == 7 && int(7.9) == 7",
        "double('0.5') == request.body.temperature // and nothing else",
        "metadata.plan == 'free' ||\n  metadata.plan == 'trial'",
      })
  void isTrue(String source) {
    assertThat(test(source)).isTrue();
    assertThat(failures).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "request.body.a.b.c == null",
        "request.body.a[0].b['c'] == null",
        "request.body.messages[2].role == null",
        "request.body.messages[-1] == null",
        "request.body.messages.role == null",
        "request.body.model.name == null",
        "request.body.nothing.at.all == null",
        "request.body[metadata.none] == null",
        "metadata.none == null && metadata.none.deeper == null",
        "request.headers['x-none'] == null",
        "null == request.body.none",
        "metadata.none != 'free'",
        "request.body.none != 0",
        "!has(request.body.a.b) && !has(metadata.none) && !has(request.body.nothing)",
        "has(request.body.tools) && has(metadata.plan) && has(request.headers['x-tier'])",
        "request.body.none == request.body.other",
        "(has(metadata.none) ? metadata.none : 'free') == 'free'",
      })
  void aPathThatLeadsNowhereIsNull(String source) {
    assertThat(test(source)).isTrue();
    assertThat(failures).isEmpty();
  }

  @Test
  void withoutBodyOrResponseAllOfThemIsNull() throws ExpressionException {
    Data none = Data.of((Object) null);
    assertThat(compile("request.body.messages[0].role == null").test(none)).isTrue();
    assertThat(compile("request.body == null").test(none)).isTrue();
    assertThat(compile("response.status == null").test(none)).isTrue();
    assertThat(compile("response.tokens.input == null").test(none)).isTrue();
    assertThat(failures).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metadata.plan                                       | type",
        "metadata.none                                       | type",
        "!metadata.none                                      | type",
        "metadata.none > 5                                   | type",
        "!(metadata.none > 5)                                | type",
        "metadata.seats.startsWith('a')                      | type",
        "metadata.none.matches('a')                          | type",
        "'a' in metadata.none                                | type",
        "request.body.none.all(x, true)                      | type",
        "request.body.messages.exists(m, m.none.size() > 1)  | type",
        "request.body.messages.all(m, m.none)                | type",
        "metadata.seats + metadata.plan == 1                 | type",
        "size(metadata.seats) == 1                           | type",
        "metadata.none ? true : true                         | type",
        "-metadata.plan == 1                                 | type",
        "string(request.body.tools) == ''                    | type",
        "{metadata.none: 1} == {}                            | type",
        "1 / (metadata.seats - 5) == 1                       | value",
        "1 % 0 == 1                                          | value",
        "metadata.seats * 9223372036854775807 > 1            | value",
        "int(metadata.plan) == 1                             | value",
        "double('x') == 1                                    | value",
        "int(1e30) == 1                                      | value",
      })
  void whatCannotBeEvaluatedIsFalseAndCounted(String source, String kind) {
    assertThat(test(source)).isFalse();
    assertThat(failures).containsExactly(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metadata.none > 5 || metadata.plan == 'free'",
        "metadata.plan == 'free' || metadata.none > 5",
        "!(metadata.none > 5 && metadata.plan == 'paid')",
        "request.body.messages.exists(m, m.none.size() > 1 || m.role == 'user')",
        "[1, 'a', 2].exists(x, x > 1)",
        "![1, 'a', 2].all(x, x < 2)",
      })
  void anOperandThatDecidesAloneMakesUpForOneThatFails(String source) {
    assertThat(test(source)).isTrue();
    assertThat(failures).isEmpty();
  }

  @Test
  void textIsWhatItComesTo() throws ExpressionException {
    assertThat(compile("metadata.plan + '/' + request.model").text(data)).isEqualTo("free/gpt-4o");
    assertThat(compile("metadata.seats").text(data)).isEqualTo("5");
    assertThat(compile("request.body.seed").text(data)).isEqualTo("1");
    assertThat(compile("request.body.temperature").text(data)).isEqualTo("0.5");
    assertThat(compile("request.stream").text(data)).isEqualTo("true");
    assertThat(compile("metadata.none").text(data)).isNull();
    assertThat(failures).isEmpty();
    assertThat(compile("request.body.tools").text(data)).isNull();
    assertThat(compile("metadata.none + 'a'").text(data)).isNull();
    assertThat(failures).containsExactly("type", "type");
  }

  @Test
  void itKnowsItsSource() throws ExpressionException {
    assertThat(compile(" true ").source()).isEqualTo(" true ");
  }

  @Test
  void onlyWhatIsNamedIsAskedFor() throws ExpressionException {
    assertThat(compile("1 + 1 == 2").test(data)).isTrue();
    assertThat(data.asked).isZero();
    assertThat(compile("metadata.plan == 'free' || request.body.model == 'x'").test(data)).isTrue();
    assertThat(data.bodies).isZero();
    assertThat(compile("request.body.model == 'x' || request.body.seed == 1").test(data)).isTrue();
    assertThat(data.bodies).as("once per evaluation").isEqualTo(1);
  }

  @Test
  void dataThatCannotBeHadIsCounted() throws ExpressionException {
    Map<String, Object> broken =
        new java.util.AbstractMap<>() {
          @Override
          public java.util.Set<Entry<String, Object>> entrySet() {
            throw new IllegalStateException("broken");
          }
        };
    assertThat(compile("request.body.a == 1").test(Data.of(broken))).isFalse();
    assertThat(compile("request.body.a").text(Data.of(broken))).isNull();
    assertThat(failures).containsExactly("data", "data");
  }

  @Test
  void aListenerThatFailsHarmsNobody() throws ExpressionException {
    CelCompiler compiler =
        new CelCompiler(
            kind -> {
              throw new IllegalStateException(kind);
            });
    assertThat(compiler.compile("metadata.none", false).test(data)).isFalse();
  }

  @Test
  void manyThreadsMayShareOne() throws ExpressionException {
    Expression shared =
        compile(
            "request.body.all(x, request.body.exists(y, y == x + 1)"
                + " || x == request.body.size()) && string(request.body[0]).matches('^[0-9]+$')");
    boolean[] right = new boolean[400];
    IntStream.range(0, right.length)
        .parallel()
        .forEach(
            i -> {
              int size = 1 + i % 40;
              boolean broken = i % 3 == 0;
              Object[] numbers = IntStream.rangeClosed(1, size).mapToObj(n -> (long) n).toArray();
              if (broken) {
                numbers[size - 1] = (long) size + 2;
              }
              right[i] = shared.test(Data.of((Object) Arrays.asList(numbers))) != broken;
            });
    assertThat(right).doesNotContain(false);
    assertThat(failures).isEmpty();
  }

  private boolean test(String source) {
    try {
      return compile(source).test(data);
    } catch (ExpressionException e) {
      throw new AssertionError(source + ": " + e.getMessage(), e);
    }
  }

  private Expression compile(String source) throws ExpressionException {
    return new CelCompiler(failures::add).compile(source, true);
  }
}
