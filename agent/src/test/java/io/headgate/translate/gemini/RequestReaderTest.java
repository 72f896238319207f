// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import static io.headgate.translate.gemini.Trees.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Part;
import io.headgate.chat.Turn;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {

  @Test
  void modelAndStreamAreThoseOfThePath() {
    ChatRequest request =
        Trees.GEMINI.request(
            Trees.app("{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}]}", true), new Notes());

    assertThat(request.model()).isEqualTo("gemini-2.5-flash");
    assertThat(request.stream()).isTrue();
    assertThat(request.streamUsage()).isTrue();
  }

  @Test
  void aContentWithoutARoleIsTheUsers() {
    ChatRequest request =
        read(
            """
            {"contents": [
              {"parts": [{"text": "Hi"}]},
              {"role": "model", "parts": [{"text": "Hello"}]},
              {"role": "function", "parts": [{"text": "x"}]}
            ]}
            """);

    assertThat(request.turns())
        .extracting(Turn::role)
        .containsExactly(Turn.Role.USER, Turn.Role.ASSISTANT, Turn.Role.USER);
    assertThat(request.turns().get(1).parts()).containsExactly(new Part.Text("Hello"));
  }

  @Test
  void bothSpellingsAreTheSame() {
    String camel =
        """
        {"contents": [{"parts": [{"inlineData": {"mimeType": "image/png", "data": "AAAA"}}]}],
         "systemInstruction": {"parts": [{"text": "Be brief."}]},
         "generationConfig": {"maxOutputTokens": 7, "stopSequences": ["."], "responseMimeType":
           "application/json", "responseSchema": {"type": "OBJECT", "properties":
             {"my_name": {"type": "STRING", "maxLength": "9"}}}},
         "tools": [{"functionDeclarations": [{"name": "f", "parametersJsonSchema": {"type": "object"}}]}],
         "toolConfig": {"functionCallingConfig": {"mode": "ANY", "allowedFunctionNames": ["f"]}},
         "cachedContent": "cachedContents/1"}
        """;
    String snake =
        """
        {"contents": [{"parts": [{"inline_data": {"mime_type": "image/png", "data": "AAAA"}}]}],
         "system_instruction": {"parts": [{"text": "Be brief."}]},
         "generation_config": {"max_output_tokens": 7, "stop_sequences": ["."], "response_mime_type":
           "application/json", "response_schema": {"type": "OBJECT", "properties":
             {"my_name": {"type": "STRING", "max_length": "9"}}}},
         "tools": [{"function_declarations": [{"name": "f", "parameters_json_schema": {"type": "object"}}]}],
         "tool_config": {"function_calling_config": {"mode": "ANY", "allowed_function_names": ["f"]}},
         "cached_content": "cachedContents/1"}
        """;

    assertThat(read(snake)).isEqualTo(read(camel));
    assertThat(read(snake).format().schema().toString()).contains("my_name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"parts\":[{\"text\":\"Be brief.\"}]}",
        "\"Be brief.\"",
        "{\"text\":\"Be brief.\"}",
        "[{\"text\":\"Be brief.\"}]",
        "{\"role\":\"system\",\"parts\":{\"text\":\"Be brief.\"}}"
      })
  void instructionsMayBeAContentOrJustText(String instruction) {
    ChatRequest request =
        read(
            "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}],\"systemInstruction\":"
                + instruction
                + "}");

    assertThat(request.system()).containsExactly(new Part.Text("Be brief."));
  }

  @Test
  void whatOnlyGoogleCanDoIsBound() {
    ChatRequest request =
        read(
            """
            {"contents": [{"parts": [{"text": "Hi"}]}],
             "tools": [{"googleSearch": {}}, {"code_execution": {}, "functionDeclarations": []}],
             "cachedContent": "cachedContents/1",
             "generationConfig": {"responseModalities": ["TEXT", "AUDIO"],
               "speechConfig": {"languageCode": "de"}, "responseMimeType": "text/x.enum"}}
            """);

    assertThat(request.bound())
        .containsExactlyInAnyOrder(
            "tools[0].googleSearch",
            "tools[1].codeExecution",
            "cachedContent",
            "generationConfig.responseModalities AUDIO",
            "generationConfig.speechConfig",
            "generationConfig.responseMimeType text/x.enum");
  }

  @ParameterizedTest
  @CsvSource({
    "BLOCK_NONE, 0",
    "OFF, 0",
    "HARM_BLOCK_THRESHOLD_UNSPECIFIED, 0",
    "BLOCK_ONLY_HIGH, 1",
  })
  void filtersThatBlockNothingAreNotMissed(String threshold, int dropped) {
    Notes notes = new Notes();

    read(
        "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}],\"safetySettings\":[{\"category\":"
            + "\"HARM_CATEGORY_HARASSMENT\",\"threshold\":\""
            + threshold
            + "\"}]}",
        notes);

    assertThat(notes.dropped()).hasSize(dropped);
  }

  @Test
  void labelsAreMetadataAndWhatIsNotKnownIsNoted() {
    Notes notes = new Notes();

    ChatRequest request =
        read(
            """
            {"contents": [{"parts": [{"text": "Hi", "videoMetadata": {"fps": 1}}]}],
             "labels": {"team": "a"}, "serviceTier": "flex", "something_new": 1, "other": false}
            """,
            notes);

    assertThat(request.metadata()).containsEntry("team", "a").hasSize(1);
    assertThat(request.serviceTier()).isEqualTo("flex");
    assertThat(notes.dropped())
        .containsExactlyInAnyOrder("contents[0].parts[0].videoMetadata", "somethingNew");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"contents\":[]}", "{\"contents\":7}"})
  void withoutContentsItIsNoChat(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(Ineligible.class);
  }
}
