// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEditTest {

  private static final JsonFactory JSON = new JsonFactory();
  private static final ObjectMapper JACKSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "\"a\"",
        "1",
        "null",
        "{",
        "}",
        "{]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,\"a\":1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1}}",
        "{\"a\":1}{}",
        "{\"a\":[1,]}",
        "{\"a\":[1}",
        "{\"a\":[1]]}",
        "{\"a\" 1}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":1.}",
        "{\"a\":.5}",
        "{\"a\":1e}",
        "{\"a\":-}",
        "{\"a\":NaN}",
        "{\"a\":tru}",
        "{\"a\":nulll}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\u0000\"}",
        "{\"a\":\"}",
        "{\"a\":\"\\\"}",
        "{\"a\":1}x",
        "{\"a\":1}\u0000",
        "{\"a\":/**/1}",
        "--b\r\n\r\n\r\n--b--"
      })
  void whatIsNoObjectCannotBeEdited(String text) {
    assertThat(JsonText.of(bytes(text))).isNull();
  }

  @Test
  void otherEncodingsCannotBeEdited() {
    assertThat(JsonText.of("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE))).isNull();
    assertThat(JsonText.of("{\"a\":1}".getBytes(StandardCharsets.UTF_16BE))).isNull();
    assertThat(JsonText.of(new byte[] {0x1f, (byte) 0x8b, 8, 0})).isNull();
  }

  @Test
  void nestingHasALimit() {
    String deep = "{\"a\":" + "[".repeat(511) + "]".repeat(511) + "}";
    String deeper = "{\"a\":" + "[".repeat(512) + "]".repeat(512) + "}";
    String endless = "{\"a\":" + "[".repeat(1 << 20);
    assertThat(JsonText.of(bytes(deep))).isNotNull();
    assertThat(JsonText.of(bytes(deeper))).isNull();
    assertThat(JsonText.of(bytes(endless))).isNull();
  }

  @Test
  void aBodyLargerThanAnyCapturedOneIsNotEdited() {
    byte[] large = new byte[(8 << 20) + 1];
    Arrays.fill(large, (byte) ' ');
    large[0] = '{';
    large[1] = '}';
    assertThat(JsonText.of(large)).isNull();
    assertThat(JsonText.of(Arrays.copyOf(large, 8 << 20))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "a|{\"a\":1}|{\"a\":9}",
        "a|{ \"a\" :\t1 , \"b\":2 }|{ \"a\" :\t9 , \"b\":2 }",
        "a|{\"a\":[{\"a\":2}],\"b\":{\"a\":3}}|{\"a\":9,\"b\":{\"a\":3}}",
        "a|{\"a\":1,\"b\":0.10,\"a\":null}|{\"a\":9,\"b\":0.10,\"a\":9}",
        "a|{\"\\u0061\":1}|{\"\\u0061\":9}",
        "a|{\"\\\\u0061\":1}|{\"\\\\u0061\":1,\"a\":9}",
        "a|{}|{\"a\":9}",
        "a|{ }|{\"a\":9 }",
        "a|{\"b\":1 }|{\"b\":1,\"a\":9 }",
        "a|{\"a\":9}|{\"a\":9}",
        "a.b|{}|{\"a\":{\"b\":9}}",
        "a.b|{\"a\":{}}|{\"a\":{\"b\":9}}",
        "a.b|{\"a\":null}|{\"a\":{\"b\":9}}",
        "a.b|{\"a\":\"x\"}|{\"a\":{\"b\":9}}",
        "a.b|{\"a\":[1]}|{\"a\":{\"b\":9}}",
        "a.b|{\"a\":{\"b\":1},\"a\":{\"c\":2}}|{\"a\":{\"b\":9},\"a\":{\"c\":2,\"b\":9}}",
        "a.b.c|{\"a\":{\"x\":1}}|{\"a\":{\"x\":1,\"b\":{\"c\":9}}}",
        "é|{\"\\u00e9\":1,\"é\":2}|{\"\\u00e9\":9,\"é\":9}",
        "a\"|{\"a\":1}|{\"a\":1,\"a\\\"\":9}",
        "a|{\"x\":\"\\\"a\\\":1\",\"a\":1}|{\"x\":\"\\\"a\\\":1\",\"a\":9}"
      })
  void aMemberIsSet(String path, String before, String after) {
    JsonEdit edit = new JsonEdit(json(before));
    edit.set(path, bytes("9"));
    assertThat(text(edit)).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "a|{\"a\":1}|{}",
        "a|{ \"a\":1 }|{  }",
        "a|{\"a\":1, \"b\":2}|{\"b\":2}",
        "a|{\"b\":2, \"a\":1}|{\"b\":2}",
        "a|{\"b\":2, \"a\":1, \"c\":3}|{\"b\":2, \"c\":3}",
        "a|{\"a\":1,\"a\":2}|{}",
        "a|{\"b\":0,\"a\":1,\"a\":2}|{\"b\":0}",
        "a|{\"a\":1,\"b\":0,\"a\":2}|{\"b\":0}",
        "a|{\"a\":1,\"b\":0,\"\\u0061\":2,\"c\":0}|{\"b\":0,\"c\":0}",
        "a|{\"b\":{\"a\":1}}|{\"b\":{\"a\":1}}",
        "b.a|{\"b\":{\"a\":1},\"a\":2}|{\"b\":{},\"a\":2}",
        "b.a|{\"b\":[{\"a\":1}]}|{\"b\":[{\"a\":1}]}",
        "b.a|{\"b\":null}|{\"b\":null}"
      })
  void aMemberIsRemovedWithOneComma(String path, String before, String after) {
    JsonEdit edit = new JsonEdit(json(before));
    edit.remove(path);
    assertThat(text(edit)).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"a\":5000}|{\"a\":2048}",
        "{\"a\":2048.0}|{\"a\":2048.0}",
        "{\"a\":0.5}|{\"a\":1}",
        "{\"a\":-1e400}|{\"a\":1}",
        "{\"a\":1e400}|{\"a\":2048}",
        "{\"a\":1E2}|{\"a\":1E2}",
        "{\"a\":\"5000\"}|{\"a\":\"5000\"}",
        "{\"a\":null}|{\"a\":null}",
        "{\"b\":5000}|{\"b\":5000}",
        "{\"a\":5000,\"a\":0 }|{\"a\":2048,\"a\":1 }"
      })
  void onlyANumberOutOfRangeIsClamped(String before, String after) {
    JsonEdit edit = new JsonEdit(json(before));
    edit.clamp("a", 1, 2048);
    assertThat(text(edit)).isEqualTo(after);
  }

  @Test
  void aFractionStaysAFraction() {
    JsonEdit edit = new JsonEdit(json("{\"t\":1.7}"));
    edit.clamp("t", 0, 0.25);
    assertThat(text(edit)).isEqualTo("{\"t\":0.25}");
  }

  @Test
  void whatSurroundsTheObjectStays() {
    JsonEdit edit = new JsonEdit(json("\uFEFF\r\n {\"a\":1}\t\n"));
    edit.set("a", bytes("2"));
    edit.set("b", bytes("3"));
    assertThat(text(edit)).isEqualTo("\uFEFF\r\n {\"a\":2,\"b\":3}\t\n");
  }

  @Test
  void bytesThatAreNoUtf8StayInTheirStrings() {
    byte[] before = "{\"x\":\"\u00ff\u00fe\",\"a\":1}".getBytes(StandardCharsets.ISO_8859_1);
    JsonText json = JsonText.of(before);
    assertThat(json).isNotNull();
    JsonEdit edit = new JsonEdit(json);
    edit.set("a", bytes("2"));
    assertThat(edit.json().bytes())
        .isEqualTo("{\"x\":\"\u00ff\u00fe\",\"a\":2}".getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void whatNeedsNoChangeIsTheSameText() {
    JsonText json = json("{\"a\":9,\"b\":1}");
    JsonEdit edit = new JsonEdit(json);
    edit.set("a", bytes("9"));
    edit.clamp("b", 0, 1);
    edit.remove("c");
    edit.remove("a.b");
    assertThat(edit.json()).isSameAs(json);
  }

  @Test
  void aDocumentThatRepeatsANameDoesNotMultiply() {
    JsonText json = json("{\"a\":1" + ",\"a\":1".repeat(1 << 20) + "}");
    JsonEdit edit = new JsonEdit(json);
    byte[] large = new byte[1 << 10];
    Arrays.fill(large, (byte) '1');
    assertThatThrownBy(() -> edit.set("a", large)).isInstanceOf(Splices.TooLargeException.class);
  }

  /** Documents made of known pieces, so that what has to come out is known byte for byte. */
  @Test
  void everythingElseIsEqualByteForByte() throws IOException {
    Random random = new Random(20260801);
    for (int round = 0; round < 3000; round++) {
      RandomJson generator = new RandomJson(random);
      List<String> raws = new ArrayList<>();
      StringBuilder before = new StringBuilder(generator.space()).append('{');
      StringBuilder after = new StringBuilder(before);
      boolean found = false;
      int size = random.nextInt(6);
      for (int i = 0; i < size; i++) {
        String name = generator.oneOf("a", "b", "c", "model", "");
        String head =
            (i == 0 ? "" : ",")
                + generator.space()
                + generator.quoted(name)
                + generator.space()
                + ":"
                + generator.space();
        String value = generator.value(4);
        boolean hit = name.equals("a");
        found |= hit;
        before.append(head).append(value);
        after.append(head).append(hit ? "{\"new\":[1]}" : value);
        if (!hit) {
          raws.add(value);
        }
        String tail = i == size - 1 ? "" : generator.space();
        before.append(tail);
        after.append(tail);
      }
      if (!found) {
        after.append(size == 0 ? "" : ",").append("\"a\":{\"new\":[1]}");
      }
      String tail = generator.space() + "}" + generator.space();
      before.append(tail);
      after.append(tail);

      JsonEdit set = new JsonEdit(json(before.toString()));
      set.set("a", bytes("{\"new\":[1]}"));
      assertThat(text(set)).isEqualTo(after.toString());

      JsonEdit removed = new JsonEdit(json(before.toString()));
      removed.remove("a");
      ObjectNode tree = (ObjectNode) JACKSON.readTree(before.toString());
      tree.remove("a");
      assertThat(JACKSON.readTree(text(removed))).isEqualTo(tree);
      int at = 0;
      for (String raw : raws) {
        at = text(removed).indexOf(raw, at);
        assertThat(at).as(raw).isNotNegative();
        at += raw.length();
      }
    }
  }

  @Test
  void pathsMeanWhatTheyMeanInATree() throws IOException {
    Random random = new Random(42);
    for (int round = 0; round < 3000; round++) {
      RandomJson generator = new RandomJson(random);
      String before = generator.object(5);
      JsonNode parsed = JACKSON.readTree(before);
      String first = generator.oneOf("a", "b", "c");
      String second = generator.oneOf("a", "b", "c");

      JsonEdit edit = new JsonEdit(json(before));
      edit.set(first + "." + second, bytes("[true]"));
      ObjectNode expected = parsed.deepCopy();
      ObjectNode parent =
          expected.get(first) instanceof ObjectNode object ? object : expected.putObject(first);
      parent.putArray(second).add(true);
      assertThat(JACKSON.readTree(text(edit))).as(before).isEqualTo(expected);

      edit = new JsonEdit(json(before));
      edit.remove(first + "." + second);
      expected = parsed.deepCopy();
      if (expected.get(first) instanceof ObjectNode object) {
        object.remove(second);
      }
      assertThat(JACKSON.readTree(text(edit))).as(before).isEqualTo(expected);
    }
  }

  /** Cut, changed and doubled bytes: either Jackson reads it too, or it is refused. */
  @Test
  void whatIsAcceptedIsJson() {
    Random random = new Random(7);
    for (int round = 0; round < 6000; round++) {
      byte[] bytes = bytes(new RandomJson(random).object(3));
      for (int i = random.nextInt(3); i > 0; i--) {
        bytes[random.nextInt(bytes.length)] =
            (byte) "{}[]\",:\\0-e.tn \u0001x".charAt(random.nextInt(17));
      }
      byte[] mutant = Arrays.copyOf(bytes, bytes.length - (random.nextInt(10) == 0 ? 1 : 0));
      assertThat(JsonText.of(mutant) != null)
          .as(new String(mutant, StandardCharsets.UTF_8))
          .isEqualTo(isObject(mutant));
    }
  }

  private static boolean isObject(byte[] json) {
    try (JsonParser parser = JSON.createParser(new String(json, StandardCharsets.UTF_8))) {
      boolean object = parser.nextToken() == JsonToken.START_OBJECT;
      if (object) {
        parser.skipChildren();
      }
      return object && parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void anyTextBecomesAString() throws IOException {
    Random random = new Random(3);
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder();
      StringBuilder expected = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        int character = random.nextInt(4) == 0 ? random.nextInt(0x110000) : random.nextInt(256);
        boolean half = character >= 0xD800 && character <= 0xDFFF;
        text.appendCodePoint(half ? 0xD800 : character).append(half ? "x" : "");
        expected.appendCodePoint(half ? 0xFFFD : character).append(half ? "x" : "");
      }
      JsonNode read = JACKSON.readTree(JsonWords.string(text.toString()));
      assertThat(read.textValue()).isEqualTo(expected.toString());
    }
    assertThat(utf8(JsonWords.string("\uDC00"))).isEqualTo("\"\uFFFD\"");
    assertThat(utf8(JsonWords.string("a\"\\\n\u0000\u007f/")))
        .isEqualTo("\"a\\\"\\\\\\n\\u0000\\u007f/\"");
  }

  @Test
  void valuesAreWrittenAsJson() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a\"", List.of(1L, 0.2, true, "x", Collections.emptyMap()));
    map.put("b", null);
    map.put("c", Double.NaN);
    assertThat(utf8(JsonWords.value(map)))
        .isEqualTo("{\"a\\\"\":[1,0.2,true,\"x\",{}],\"b\":null,\"c\":null}");
  }

  private static JsonText json(String text) {
    JsonText json = JsonText.of(bytes(text));
    assertThat(json).as(text).isNotNull();
    return json;
  }

  private static String text(JsonEdit edit) {
    return utf8(edit.json().bytes());
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
