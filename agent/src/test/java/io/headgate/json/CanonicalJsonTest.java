// SPDX-License-Identifier: Apache-2.0
package io.headgate.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

  private static @Nullable String form(byte[] json, String... ignored) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean written = CanonicalJson.write(json, JsonPaths.of(List.of(ignored)), bytes::write);
    assertThat(written || bytes.size() == 0).isTrue();
    return written ? HexFormat.of().formatHex(bytes.toByteArray()) : null;
  }

  private static @Nullable String form(String json, String... ignored) {
    return form(json.getBytes(StandardCharsets.UTF_8), ignored);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1,\"b\":[2,3]} | { \"b\" : [ 2 , 3 ] ,\t\"a\" : 1 }",
        "{\"a\":1,\"\\u0062\":2} | {\"b\":2,\"a\":1}",
        "\"A\" | \"\\u0041\"",
        "\"\\u00e9/\\n\" | \"é\\/\\u000A\"",
        "\"\\ud83d\\uDE00\" | \"😀\"",
        "1 | 1.0",
        "1 | 1e0",
        "1 | 10E-1",
        "1 | 0.1e+1",
        "100 | 1E2",
        "100 | 100.000",
        "12.5 | 0.00125e4",
        "-0 | 0",
        "0.0e5 | 0",
        "-1.50 | -15e-1",
        "123456789012345678901234567890.10 | 1234567890123456789012345678901e-1",
        "1e-000000000007 | 0.0000001"
      })
  void whatSaysTheSameHasTheSameForm(String one, String other) {
    assertThat(form(one)).isNotNull().isEqualTo(form(other));
  }

  @Test
  void whatSaysSomethingElseHasAnotherForm() {
    List<String> different =
        List.of(
            "1",
            "\"1\"",
            "10",
            "0.1",
            "-1",
            "1.0000000000000000000000000001",
            "123456789012345678901234567890",
            "123456789012345678901234567891",
            "9007199254740993",
            "9007199254740992",
            "1e400",
            "1e401",
            "1e99999999999999999999",
            "0",
            "null",
            "\"null\"",
            "true",
            "\"true\"",
            "false",
            "\"\"",
            "[]",
            "{}",
            "[[]]",
            "[[],[]]",
            "[[[]]]",
            "[{}]",
            "[null]",
            "[null,null]",
            "{\"a\":null}",
            "{\"a\":[]}",
            "{\"a\":{}}",
            "{\"a\":1}",
            "{\"a\":1,\"a\":1}",
            "{\"a\":1,\"a\":2}",
            "{\"a\":2,\"a\":1}",
            "{\"a\":2}",
            "{\"a\":{\"b\":1}}",
            "{\"a\":1,\"b\":1}",
            "{\"ab\":1}",
            "[\"ab\",\"c\"]",
            "[\"a\",\"bc\"]",
            "[1,2]",
            "[2,1]",
            "[12]",
            "[\"a\"]",
            "\"é\"",
            "\"e\u0301\"",
            "\"\\ud83d\"",
            "\"\\ude00\"",
            "\"\\u0000\"",
            "\"s\\u0001a\"",
            "[\"s\",\"a\"]");
    Map<String, String> forms = new HashMap<>();
    for (String json : different) {
      String form = form(json);
      assertThat(form).as(json).isNotNull();
      assertThat(forms.put(form, json)).as(json).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\" 1}",
        "[1}",
        "{\"a\":1]",
        "1 2",
        "{}{}",
        "01",
        "1.",
        ".5",
        "+1",
        "-",
        "1e",
        "1e+",
        "NaN",
        "tru",
        "truely",
        "\"a",
        "\"a\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"a\nb\"",
        "'a'",
        "{} \u0000"
      })
  void whatIsNoJsonHasNone(String text) {
    assertThat(form(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"22ff22", "22c3", "22c08022", "22e08080 22", "22eda0bd22", "22f490808022", "2280"})
  void whatIsNotWellFormedHasNone(String hex) {
    assertThat(form(HexFormat.of().parseHex(hex.replace(" ", "")))).isNull();
  }

  @Test
  void everyPrefixOfADocumentIsNoDocument() {
    byte[] json =
        "{\"a\":[1.5e3,true,null,\"x\\u00e9\\\\é😀\"],\"b\":{\"c\":false}}"
            .getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < json.length; length++) {
      assertThat(form(Arrays.copyOf(json, length))).as("%d", length).isNull();
    }
    assertThat(form(json)).isNotNull();
  }

  @Test
  void aByteOrderMarkIsNoPartOfIt() {
    assertThat(form("\uFEFF{}")).isNotNull().isEqualTo(form("{}"));
  }

  @Test
  void onlyADepthThatNobodyNeedsIsTooDeep() {
    assertThat(form("[".repeat(128) + "]".repeat(128))).isNotNull();
    assertThat(form("[".repeat(129) + "]".repeat(129))).isNull();
    assertThat(form("[".repeat(1_000_000))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "user | {\"a\":1,\"user\":\"x\"} | {\"a\":1}",
        "user | {\"us\\u0065r\":\"x\",\"user\":\"y\",\"a\":1} | {\"a\":1}",
        "metadata.session | {\"metadata\":{\"session\":1,\"b\":2}} | {\"metadata\":{\"b\":2}}",
        "messages.0.name | {\"messages\":[{\"name\":1},{\"name\":2}]} |"
            + " {\"messages\":[{},{\"name\":2}]}",
        "a.0 | {\"a\":[1,2]} | {\"a\":[2]}",
        "a.0 | {\"a\":{\"0\":1}} | {\"a\":{}}",
        "a.b | {\"a\":1} | {\"a\":1}"
      })
  void whatIsIgnoredIsLeftOut(String path, String json, String without) {
    assertThat(form(json, path, "elsewhere")).isNotNull().isEqualTo(form(without));
  }

  @Test
  void theRestIsNotIgnored() {
    String json = "{\"user\":1,\"a\":{\"user\":2},\"users\":3}";
    assertThat(form(json, "user"))
        .isNotEqualTo(form("{\"a\":{\"user\":9},\"users\":3}", "user"))
        .isNotEqualTo(form("{\"a\":{\"user\":2},\"users\":9}", "user"))
        .isNotEqualTo(form("{\"users\":3}", "user"))
        .isEqualTo(form("{\"a\":{\"user\":2},\"users\":3}"));
  }

  @Test
  void manyMembersAreSortedToo() {
    StringBuilder up = new StringBuilder("{");
    StringBuilder down = new StringBuilder("{");
    for (int i = 0; i < 3_000; i++) {
      up.append(i == 0 ? "" : ",").append("\"m").append(i).append("\":").append(i);
      down.append(i == 0 ? "" : ",").append("\"m").append(2_999 - i).append("\":");
      down.append(2_999 - i);
    }
    assertThat(form(up + "}")).isNotNull().isEqualTo(form(down + "}"));
  }

  @Test
  void longTextsAreWhole() {
    String text = "é\\n".repeat(5_000);
    assertThat(form("[\"" + text + "\",1]"))
        .isEqualTo(form(" [\"" + text.replace("\\n", "\\u000a") + "\",1.0]"))
        .isNotEqualTo(form("[\"" + text + "x\",1]"))
        .isNotEqualTo(form("[\"x" + text + "\",1]"));
  }

  @Test
  void partsAreWalkedWithoutWhatIsIgnored() {
    byte[] json = "{\"a\":[1,\"x\"],\"b\":true}".getBytes(StandardCharsets.UTF_8);
    JsonPart root = JsonPart.of(json, JsonPaths.of(List.of("a.0")));
    assertThat(root).isNotNull();
    assertThat(root.kind()).isEqualTo(JsonPart.Kind.OBJECT);
    JsonPart array = root.children().get(0);
    assertThat(array.name()).isEqualTo("a");
    assertThat(array.size()).isEqualTo(2);
    assertThat(array.children().get(0)).isNull();
    assertThat(array.children().get(1).kind()).isEqualTo(JsonPart.Kind.STRING);
    assertThat(root.children().get(1).kind()).isEqualTo(JsonPart.Kind.TRUE);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    array.write(bytes::write);
    assertThat(HexFormat.of().formatHex(bytes.toByteArray())).isEqualTo(form("[\"x\"]"));
  }
}
