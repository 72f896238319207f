// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import static io.headgate.translate.gemini.Trees.GEMINI;
import static io.headgate.translate.gemini.Trees.json;
import static io.headgate.translate.gemini.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Reasoning;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.translate.Asked;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import io.headgate.translate.Unreadable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is read and written again is the same; and nothing that comes in breaks a reader. */
class RoundTripTest {

  private static final String REQUEST =
      """
      {"contents": [
         {"role": "user", "parts": [{"text": "Hi"},
           {"inlineData": {"mimeType": "image/png", "data": "AAAA"}},
           {"inlineData": {"mimeType": "text/plain", "data": "R3LDvMOfZQ=="}},
           {"fileData": {"mimeType": "application/pdf", "fileUri": "gs://b/a.pdf"}}]},
         {"role": "model", "parts": [{"text": "Hm.", "thought": true, "thoughtSignature": "s1"},
           {"functionCall": {"id": "1", "name": "f", "args": {"b": 1.50, "a": 2}},
            "thoughtSignature": "s2"}]},
         {"role": "user", "parts": [{"functionResponse": {"id": "1", "name": "f",
           "response": {"t": 21.0}, "parts": [{"inlineData": {"mimeType": "image/png", "data": "AAAA"}}]}},
           {"text": "And?"}]}],
       "systemInstruction": {"parts": [{"text": "Be brief."}]},
       "tools": [{"functionDeclarations": [{"name": "f", "description": "does f",
         "parametersJsonSchema": {"type": "object", "properties": {"b": {}, "a": {}}}}]}],
       "toolConfig": {"functionCallingConfig": {"mode": "ANY", "allowedFunctionNames": ["f"]}},
       "generationConfig": {"maxOutputTokens": 100, "temperature": 0.70, "topP": 0.9, "topK": 40,
         "candidateCount": 2, "stopSequences": ["END"], "seed": 7, "presencePenalty": 0.1,
         "frequencyPenalty": 0.2, "responseLogprobs": true, "logprobs": 3,
         "responseMimeType": "application/json",
         "responseJsonSchema": {"type": "object", "properties": {"z": {"type": "string"}}},
         "thinkingConfig": {"thinkingLevel": "LOW", "includeThoughts": true}}}
      """;

  private static final String ANSWER =
      """
      {"candidates": [{"content": {"parts": [
           {"text": "Hm.", "thought": true, "thoughtSignature": "s1"},
           {"text": "Grüße"},
           {"functionCall": {"id": "1", "name": "f", "args": {"b": 1.50}}, "thoughtSignature": "s2"}],
           "role": "model"},
         "finishReason": "STOP", "index": 0,
         "groundingMetadata": {"groundingChunks": [{"web": {"uri": "https://a.test", "title": "A"}}],
           "groundingSupports": [{"segment": {"partIndex": 1, "startIndex": 0, "endIndex": 7,
             "text": "Grüße"}, "groundingChunkIndices": [0]}]},
         "logprobsResult": {"chosenCandidates": [{"token": "a", "logProbability": -0.5}],
           "topCandidates": [{"candidates": [{"token": "b", "logProbability": -1.5}]}]}}],
       "usageMetadata": {"promptTokenCount": 100, "cachedContentTokenCount": 60,
         "candidatesTokenCount": 20, "thoughtsTokenCount": 30, "totalTokenCount": 150},
       "modelVersion": "gemini-3-pro-preview", "responseId": "r1"}
      """;

  private static Asked shown() {
    ChatRequest.Builder request = ChatRequest.builder();
    request.reasoning = new Reasoning(Reasoning.Mode.DEFAULT, null, null, true);
    return Trees.asked(request.build());
  }

  @Test
  void aRequestThatIsReadAndWrittenIsTheSame() {
    Notes notes = new Notes();

    ChatRequest request = Trees.read(REQUEST, notes);

    assertThat(json(GEMINI.request(request, Trees.traits("gemini-3-flash-preview"), notes)))
        .isEqualTo(Trees.flat(REQUEST));
    assertThat(notes.dropped()).isEmpty();
    assertThat(notes.changed()).isEmpty();
    assertThat(request.bound()).isEmpty();
  }

  @Test
  void anAnswerThatIsReadAndWrittenIsTheSame() {
    assertThat(json(GEMINI.answer(shown()).whole(GEMINI.answer(tree(ANSWER)))))
        .isEqualTo(Trees.flat(ANSWER));
  }

