// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeadersTest {

  private final Headers headers = Headers.ofFlat("Accept", "a", "X-A", "1", "x-a", "2");

  @Test
  void namesCompareWithoutCase() {
    assertThat(headers.first("ACCEPT")).isEqualTo("a");
    assertThat(headers.all("X-a")).containsExactly("1", "2");
    assertThat(headers.first("none")).isNull();
    assertThat(headers.toMap())
        .containsExactly(Map.entry("Accept", List.of("a")), Map.entry("X-A", List.of("1", "2")));
  }

  @Test
  void aFieldIsReplacedInItsPlace() {
    List<String> flat = new ArrayList<>();
    headers
        .with("x-A", "9")
        .with("New", "n")
        .forEach((name, value) -> flat.add(name + "=" + value));
    assertThat(flat).containsExactly("Accept=a", "x-A=9", "New=n");
  }

  @Test
  void fieldsAreRemovedByLowerCaseName() {
    assertThat(headers.without(name -> name.equals("x-a")).toMap().keySet())
        .containsExactly("Accept");
    assertThat(headers.without(name -> name.equals("zzz"))).isSameAs(headers);
  }

  @Test
  void theStatusLineOfUrlConnectionsIsLeftOut() {
    Map<String, List<String>> map = new LinkedHashMap<>();
    map.put(null, List.of("HTTP/1.1 200 OK"));
    map.put("A", List.of("1"));
    assertThat(Headers.of(map).toMap()).containsOnlyKeys("A");
  }

  @Test
  void valuesAreNotPrinted() {
    assertThat(Headers.ofFlat("Authorization", "Bearer sk-secret").toString())
        .doesNotContain("sk-secret");
  }

  @Test
  void namesWithoutValuesAreRefused() {
    assertThatThrownBy(() -> Headers.ofFlat("a")).isInstanceOf(IllegalArgumentException.class);
  }
}
