// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import static io.headgate.translate.gemini.Trees.GEMINI;
import static io.headgate.translate.gemini.Trees.flat;
import static io.headgate.translate.gemini.Trees.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Citation;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.Reasoning;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.translate.Asked;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerWriterTest {

  private static final Usage USED =
      Usage.builder().input(100).cacheRead(60).output(50).reasoning(30).build();

  private static Asked asked(String model, boolean shown) {
    ChatRequest.Builder request = ChatRequest.builder();
    request.model = model;
    request.reasoning = new Reasoning(Reasoning.Mode.DEFAULT, null, null, shown);
    return Trees.asked(request.build());
  }

  private static String whole(Asked asked, StopReason stop, Usage usage, Part... parts) {
    ChatAnswer.Choice choice = new ChatAnswer.Choice(List.of(parts), stop, null, List.of());
    return json(GEMINI.answer(asked).whole(new ChatAnswer("id1", "gpt-5", List.of(choice), usage)));
  }

  private static String parts(Asked asked, Part... parts) {
    String whole = whole(asked, StopReason.END, USED, parts);
    String from = whole.substring(whole.indexOf("\"parts\":") + 8);
    return from.substring(0, from.indexOf(",\"role\""));
  }

  @Test
  void anAnswerHasAllThatGeminisHave() {
    assertThat(
            whole(
                asked("gemini-2.5-flash", false),
                StopReason.TOOLS,
                USED,
                new Part.Text("Hello"),
                new Part.ToolCall("c1", "f", "{\"b\":1.50,\"a\":2}"),
                new Part.ToolCall("c2", "g", "")))
        .isEqualTo(
            flat(
                """
                {"candidates": [{"content": {"parts": [{"text": "Hello"},
                    {"functionCall": {"id": "c1", "name": "f", "args": {"b": 1.50, "a": 2}}},
                    {"functionCall": {"id": "c2", "name": "g", "args": {}}}], "role": "model"},
                  "finishReason": "STOP", "index": 0}],
                 "usageMetadata": {"promptTokenCount": 100, "cachedContentTokenCount": 60,
                   "candidatesTokenCount": 20, "thoughtsTokenCount": 30, "totalTokenCount": 150},
                 "modelVersion": "gpt-5", "responseId": "id1"}
                """));
  }

  @Test
  void whatTheProviderDoesNotSayIsMade() {
    ChatAnswer answer =
        new ChatAnswer(
            null,
            null,
            List.of(new ChatAnswer.Choice(List.of(), StopReason.END, null, List.of())),
            Usage.builder().build());

    assertThat(json(GEMINI.answer(Trees.asked()).whole(answer)))
        .isEqualTo(
            flat(
                """
                {"candidates": [{"content": {"role": "model"}, "finishReason": "STOP", "index": 0}],
                 "modelVersion": "gemini-2.5-flash", "responseId": "r4nd0m"}
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "END, STOP",
    "STOP_SEQUENCE, STOP",
    "LENGTH, MAX_TOKENS",
    "TOOLS, STOP",
    "FILTER, SAFETY",
    "REFUSAL, SAFETY",
    "PAUSE, STOP",
    "CONTEXT_FULL, MAX_TOKENS",
    "MALFORMED_CALL, MALFORMED_FUNCTION_CALL",
    "ERROR, OTHER",
    "UNKNOWN, FINISH_REASON_UNSPECIFIED",
  })
  void reasonsAreThoseOfTheEnum(StopReason reason, String word) {
    assertThat(whole(Trees.asked(), reason, USED, new Part.Text("x")))
        .contains("\"finishReason\":\"" + word + "\"");
  }

  @ParameterizedTest
  @EnumSource(StopReason.class)
  void everyReasonHasAWord(StopReason reason) {
    assertThat(StopWords.write(reason)).matches("[A-Z_]+");
  }

  @Test
  void thoughtsAreSeenOnlyByThoseWhoAsk() {
    Part[] parts = {
      new Part.Thinking("Hm.", "sig", null, Maker.ANTHROPIC),
      new Part.Thinking("", null, "secret", Maker.ANTHROPIC),
      new Part.Text("Yes.")
    };

    assertThat(parts(asked("m", false), parts)).isEqualTo("[{\"text\":\"Yes.\"}]");
    assertThat(parts(asked("m", true), parts))
        .isEqualTo("[{\"text\":\"Hm.\",\"thought\":true},{\"text\":\"Yes.\"}]");
  }

  @Test
  void googlesOwnSignaturesAreKept() {
    Part[] parts = {
      new Part.Thinking("Hm.", "s1", null, Maker.GOOGLE),
      new Part.ToolCall("1", "f", "{}", "s2", null)
    };
    String call =
        "{\"functionCall\":{\"id\":\"1\",\"name\":\"f\",\"args\":{}},\"thoughtSignature\":\"s2\"}]";

    assertThat(parts(asked("m", false), parts))
        .isEqualTo("[{\"text\":\"\",\"thoughtSignature\":\"s1\"}," + call);
    assertThat(parts(asked("m", true), parts))
        .isEqualTo("[{\"text\":\"Hm.\",\"thought\":true,\"thoughtSignature\":\"s1\"}," + call);
  }

  @Test
  void anAppOfGemini3GetsCallsThatGemini3WillTakeBack() {
    Part[] calls = {new Part.ToolCall("1", "f", "{}"), new Part.ToolCall("2", "g", "{}")};

    assertThat(parts(asked("gemini-3-pro-preview", false), calls))
        .isEqualTo(
            "[{\"functionCall\":{\"id\":\"1\",\"name\":\"f\",\"args\":{}},\"thoughtSignature\":"
                + "\"c2tpcF90aG91Z2h0X3NpZ25hdHVyZV92YWxpZGF0b3I=\"},"
                + "{\"functionCall\":{\"id\":\"2\",\"name\":\"g\",\"args\":{}}}]");
    assertThat(parts(asked("gemini-2.5-pro", false), calls)).doesNotContain("thoughtSignature");
  }

  @ParameterizedTest
  @CsvSource({
    "LENGTH, MAX_TOKENS",
    "TOOLS, MALFORMED_FUNCTION_CALL",
    "END, MALFORMED_FUNCTION_CALL"
  })
  void aCallThatIsBrokenOffIsLeftOutAndDoesNotLookLikeAGoodEnd(StopReason reason, String word) {
    assertThat(whole(Trees.asked(), reason, USED, new Part.ToolCall("1", "f", "{\"a\":\"b")))
        .contains("\"content\":{\"role\":\"model\"}")
        .contains("\"finishReason\":\"" + word + "\"")
        .doesNotContain("functionCall\":");
  }

  @Test
  void whatIsFilteredBeforeItBeganIsABlockedPrompt() {
    assertThat(whole(Trees.asked(), StopReason.FILTER, Usage.builder().input(4).build()))
        .isEqualTo(
            flat(
                """
                {"promptFeedback": {"blockReason": "SAFETY"},
                 "usageMetadata": {"promptTokenCount": 4, "candidatesTokenCount": 0,
                   "totalTokenCount": 4},
                 "modelVersion": "gpt-5", "responseId": "id1"}
                """));
    assertThat(whole(Trees.asked(), StopReason.FILTER, USED)).contains("\"SAFETY\",\"index\":0");
  }

  @Test
  void aRefusalIsTextThatEndsForSafety() {
    assertThat(whole(Trees.asked(), StopReason.REFUSAL, USED, new Part.Refusal("No.")))
        .contains("[{\"text\":\"No.\"}]")
        .contains("\"finishReason\":\"SAFETY\"");
  }

  @Test
  void citationsOfTheWebAreGroundingCountedInBytes() {
    Part.Text text =
        new Part.Text(
            "Grüße aus Köln.",
            null,
            List.of(
                new Citation("https://a.test", "A", null, 0, 5),
                new Citation("https://a.test", "A", "q", -1, -1),
                new Citation(null, "a document", null, 0, 5)));

    assertThat(whole(Trees.asked(), StopReason.END, USED, text))
        .contains(
            "\"groundingMetadata\":{\"groundingChunks\":[{\"web\":{\"uri\":\"https://a.test\","
                + "\"title\":\"A\"}}],\"groundingSupports\":[{\"segment\":{\"startIndex\":0,"
                + "\"endIndex\":7,\"text\":\"Grüße\"},\"groundingChunkIndices\":[0]}]}");
  }

  @Test
  void tokensOfSoundAreTold() {
    assertThat(json(Usages.write(Usage.builder().input(10).audioInput(4).output(1).build())))
        .isEqualTo(
            "{\"promptTokenCount\":10,\"candidatesTokenCount\":1,\"totalTokenCount\":11,"
                + "\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":6},"
                + "{\"modality\":\"AUDIO\",\"tokenCount\":4}]}");
  }

  @Test
  void noLikelihoodIsANumberToo() {
    ChatAnswer.TokenLogprob token =
        new ChatAnswer.TokenLogprob("a", Double.NEGATIVE_INFINITY, List.of());

    assertThat(json(Logprobs.write(List.of(token))))
        .isEqualTo("{\"chosenCandidates\":[{\"token\":\"a\",\"logProbability\":-9999.0}]}");
  }
}
