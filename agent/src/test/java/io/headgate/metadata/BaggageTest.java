// SPDX-License-Identifier: Apache-2.0
package io.headgate.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.Headers;
import io.opentelemetry.context.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaggageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user.id=u1                        | u1",
        "a=b,user.id=u1                    | u1",
        " a = b , user.id =  u1 ;p=1;q , c=d | u1",
        "user.id=K%C3%B6ln%20am%20Rhein    | K\u00f6ln am Rhein",
        "user.id=a+b                       | a+b",
        "user.id=a=b==                     | a=b==",
        "user.id=100%                      | 100%",
        "user.id=%zz                       | %zz",
        "user.id=first,user.id=second      | first",
        "user.id=                          | ''",
        "xuser.id=1                        | ",
        "user.idx=1                        | ",
        "user.id                           | ",
        "=u1,;,,                           | ",
        "a=b;user.id=u1                    | ",
      })
  void aFieldIsReadAsTheSpecificationSays(String field, String value) {
    assertThat(Baggage.of(Headers.ofFlat("Baggage", field), "user.id")).isEqualTo(value);
  }

  @Test
  void severalFieldsAreOne() {
    Headers headers = Headers.ofFlat("baggage", "a=1", "x", "y", "BAGGAGE", "b=2");
    assertThat(Baggage.of(headers, "b")).isEqualTo("2");
    assertThat(Baggage.of(Headers.EMPTY, "b")).isNull();
  }

  @Test
  void theAppsOwnApiIsAsked() {
    try (Scope scope =
        io.opentelemetry.api.baggage.Baggage.builder().put("user.id", "u2").build().makeCurrent()) {
      assertThat(scope).isNotNull();
      assertThat(Baggage.current("user.id", getClass().getClassLoader())).isEqualTo("u2");
      assertThat(Baggage.current("other", getClass().getClassLoader())).isNull();
    }
    assertThat(Baggage.current("user.id", getClass().getClassLoader())).isNull();
  }

  @Test
  void anAppWithoutTheApiHasNone() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(null);
    try {
      assertThat(Baggage.current("user.id", ClassLoader.getPlatformClassLoader())).isNull();
      assertThat(Baggage.current("user.id", null)).isNull();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
