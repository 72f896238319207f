// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import static io.headgate.translate.gemini.Trees.GEMINI;
import static io.headgate.translate.gemini.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.translate.Unreadable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {

  private static ChatAnswer.Choice choice(String candidate) {
    return GEMINI.answer(tree("{\"candidates\":[" + candidate + "]}")).choices().get(0);
  }

  private static ChatAnswer.Choice parts(String parts) {
    return choice("{\"content\":{\"parts\":[" + parts + "]},\"finishReason\":\"STOP\"}");
  }

  @Test
  void allThatAnAnswerSaysIsRead() {
    ChatAnswer answer =
        GEMINI.answer(
            tree(
                """
                {"candidates": [{"content": {"parts": [
                    {"text": "Hm.", "thought": true, "thoughtSignature": "s1"},
                    {"text": "Hello", "thoughtSignature": "s2"},
                    {"functionCall": {"id": "c1", "name": "f", "args": {"b": 1.50, "a": 2}},
                     "thoughtSignature": "s3"}], "role": "model"},
                  "finishReason": "STOP", "index": 0}],
                 "usageMetadata": {"promptTokenCount": 10, "candidatesTokenCount": 5,
                   "totalTokenCount": 15}, "modelVersion": "gemini-3-pro-preview", "responseId": "r1"}
                """));

    assertThat(answer.id()).isEqualTo("r1");
    assertThat(answer.model()).isEqualTo("gemini-3-pro-preview");
    assertThat(answer.choices().get(0).parts())
        .containsExactly(
            new Part.Thinking("Hm.", "s1", null, Maker.GOOGLE),
            new Part.Text("Hello"),
            new Part.Thinking("", "s2", null, Maker.GOOGLE),
            new Part.ToolCall("c1", "f", "{\"b\":1.50,\"a\":2}", "s3", null));
    assertThat(answer.choices().get(0).stop()).isEqualTo(StopReason.TOOLS);
  }

  @Test
  void idsThatAreMissingAreMadeOfTheAnswers() {
    String body =
        """
        {"candidates": [{"content": {"parts": [{"functionCall": {"name": "f"}},
          {"functionCall": {"name": "f", "args": null}}]}, "finishReason": "STOP"}],
         "responseId": "Ab-1/2"}
        """;

    assertThat(GEMINI.answer(tree(body)).choices().get(0).parts())
        .containsExactly(
            new Part.ToolCall("call_Ab-12_0", "f", "{}"),
            new Part.ToolCall("call_Ab-12_1", "f", "{}"));
  }

  @Test
  void idsDifferBetweenAnswersThatHaveNone() {
    Part one = parts("{\"functionCall\":{\"name\":\"f\"}}").parts().get(0);
    Part other = parts("{\"functionCall\":{\"name\":\"f\"}}").parts().get(0);

    assertThat(((Part.ToolCall) one).id()).matches("call_[0-9a-f]{24}_0");
    assertThat(one).isNotEqualTo(other);
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, END, TOOLS",
    "MAX_TOKENS, LENGTH, LENGTH",
    "SAFETY, FILTER, FILTER",
    "RECITATION, FILTER, FILTER",
    "LANGUAGE, FILTER, FILTER",
    "BLOCKLIST, FILTER, FILTER",
    "PROHIBITED_CONTENT, FILTER, FILTER",
    "SPII, FILTER, FILTER",
    "IMAGE_SAFETY, FILTER, FILTER",
    "IMAGE_PROHIBITED_CONTENT, FILTER, FILTER",
    "IMAGE_RECITATION, FILTER, FILTER",
    "IMAGE_OTHER, FILTER, FILTER",
    "MALFORMED_FUNCTION_CALL, MALFORMED_CALL, MALFORMED_CALL",
    "UNEXPECTED_TOOL_CALL, MALFORMED_CALL, MALFORMED_CALL",
    "TOO_MANY_TOOL_CALLS, MALFORMED_CALL, MALFORMED_CALL",
    "OTHER, UNKNOWN, UNKNOWN",
    "NO_IMAGE, UNKNOWN, UNKNOWN",
    "SOMETHING_NEW, UNKNOWN, UNKNOWN",
    "'', UNKNOWN, UNKNOWN",
  })
  void onlyAGoodEndBecomesACallOfTools(String word, StopReason plain, StopReason called) {
    assertThat(choice("{\"finishReason\":\"" + word + "\"}").stop()).isEqualTo(plain);
    assertThat(
            choice(
                    "{\"content\":{\"parts\":[{\"functionCall\":{\"name\":\"f\"}}]},"
                        + "\"finishReason\":\""
                        + word
                        + "\"}")
                .stop())
        .isEqualTo(called);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"finishReason\":\"MAX_TOKENS\"}",
        "{\"finishReason\":\"MAX_TOKENS\",\"content\":{\"role\":\"model\"}}",
        "{\"finishReason\":\"MAX_TOKENS\",\"content\":{\"parts\":[]}}",
        "{\"finishReason\":\"MAX_TOKENS\",\"content\":{\"parts\":[{\"text\":\"\"}]}}",
        "{\"finishReason\":\"MAX_TOKENS\",\"content\":null}"
      })
  void contentOrItsPartsMayBeMissing(String candidate) {
    assertThat(choice(candidate))
        .isEqualTo(new ChatAnswer.Choice(List.of(), StopReason.LENGTH, null, List.of()));
  }

  @Test
  void aPromptThatIsBlockedIsFiltered() {
    ChatAnswer answer =
        GEMINI.answer(
            tree(
                """
                {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"},
                 "usageMetadata": {"promptTokenCount": 4, "totalTokenCount": 4}}
                """));

    assertThat(answer.choices())
        .containsExactly(new ChatAnswer.Choice(List.of(), StopReason.FILTER, null, List.of()));
    assertThat(answer.usage().input()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "{\"candidates\":[]}", "{\"promptFeedback\":{},\"usageMetadata\":{}}"})
  void whatHasNoCandidatesIsNoAnswer(String body) {
    assertThat(
            catchThrowableOfType(Unreadable.class, () -> GEMINI.answer(tree(body)))
                .failure()
                .kind())
        .isEqualTo(ApiFailure.Kind.SERVER);
  }

  @Test
  void anErrorInAGoodAnswerIsOne() {
    Unreadable thrown =
        catchThrowableOfType(
            Unreadable.class,
            () ->
                GEMINI.answer(
                    tree(
                        "{\"error\":{\"code\":503,\"message\":\"overloaded\",\"status\":\"UNAVAILABLE\"}}")));

    assertThat(thrown.failure().kind()).isEqualTo(ApiFailure.Kind.OVERLOADED);
    assertThat(thrown.failure().message()).isEqualTo("overloaded");
  }

  @Test
  void citationsOfTheWebAreCountedInCharacters() {
    ChatAnswer.Choice choice =
        choice(
            """
            {"content": {"parts": [{"text": "Hm.", "thought": true}, {"text": "Grüße aus Köln."}]},
             "finishReason": "STOP",
             "groundingMetadata": {
               "groundingChunks": [{"web": {"uri": "https://a.test", "title": "A"}},
                 {"retrievedContext": {"uri": "gs://b"}}],
               "groundingSupports": [
                 {"segment": {"partIndex": 1, "startIndex": 0, "endIndex": 7},
                  "groundingChunkIndices": [0, 1, 9]}]},
             "citationMetadata": {"citationSources": [{"endIndex": 17, "uri": "https://c.test"}]}}
            """);

    assertThat(choice.parts())
        .contains(
            new Part.Text(
                "Grüße aus Köln.",
                null,
                List.of(
                    new Citation("https://a.test", "A", null, 0, 5),
                    new Citation("https://c.test", null, null, 0, 14))));
  }

  @Test
  void logprobsComeInTwoListsSideBySide() {
    ChatAnswer.Choice choice =
        choice(
            """
            {"content": {"parts": [{"text": "Hi"}]}, "finishReason": "STOP", "logprobsResult": {
              "topCandidates": [{"candidates": [{"token": "Hi", "logProbability": -0.1},
                {"token": "Ho", "logProbability": -2.5}]}],
              "chosenCandidates": [{"token": "Hi", "logProbability": -0.1}]}}
            """);

    assertThat(choice.logprobs())
        .containsExactly(
            new ChatAnswer.TokenLogprob(
                "Hi",
                -0.1,
                List.of(
                    new ChatAnswer.TokenLogprob("Hi", -0.1, List.of()),
                    new ChatAnswer.TokenLogprob("Ho", -2.5, List.of()))));
  }

  @Test
  void candidatesAreInTheOrderOfTheirIndexes() {
    ChatAnswer answer =
        GEMINI.answer(
            tree(
                """
                {"candidates": [
                  {"index": 1, "content": {"parts": [{"text": "b"}]}, "finishReason": "STOP"},
                  {"content": {"parts": [{"text": "a"}]}, "finishReason": "STOP", "index": 0}]}
                """));

    assertThat(answer.choices().get(0).parts()).containsExactly(new Part.Text("a"));
    assertThat(answer.choices().get(1).parts()).containsExactly(new Part.Text("b"));
  }

  @Test
  void whatHostedToolsDidIsForeign() {
    assertThat(parts("{\"executableCode\":{\"code\":\"1\"}},{\"text\":\"x\"}").parts())
        .containsExactly(new Part.Foreign("executableCode"), new Part.Text("x"));
  }
}
