// SPDX-License-Identifier: Apache-2.0
package io.headgate.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonSpliceTest {

  @Test
  void everythingElseStaysAsItIs() {
    assertThat(replace("{ \"a\" : [1.50, {\"ü\" : \"\\u00e4ö\\\"\"}] ,\"b\":1e2}", "a.1.ü"))
        .isEqualTo("{ \"a\" : [1.50, {\"ü\" : 0}] ,\"b\":1e2}");
  }

  @Test
  void aPathThatLeadsNowhereIsNotReplaced() {
    assertThat(replace("{\"a\":\"x\"}", "b")).isNull();
    assertThat(replace("{\"a\":1}", "a")).isNull();
    assertThat(replace("{\"a\":", "a")).isNull();
  }

  @Test
  void whatIsSaidTwiceIsNotReplaced() {
    assertThat(replace("{\"a\":\"x\",\"a\":\"y\"}", "a")).isNull();
    assertThat(replace("{\"a\":{\"b\":\"x\"},\"a.b\":\"y\"}", "a.b")).isNull();
  }

  @Test
  void whatIsNoUtf8IsNotReplaced() {
    byte[] json = {'{', '"', 'a', '"', ':', '"', (byte) 0xFF, '"', '}'};
    assertThat(JsonSplice.replace(json, Set.of("a"), new byte[] {'0'})).isNull();
  }

  @Test
  void otherEncodingsAreLeftAlone() {
    byte[] json = "{\"a\":\"x\"}".getBytes(UTF_16LE);
    assertThat(JsonSplice.replace(json, Set.of("a"), new byte[] {'0'})).isNull();
  }

  private static @Nullable String replace(String json, String path) {
    byte[] replaced = JsonSplice.replace(json.getBytes(UTF_8), Set.of(path), new byte[] {'0'});
    return replaced == null ? null : new String(replaced, UTF_8);
  }
}
