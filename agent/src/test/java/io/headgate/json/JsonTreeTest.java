// SPDX-License-Identifier: Apache-2.0
package io.headgate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {

  private static @Nullable Object read(String json) {
    return JsonTree.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String write(@Nullable Object value) {
    return new String(JsonWriter.write(value), StandardCharsets.UTF_8);
  }

  @Test
  void objectsKeepTheOrderOfTheDocument() {
    assertThat(read("{\"z\":1,\"a\":[true,null,\"x\"],\"m\":{\"k\":false}}"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsExactly(
            entry("z", 1L),
            entry("a", Arrays.asList(true, null, "x")),
            entry("m", Map.of("k", false)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "{",
        "[1",
        "{\"a\"}",
        "{\"a\":}",
        "[1,]",
        "{\"a\":1}}",
        "1 2",
        "{} x",
        "nul",
        "tru",
        "'a'",
        "\"a",
        "{a:1}",
        "NaN",
        "01",
        "\u0000",
        "[1]//"
      })
  void whatIsNoJsonIsNothing(String text) {
    assertThat(read(text)).isNull();
  }

  @Test
  void bytesThatAreNoTextAreReplacedOrNothing() {
    assertThat(JsonTree.read(new byte[] {'"', (byte) 0xC3, '"'})).isEqualTo("\uFFFD");
    assertThat(JsonTree.read(new byte[] {(byte) 0xFF, (byte) 0xFE, 1, 2, 3})).isNull();
  }

  @Test
  void aHundredLevelsAreReadAndNoMore() {
    assertThat(read("[".repeat(100) + "]".repeat(100))).isNotNull();
    assertThat(read("[".repeat(101) + "]".repeat(101))).isNull();
    assertThat(read("{\"a\":".repeat(100_000))).isNull();
  }

  @Test
  void numbersAreLongWhereTheyFitAndDoubleElsewhere() {
    assertThat(read("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
    assertThat(read("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(read("9223372036854775808")).isEqualTo(9.223372036854775807e18);
    assertThat(read("1.0")).isEqualTo(1.0);
    assertThat(read("1e2")).isEqualTo(100.0);
    assertThat(read("-0")).isEqualTo(0L);
    assertThat(read("1e999999")).isIn(null, Double.POSITIVE_INFINITY);
    assertThat(read("1".repeat(5000))).isNull();
  }

  @Test
  void ofTwoMembersOfOneNameTheLastCounts() {
    assertThat(read("{\"a\":1,\"a\":2}")).isEqualTo(Map.of("a", 2L));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "messages.0.content, hi",
        "messages.1.content, -",
        "messages.-1, -",
        "messages.x, -",
        "messages.99999999999, -",
        "messages.00.content, hi",
        "model, m",
        "model.x, -",
        "nothing, -",
        "'', empty",
        "a..b, deep",
        "nil.x, -",
      })
  void aPathLeadsToAValueOrNowhere(String path, @Nullable String value) {
    Object document =
        read(
            "{\"model\":\"m\",\"messages\":[{\"content\":\"hi\"}],\"\":\"empty\","
                + "\"a\":{\"\":{\"b\":\"deep\"}},\"nil\":null}");
    assertThat(JsonTree.at(document, path)).isEqualTo(value);
  }

  @Test
  void nothingLeadsNowhere() {
    assertThat(JsonTree.at(null, "a")).isNull();
    assertThat(JsonTree.at("text", "a")).isNull();
  }

  @Test
  void whatIsWrittenIsAsItWasRead() {
    String json =
        "{\"a\":[1,2.5,true,null,\"\\\"\\\\\\n\u00e9\"],\"b\":{},\"c\":[],\"d\":-9223372036854775808}";
    assertThat(write(read(json))).isEqualTo(json);
    assertThat(write(null)).isEqualTo("null");
    assertThat(write(7)).isEqualTo("7");
    assertThat(write(new StringBuilder("x"))).isEqualTo("\"x\"");
  }

  @Test
  void whateverIsWrittenIsReadAgain() {
    for (int seed = 0; seed < 3000; seed++) {
      Object value = value(new Random(seed), 5);
      byte[] json = JsonWriter.write(value);
      assertThat(JsonTree.read(json)).as("seed %s", seed).isEqualTo(value);
    }
  }

  @Test
  void noDocumentThatIsCutOrBrokenThrows() {
    Random random = new Random(11);
    for (int seed = 0; seed < 3000; seed++) {
      byte[] json = JsonWriter.write(value(new Random(seed), 4));
      byte[] broken = Arrays.copyOf(json, 1 + random.nextInt(json.length));
      broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      Object value = JsonTree.read(broken);
      if (value != null) {
        assertThat(JsonTree.read(JsonWriter.write(value))).as("seed %s", seed).isEqualTo(value);
      }
    }
  }

  private static @Nullable Object value(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 5 : 8)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextInt(3) == 0 ? random.nextLong() : (Object) (long) random.nextInt(100);
      case 3 -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
      case 4, 5 -> text(random);
      case 6 -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(text(random), value(random, depth - 1));
        }
        yield map;
      }
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      int point =
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(0x20);
            case 1 -> "\"\\/\u2028".charAt(random.nextInt(4));
            case 2 -> 0x1F600 + random.nextInt(50);
            default -> 'a' + random.nextInt(26);
          };
      text.appendCodePoint(point);
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "-0",
        "1.10",
        "12345678901234567890",
        "-0.000012345678901234567890",
        "1E+400"
      })
  void exactNumbersAreWrittenAsTheyWereSpelled(String number) {
    String json = "{\"a\":[" + number + "]}";
    Object tree = JsonTree.exact(json.getBytes(StandardCharsets.UTF_8));
    assertThat(JsonTree.at(tree, "a.0")).isEqualTo(new JsonNumber(number));
    assertThat(write(tree)).isEqualTo(json);
  }

  @Test
  void anExactNumberIsOneOfOursIfItIsWholeAndFits() {
    assertThat(new JsonNumber("-7").orElse(3)).isEqualTo(-7);
    assertThat(new JsonNumber("7.0").orElse(3)).isEqualTo(3);
    assertThat(new JsonNumber("12345678901234567890").orElse(3)).isEqualTo(3);
  }
}
