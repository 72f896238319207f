// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import static io.headgate.translate.gemini.Trees.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartReaderTest {

  private static List<Part> parts(String json) {
    return read("{\"contents\":[{\"role\":\"user\",\"parts\":[" + json + "]}]}")
        .turns()
        .get(0)
        .parts();
  }

  @Test
  void theMediaTypeSaysWhatABlobIs() {
    assertThat(
            parts(
                """
                {"inlineData": {"mimeType": "image/png", "data": "iVBO"}},
                {"inlineData": {"mimeType": "audio/wav", "data": "UklG"}},
                {"inlineData": {"mimeType": "video/mp4", "data": "AAAA"}},
                {"inlineData": {"mimeType": "application/pdf", "data": "JVBE", "displayName": "a.pdf"}},
                {"inlineData": {"mimeType": "text/plain", "data": "R3LDvMOfZQ=="}}
                """))
        .containsExactly(
            new Part.Image(new Media(Media.Kind.BASE64, "iVBO", "image/png"), null, null),
            new Part.Audio(new Media(Media.Kind.BASE64, "UklG", "audio/wav")),
            new Part.Video(new Media(Media.Kind.BASE64, "AAAA", "video/mp4")),
            new Part.Document(
                new Media(Media.Kind.BASE64, "JVBE", "application/pdf"), "a.pdf", null),
            new Part.Document(new Media(Media.Kind.TEXT, "Grüße", "text/plain"), null, null));
  }

  @Test
  void theOtherAlphabetOfBase64BecomesTheUsualOne() {
    assertThat(parts("{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"-_8\"}}"))
        .containsExactly(
            new Part.Image(new Media(Media.Kind.BASE64, "+/8=", "image/png"), null, null));
  }

  @ParameterizedTest
  @CsvSource({
    "https://x.test/a.png, image/png, URL, 0",
    "gs://bucket/a.png, image/png, STORED, 0",
    "https://generativelanguage.googleapis.com/v1beta/files/a1, image/png, FILE_ID, 1",
    "files/a1, image/png, FILE_ID, 1",
  })
  void theUriOfAFileSaysWhoCanReadIt(String uri, String type, Media.Kind kind, int bound) {
    ChatRequest request =
        read(
            "{\"contents\":[{\"parts\":[{\"fileData\":{\"fileUri\":\""
                + uri
                + "\",\"mimeType\":\""
                + type
                + "\"}}]}]}");

    assertThat(request.turns().get(0).parts())
        .containsExactly(new Part.Image(new Media(kind, uri, type), null, null));
    assertThat(request.bound()).hasSize(bound);
  }

  @Test
  void aFileWithoutATypeIsWhatItsNameSays() {
    assertThat(
            parts(
                """
                {"fileData": {"fileUri": "https://x.test/a.jpg?size=9"}},
                {"fileData": {"fileUri": "https://www.youtube.com/watch?v=1"}}
                """))
        .hasExactlyElementsOfTypes(Part.Image.class, Part.Video.class);
  }

  @Test
  void thoughtsAndTheirSignaturesAreGooglesOwn() {
    assertThat(
            parts(
                """
                {"text": "Hm.", "thought": true, "thoughtSignature": "s1"},
                {"text": "Yes.", "thoughtSignature": "s2"},
                {"text": "", "thoughtSignature": "s3"},
                {"functionCall": {"name": "f", "args": {}}, "thoughtSignature": "s4"}
                """))
        .containsExactly(
            new Part.Thinking("Hm.", "s1", null, Maker.GOOGLE),
            new Part.Text("Yes."),
            new Part.Thinking("", "s2", null, Maker.GOOGLE),
            new Part.Thinking("", "s3", null, Maker.GOOGLE),
            new Part.ToolCall("call_0", "f", "{}", "s4", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {Signatures.DUMMY, "c2tpcF90aG91Z2h0X3NpZ25hdHVyZV92YWxpZGF0b3I="})
  void theWordThatStandsForASignatureIsNone(String dummy) {
    assertThat(parts("{\"functionCall\":{\"name\":\"f\"},\"thoughtSignature\":\"" + dummy + "\"}"))
        .containsExactly(new Part.ToolCall("call_0", "f", "{}"));
  }

  @Test
  void emptyTextsAreNoParts() {
    assertThat(parts("{\"text\":\"\"},{},{\"text\":\"x\"}")).containsExactly(new Part.Text("x"));
  }

  @Test
  void whatHostedToolsDidIsForeign() {
    assertThat(
            parts(
                """
                {"executableCode": {"language": "PYTHON", "code": "1"}},
                {"code_execution_result": {"outcome": "OUTCOME_OK"}}
                """))
        .containsExactly(
            new Part.Foreign("executableCode"), new Part.Foreign("codeExecutionResult"));
  }
}