  @Test
  void anAnswerThatIsWrittenAndReadIsTheSame() {
    ChatAnswer answer = GEMINI.answer(tree(ANSWER));

    assertThat(GEMINI.answer(tree(json(GEMINI.answer(shown()).whole(answer))))).isEqualTo(answer);
  }

  @Test
  void aStreamThatIsWrittenAndReadIsTheSame() {
    ChatEvent[] events = {
      new ChatEvent.Begin("id1", "m"),
      new ChatEvent.Thinking(0, "Hm", Maker.GOOGLE),
      new ChatEvent.Text(0, "Hel"),
      new ChatEvent.Text(0, "lo"),
      new ChatEvent.CallBegin(0, 0, "1", "f", "s"),
      new ChatEvent.CallArguments(0, 0, "{\"a\":1.50}"),
      new ChatEvent.BlockEnd(0),
      new ChatEvent.CallBegin(0, 1, "2", "g", null),
      new ChatEvent.CallArguments(0, 1, "{}"),
      new ChatEvent.BlockEnd(0),
      new ChatEvent.UsageTold(Usage.builder().input(9).output(5).reasoning(3).build()),
      new ChatEvent.Stop(0, StopReason.TOOLS, null),
      new ChatEvent.End()
    };

    List<String> chunks = Trees.chunks(shown(), events);

    assertThat(Trees.events(chunks.toArray(String[]::new)))
        .containsExactlyElementsOf(Arrays.asList(events));
  }

  @Test
  void nothingThatIsOfAnotherKindBreaksAReader() {
    int count = 0;
    for (String odd : new String[] {"null", "true", "7", "-1.5", "\"x\"", "[]", "{}", "[null]"}) {
      for (String changed : variants(REQUEST, odd)) {
        count++;
        try {
          ChatRequest request = GEMINI.request(Trees.app(changed), new Notes());
          tree(json(GEMINI.request(request, Trees.traits("gemini-2.0-flash"), new Notes())));
        } catch (Ineligible e) {
          assertThat(e).hasMessageNotContaining("null");
        }
      }
      for (String changed : variants(ANSWER, odd)) {
        count++;
        assertThat(Trees.events(changed)).isNotNull();
        try {
          tree(json(GEMINI.answer(shown()).whole(GEMINI.answer(tree(changed)))));
        } catch (Unreadable e) {
          assertThat(e.failure().kind()).isEqualTo(ApiFailure.Kind.SERVER);
        }
      }
    }
    assertThat(count).isGreaterThan(1_000);
  }

  @Test
  void anOddErrorIsAnError() {
    String error =
        "{\"error\":{\"code\":429,\"message\":\"m\",\"status\":\"s\",\"details\":[{\"violations\":"
            + "[{\"quotaId\":\"q\"}]}]}}";
    for (String odd : new String[] {"null", "7", "\"x\"", "[]", "{}"}) {
      for (String changed : variants(error, odd)) {
        assertThat(GEMINI.error(429, tree(changed), changed).kind())
            .isEqualTo(ApiFailure.Kind.RATE_LIMIT);
      }
    }
  }

  /** The document with each of its values replaced, one at a time. */
  private static List<String> variants(String document, String odd) {
    List<String> variants = new ArrayList<>();
    Map<String, @Nullable Object> root = tree(document);
    replace(root, tree("{\"odd\":" + odd + "}").get("odd"), root, variants);
    return variants;
  }

  @SuppressWarnings("unchecked") // Trees of JSON have no other maps and lists.
  private static void replace(
      @Nullable Object node, @Nullable Object odd, Object root, List<String> variants) {
    if (node instanceof Map<?, ?> object) {
      for (Map.Entry<?, ?> entry : object.entrySet()) {
        Object before = entry.getValue();
        ((Map.Entry<String, @Nullable Object>) entry).setValue(odd);
        variants.add(json(root));
        ((Map.Entry<String, @Nullable Object>) entry).setValue(before);
        replace(before, odd, root, variants);
      }
    } else if (node instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        Object before = list.get(i);
        ((List<@Nullable Object>) list).set(i, odd);
        variants.add(json(root));
        ((List<@Nullable Object>) list).set(i, before);
        replace(before, odd, root, variants);
      }
    }
  }
}
