// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.json.JsonPaths;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FingerprintTest {

  private static final byte[] SECRET = new byte[32];

  static Fingerprint of(String json, String... ignored) {
    Fingerprint fingerprint =
        Fingerprint.of(
            json.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
            JsonPaths.of(List.of(ignored)),
            SECRET);
    assertThat(fingerprint).as(json).isNotNull();
    return fingerprint;
  }

  private static @Nullable String difference(String here, String there) {
    return of(here).difference(of(there));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'temperature':0.7} | {'temperature':0.3} | temperature: 0.7 ≠ 0.3",
        "{'n':true} | {'n':false} | n: true ≠ false",
        "{'options':{'num_ctx':1}} | {'options':{'num_ctx':2}} | options.num_ctx: 1 ≠ 2",
        "{'model':'x'} | {'model':'y'} | model differs",
        "{'t':1} | {'t':'1'} | t differs",
        "{'t':null} | {} | t only here",
        "{} | {'t':1} | t only there",
        "{'messages':[{'content':'a'},{'content':'b'}]} |"
            + " {'messages':[{'content':'a'},{'content':'c'}]} | messages[1].content differs",
        "{'tools':[{'a':1}]} | {'tools':[]} | tools[0] only here",
        "{'tools':[{'a':1},{'b':1}]} | {'tools':[{'a':1}]} | tools[1] only here",
        "{'a':{'b':1}} | {'a':[1]} | a differs",
        "{'a b':'x'} | {'a b':'y'} | [\"a b\"] differs",
        "{'a':{'b.c':'x'}} | {'a':{'b.c':'y'}} | a[\"b.c\"] differs",
        "[1,'x'] | [1,'y'] | [1] differs",
        "[] | {} | the body differs",
        "{'generationConfig':{'maxOutputTokens':1}} | {'generationConfig':{'maxOutputTokens':2}}"
            + " | generationConfig.maxOutputTokens: 1 ≠ 2",
        "{'generationConfig':{'thinkingConfig':{'thinkingBudget':1}}} |"
            + " {'generationConfig':{'thinkingConfig':{'thinkingBudget':0}}} |"
            + " generationConfig.thinkingConfig.thinkingBudget: 1 ≠ 0",
        "{'max_completion_tokens':1} | {'max_completion_tokens':2} | max_completion_tokens: 1 ≠ 2",
        "{'stream_options':{'include_usage':true}} | {'stream_options':{'include_usage':false}} |"
            + " stream_options.include_usage: true ≠ false",
        "{'n':1,'n':2} | {'n':1,'n':3} | n#2: 2 ≠ 3"
      })
  void whatDiffersIsToldByPath(String here, String there, String difference) {
    assertThat(difference(here, there)).isEqualTo(difference);
  }

  @Test
  void anotherSpellingIsNoDifference() {
    assertThat(difference("{'a':1,'b':['x']}", "{ 'b' : ['\\u0078'], 'a':1.0}")).isNull();
    assertThat(of("{'a':1,'user':2}", "user").difference(of("{'user':3,'a':1}", "user"))).isNull();
  }

  @Test
  void theShortestPathsComeFirstAndTheRestIsCounted() {
    assertThat(
            difference(
                "{'m':[{'c':'1'},{'c':'2'}],'options':{'seed':1},'seed':1,'z':2}",
                "{'m':[{'c':'3'},{'c':'4'}],'options':{'seed':2},'seed':2}"))
        .isEqualTo("seed: 1 ≠ 2, z only here, options.seed: 1 ≠ 2 and 2 more");
  }

  @Test
  void numbersThatMayBeContentAreNotShown() {
    for (String json :
        List.of(
            "{'messages':[{'input':{'ssn':%d}}]}",
            "{'input':[[%d,2],[3]]}",
            "{'input':[%d,2]}",
            "{'user':%d}",
            "{'metadata':{'customer':%d}}",
            "{'customer_number':%d}",
            "{'x':{'seed':%d}}",
            "{'temperature':[%d]}",
            "{'user':{'seed':%d}}",
            "{'messages':[{'seed':%d}]}",
            "[%d,'x']")) {
      String difference = difference(String.format(json, 123456), String.format(json, 654321));
      assertThat(difference).as(json).contains("differs").doesNotContain("123456", "654321");
    }
    assertThat(difference("{'input':[1,2]}", "{'input':[1,3]}")).isEqualTo("input differs");
  }

  @Test
  void namesBelowWhatIsAboutAPersonAreNotShown() {
    for (String name :
        List.of("metadata", "user", "labels", "request_metadata", "promptVariables", "variables")) {
      String json = "{'" + name + "':{'%s':'x'}}";
      assertThat(difference(json.formatted("jane"), json.formatted("joe")))
          .isEqualTo(name + " differs");
      assertThat(difference(json.formatted("jane"), "{'" + name + "':{}}"))
          .isEqualTo(name + " differs");
    }
    assertThat(difference("{'prompt':{'variables':{'jane':1}}}", "{'prompt':{'variables':{}}}"))
        .isEqualTo("prompt.variables differs");
  }

  @Test
  void namesAreCutAndHaveNoControlCharacters() {
    String name = "x".repeat(200);
    assertThat(difference("{'" + name + "':1}", "{}")).hasSizeLessThan(100);
    assertThat(difference("{'a\\nb\\u0000':1}", "{}")).isEqualTo("[\"a?b?\"] only here");
  }

  private static String chat(int messages, String last) {
    return IntStream.range(0, messages)
        .mapToObj(i -> "{'role':'user','content':'" + (i == messages - 1 ? last : "m" + i) + "'}")
        .collect(Collectors.joining(",", "{'temperature':1,'messages':[", "]}"));
  }

  @Test
  void aLongChatIsCoveredToItsEnd() {
    assertThat(of(chat(200, "x")).size()).isBetween(200, Fingerprint.MOST_LEAVES);
    assertThat(difference(chat(200, "x"), chat(200, "y"))).isEqualTo("messages[199] differs");
    assertThat(difference(chat(200, "m199"), chat(199, "m198")))
        .isEqualTo("messages[199] only here");
    assertThat(difference(chat(1_000, "x"), chat(1_000, "y"))).isEqualTo("messages differs");
    assertThat(difference(chat(1_000, "x"), chat(1_000, "x"))).isNull();
    assertThat(difference(chat(300, "x"), chat(3, "x"))).isEqualTo("messages differs");
  }

  @Test
  void leavesInCommonAreCounted() {
    Fingerprint one = of("{'a':1,'b':2,'c':['x','y']}");
    assertThat(one.size()).isEqualTo(4);
    assertThat(one.common(one)).isEqualTo(4);
    assertThat(one.common(of("{'a':1,'b':3,'c':['x']}"))).isEqualTo(2);
    assertThat(one.common(of("{'b':1,'a':2,'c':['y','x']}"))).isZero();
  }

  @Test
  void whatIsNoJsonOrTooLargeHasNone() {
    assertThat(Fingerprint.of(new byte[] {'{'}, JsonPaths.NONE, SECRET)).isNull();
    byte[] large = ("\"" + "x".repeat(1 << 20) + "\"").getBytes(StandardCharsets.UTF_8);
    assertThat(Fingerprint.of(large, JsonPaths.NONE, SECRET)).isNull();
  }

  @Test
  void anotherSecretMakesOtherHashes() {
    byte[] json = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    Fingerprint other = Fingerprint.of(json, JsonPaths.NONE, new byte[] {1});
    assertThat(other).isNotNull();
    assertThat(other.common(of("{'a':1}"))).isZero();
  }
}
