// SPDX-License-Identifier: Apache-2.0
package io.headgate.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSliceTest {

  private static JsonSlice slice(String json) {
    return Objects.requireNonNull(JsonSlice.of(json.getBytes(UTF_8)));
  }

  private static JsonSlice member(String json, String name) {
    return Objects.requireNonNull(slice(json).member(name));
  }

  private static List<String> raw(List<JsonSlice> slices) {
    return slices.stream().map(JsonSlice::raw).toList();
  }

  @Test
  void valuesAreFoundAsTheyStandThere() {
    String json = " {\"a\" : [1.50, -2e+05 ,\"x]\\\"\" , {} ,[ ]], \"b\\u0041\":null,\"c\":true} ";
    assertThat(raw(member(json, "a").elements()))
        .containsExactly("1.50", "-2e+05", "\"x]\\\"\"", "{}", "[ ]");
    assertThat(slice(json).members().stream().map(JsonSlice.Member::name))
        .containsExactly("a", "bA", "c");
    assertThat(member(json, "bA").isNull()).isTrue();
    assertThat(member(json, "c").raw()).isEqualTo("true");
    assertThat(slice(json).member("d")).isNull();
  }

  @Test
  void textsAreReadWithoutTheirEscapes() {
    assertThat(member("{\"a\":\"\\u00e9\\n\\\"\"}", "a").text()).isEqualTo("\u00e9\n\"");
    assertThat(member("{\"a\":\"\u00e9\"}", "a").text()).isEqualTo("\u00e9");
    assertThat(member("{\"a\":1}", "a").text()).isNull();
  }

  @Test
  void emptinessIsSeen() {
    assertThat(member("{\"a\":[ \n]}", "a").isEmpty()).isTrue();
    assertThat(member("{\"a\":\"\"}", "a").isEmpty()).isTrue();
    assertThat(member("{\"a\":[0]}", "a").isEmpty()).isFalse();
    assertThat(member("{\"a\":{}}", "a").isEmpty()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1",
        "\"a\"",
        "{",
        "{\"a\":1",
        "[1,]",
        "{\"a\":1}x",
        "[01]",
        "{\"a\":1,\"a\":2}",
        "{\"b\":{\"a\":1,\"a\":2}}",
        "[NaN]",
        "{]",
        "[}"
      })
  void whatIsNoDocumentHasNoRoot(String json) {
    assertThat(JsonSlice.of(json.getBytes(UTF_8))).isNull();
  }

  @Test
  void otherEncodingsHaveNoRoot() {
    assertThat(JsonSlice.of("{\"a\":1}".getBytes(UTF_16LE))).isNull();
    assertThat(JsonSlice.of(new byte[] {0, '{', 0, '}'})).isNull();
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheValue() {
    assertThat(slice("\uFEFF{\"a\":1}").raw()).isEqualTo("{\"a\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":[1,2}", "{\"a\" 1}", "{a:1}", "{\"a\":}", "{\"a\":1 2}"})
  void damagedDocumentsAreToldWhenTheyAreLookedInto(String json) {
    JsonSlice damaged = Objects.requireNonNull(JsonSlice.unchecked(json.getBytes(UTF_8)));
    assertThatThrownBy(damaged::members).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void splicesLeaveTheRestAlone() {
    JsonSlice root = slice(" {\"a\" : 1.0,\n \"b\": [2] , \"c\":3e0}\n");
    byte[] spliced =
        new JsonSplices(root)
            .replace(Objects.requireNonNull(root.member("c")), "true".getBytes(UTF_8))
            .replace(Objects.requireNonNull(root.member("b")), "[7,8,9]".getBytes(UTF_8))
            .bytes();
    assertThat(new String(spliced, UTF_8))
        .isEqualTo(" {\"a\" : 1.0,\n \"b\": [7,8,9] , \"c\":true}\n");
  }

  @Test
  void splicesOfAnotherDocumentAreRefused() {
    JsonSplices splices = new JsonSplices(slice("{\"a\":1}"));
    assertThatThrownBy(() -> splices.replace(slice("{\"a\":1}"), new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
