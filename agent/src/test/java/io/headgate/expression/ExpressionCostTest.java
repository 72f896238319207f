// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What would take too long is given up, and counted as such. None of these would end in time. */
class ExpressionCostTest {

  private static final Map<String, Object> BODY = body();

  private final List<String> failures = new ArrayList<>();

  private static Map<String, Object> body() {
    Map<String, Object> body = new HashMap<>();
    body.put("million", Collections.nCopies(1_000_000, 1L));
    body.put("other", new ArrayList<>(Collections.nCopies(1_000_000, 1L)));
    body.put("some", Collections.nCopies(1000, 1L));
    body.put("a", "a".repeat(4_000_000));
    body.put("b", "a".repeat(3_999_999) + "b");
    body.put("half", "a".repeat(200_000) + "b");
    body.put("keys", Map.of("a".repeat(4_000_000), 1L));
    List<Object> cycle = new ArrayList<>();
    cycle.add(cycle);
    body.put("cycle", cycle);
    List<Object> twin = new ArrayList<>();
    twin.add(twin);
    body.put("twin", twin);
    body.put("deep", deep());
    body.put("deeper", deep());
    return body;
  }

  private static Object deep() {
    List<Object> deep = new ArrayList<>();
    for (int i = 0; i < 1_000_000; i++) {
      deep = new ArrayList<>(List.<Object>of(deep));
    }
    return deep;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "request.body.million.all(x, x == 1)",
        "!request.body.million.exists(x, x == 2)",
        "!request.body.million.exists_one(x, x == 2)",
        "request.body.million.filter(x, true).size() == 1000000",
        "request.body.million.map(x, [x, x]).size() == 1000000",
        "request.body.some.all(x, request.body.some.all(y, request.body.some.all(z, true)))",
        "[1,2,3,4,5,6,7,8,9].all(a, [1,2,3,4,5,6,7,8,9].all(b, [1,2,3,4,5,6,7,8,9].all(c,"
            + " [1,2,3,4,5,6,7,8,9].all(d, [1,2,3,4,5,6,7,8,9].all(e, true)))))",
        "request.body.million == request.body.other",
        "!(2 in request.body.million)",
        "(request.body.million + request.body.million).size() > 1",
        "request.body.some.map(x, request.body.a + request.body.a).size() == 1000",
        "request.body.a != request.body.b",
        "request.body.a < request.body.b",
        "!request.body.a.contains(request.body.half)",
        "request.body.a.startsWith(request.body.a)",
        "request.body.b.endsWith(request.body.b)",
        "size(request.body.a) == 4000000",
        "request.body.keys[request.body.a] == 1",
        "request.body.a in request.body.keys",
        "request.body.keys == {request.body.a: 1}",
        "request.headers[request.body.a] == null",
        "request.body.a in request.headers || true",
        "!request.body.a.matches('(a+)+$|b')",
        "!request.body.half.matches('(a?){30}a{30}c')",
        "!request.body.some.exists(x, request.body.half.matches('(a|aa)+c'))",
        "!matches(request.body.a, 'x')",
        "request.body.cycle == request.body.twin",
        "request.body.deep == request.body.deeper",
        "request.body.million.all(x, x == 1) || true",
        "[1].exists(x, request.body.million.all(y, true)) || true",
      })
  void isFalseAndCounted(String source) throws ExpressionException {
    Expression expression = new CelCompiler(failures::add).compile(source, false);
    assertThat(expression.test(Data.of((Object) BODY))).isFalse();
    assertThat(failures).containsExactly("cost");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "request.body.some.all(x, x == 1 && x < 2 && x + 1 == 2)",
        "request.body.half.contains('ab') && !request.body.half.contains('needle')",
        "!request.body.prompt.matches('(?i)ignore (all )?previous')",
        "request.body.prompt.matches('[a-z]+ dog')",
        "size(request.body.half) == 200001",
        "!(2 in request.body.some)",
        "request.body.million.exists(x, x == 1)",
        "request.body.million[999999] == 1 && request.body.million.size() == 1000000",
      })
  void whatPromptsNeedIsWithinTheBudget(String source) throws ExpressionException {
    Map<String, Object> body = new HashMap<>(BODY);
    body.put("prompt", "the quick brown fox jumps over the lazy dog ".repeat(400));
    Expression expression = new CelCompiler(failures::add).compile(source, false);
    assertThat(expression.test(Data.of((Object) body))).isTrue();
    assertThat(failures).isEmpty();
  }

  @Test
  void aThreadWithoutStackLeftGivesUpToo() throws Exception {
    StringBuilder nested = new StringBuilder("1");
    for (int i = 0; i < 400; i++) {
      nested.append(" + 1");
    }
    Expression expression = new CelCompiler(failures::add).compile(nested + " == 401", false);
    assertThat(expression.test(Data.of((Object) null))).isTrue();
    List<Boolean> results = new ArrayList<>();
    Thread thread = new Thread(() -> results.add(atTheEndOfTheStack(expression)));
    thread.start();
    thread.join();
    assertThat(results).containsExactly(false);
  }

  /** Evaluates where the stack ends; a frame earlier if not even the call of it fits there. */
  private static boolean atTheEndOfTheStack(Expression expression) {
    try {
      return atTheEndOfTheStack(expression);
    } catch (StackOverflowError e) {
      return expression.test(Data.of((Object) null));
    }
  }
}
