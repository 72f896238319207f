// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import static io.headgate.translate.gemini.Trees.flat;
import static io.headgate.translate.gemini.Trees.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.chat.Turn;
import io.headgate.translate.Notes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ContentWriterTest {

  private static Turn user(Part... parts) {
    return new Turn(Turn.Role.USER, List.of(parts));
  }

  private static Turn model(Part... parts) {
    return new Turn(Turn.Role.ASSISTANT, List.of(parts));
  }

  private static String contents(String model, Notes notes, Turn... turns) {
    ChatRequest.Builder request = ChatRequest.builder();
    request.turns = Arrays.asList(turns);
    return json(Trees.write(request.build(), model, notes).get("contents"));
  }

  private static String parts(String model, Part... parts) {
    String contents = contents(model, new Notes(), model(parts));
    return contents.substring("[{\"role\":\"model\",\"parts\":".length(), contents.length() - 2);
  }

  @Test
  void adjacentTurnsOfOneSideAreOneAndEmptyOnesNone() {
    assertThat(
            contents(
                "gemini-2.5-flash",
                new Notes(),
                user(new Part.Text("a")),
                model(),
                user(new Part.Text(""), new Part.Text("b")),
                model(new Part.Text("c"))))
        .isEqualTo(
            "[{\"role\":\"user\",\"parts\":[{\"text\":\"a\"},{\"text\":\"b\"}]},"
                + "{\"role\":\"model\",\"parts\":[{\"text\":\"c\"}]}]");
  }

  @Test
  void resultsNameTheirFunctionAndAreObjects() {
    Turn calls =
        model(
            new Part.ToolCall("1", "f", "{\"a\":1.50}"),
            new Part.ToolCall("2", "g", " "),
            new Part.ToolCall("3", "h", "null"),
            new Part.ToolCall("4", "i", "{\"cut"));
    Turn results =
        user(
            new Part.ToolResult("1", null, List.of(new Part.Text("warm")), false, null),
            new Part.ToolResult("2", null, List.of(new Part.Text("{\"t\":21}")), false, null),
            new Part.ToolResult("3", "h", List.of(new Part.Text("no town")), true, null),
            new Part.ToolResult("4", null, List.of(), false, null),
            new Part.ToolResult("9", null, List.of(new Part.Text("lost")), false, null));

    assertThat(contents("gemini-2.5-flash", new Notes(), calls, results))
        .isEqualTo(
            "["
                + flat(
                    """
                    {"role": "model", "parts": [
                      {"functionCall": {"id": "1", "name": "f", "args": {"a": 1.50}}},
                      {"functionCall": {"id": "2", "name": "g", "args": {}}},
                      {"functionCall": {"id": "3", "name": "h", "args": {}}},
                      {"functionCall": {"id": "4", "name": "i", "args": {"arguments": "{\\"cut"}}}]}
                    """)
                + ","
                + flat(
                    """
                    {"role": "user", "parts": [
                      {"functionResponse": {"id": "1", "name": "f", "response": {"result": "warm"}}},
                      {"functionResponse": {"id": "2", "name": "g", "response": {"t": 21}}},
                      {"functionResponse": {"id": "3", "name": "h", "response": {"error": "no town"}}},
                      {"functionResponse": {"id": "4", "name": "i", "response": {"result": ""}}},
                      {"text": "lost"}]}
                    """)
                + "]");
  }

  @ParameterizedTest
  @CsvSource({
    "null, '{\"result\":\"null\"}'",
    "'[1]', '{\"result\":\"[1]\"}'",
    "'{broken', '{\"result\":\"{broken\"}'",
    "'{}', '{}'",
    "'{\"a\":1.0}', '{\"a\":1.0}'",
  })
  void onlyATextThatIsAnObjectIsTheResponseItself(String text, String response) {
    assertThat(json(FunctionResponses.write(text, false))).isEqualTo(response);
  }

  @Test
  void picturesInAResultStayInIt() {
    Part image = new Part.Image(new Media(Media.Kind.BASE64, "AAAA", "image/png"), null, null);

    assertThat(
            parts(
                "gemini-3-pro-preview",
                new Part.ToolResult(
                    "1", "f", List.of(new Part.Text("a"), image, new Part.Text("b")), false, null)))
        .isEqualTo(
            "[{\"functionResponse\":{\"id\":\"1\",\"name\":\"f\",\"response\":{\"result\":\"a\\n"
                + "b\"},"
                + "\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AAAA\"}}]}}]");
  }

  static Stream<Arguments> media() {
    return Stream.of(
        Arguments.of(
            new Part.Image(new Media(Media.Kind.BASE64, "iVBORw0KGgo=", null), null, null),
            "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"iVBORw0KGgo=\"}}"),
        Arguments.of(
            new Part.Image(new Media(Media.Kind.BASE64, "/9j/AAAA", "image/jpg"), null, null),
            "{\"inlineData\":{\"mimeType\":\"image/jpeg\",\"data\":\"/9j/AAAA\"}}"),
        Arguments.of(
            new Part.Image(new Media(Media.Kind.BASE64, "UklGRhoAAABXRUJQ", null), null, null),
            "{\"inlineData\":{\"mimeType\":\"image/webp\",\"data\":\"UklGRhoAAABXRUJQ\"}}"),
        Arguments.of(
            new Part.Image(
                new Media(Media.Kind.URL, "https://x.test/a.webp?b=1", null), null, null),
            "{\"fileData\":{\"mimeType\":\"image/webp\",\"fileUri\":\"https://x.test/a.webp?b=1\"}}"),
        Arguments.of(
            new Part.Image(new Media(Media.Kind.URL, "https://x.test/a", "image/*"), null, null),
            "{\"fileData\":{\"mimeType\":\"image/jpeg\",\"fileUri\":\"https://x.test/a\"}}"),
        Arguments.of(
            new Part.Document(new Media(Media.Kind.STORED, "gs://b/a.pdf", null), "a", null),
            "{\"fileData\":{\"mimeType\":\"application/pdf\",\"fileUri\":\"gs://b/a.pdf\"}}"),
        Arguments.of(
            new Part.Document(new Media(Media.Kind.TEXT, "Grüße", null), "a", null),
            "{\"inlineData\":{\"mimeType\":\"text/plain\",\"data\":\"R3LDvMOfZQ==\"}}"),
        Arguments.of(
            new Part.Audio(new Media(Media.Kind.BASE64, "AAAA", "audio/wav")),
            "{\"inlineData\":{\"mimeType\":\"audio/wav\",\"data\":\"AAAA\"}}"),
        Arguments.of(
            new Part.Video(new Media(Media.Kind.BASE64, "AAAA", null)),
            "{\"inlineData\":{\"mimeType\":\"video/mp4\",\"data\":\"AAAA\"}}"));
  }

  @ParameterizedTest
  @MethodSource("media")
  void everythingHasAMediaType(Part part, String written) {
    assertThat(parts("gemini-2.5-flash", part)).isEqualTo("[" + written + "]");
  }

  @Test
  void callsGoBackWithTheirSignatures() {
    assertThat(
            parts(
                "gemini-3-pro-preview",
                new Part.ToolCall("1", "f", "{}", "s1", null),
                new Part.ToolCall("2", "g", "{}")))
        .isEqualTo(
            "[{\"functionCall\":{\"id\":\"1\",\"name\":\"f\",\"args\":{}},\"thoughtSignature\":\"s1\"},"
                + "{\"functionCall\":{\"id\":\"2\",\"name\":\"g\",\"args\":{}}}]");
  }

  @Test
  void theFirstForeignCallOfEachStepGetsTheWordForNoSignature() {
    Turn calls = model(new Part.ToolCall("1", "f", "{}"), new Part.ToolCall("2", "g", "{}"));
    Turn result = user(new Part.ToolResult("1", "f", List.of(), false, null));

    String contents = contents("gemini-3-pro-preview", new Notes(), calls, result, calls);

    assertThat(contents.split(Signatures.DUMMY, -1)).hasSize(3);
    assertThat(contents)
        .contains(
            "{\"functionCall\":{\"id\":\"1\",\"name\":\"f\",\"args\":{}},\"thoughtSignature\":\""
                + Signatures.DUMMY
                + "\"},{\"functionCall\":{\"id\":\"2\",\"name\":\"g\",\"args\":{}}}");
    assertThat(contents("gemini-2.5-flash", new Notes(), calls, result, calls))
        .doesNotContain("thoughtSignature");
  }

  @Test
  void aSignatureInFrontOfACallIsTheCalls() {
    assertThat(
            parts(
                "gemini-3-pro-preview",
                new Part.Thinking("", "s1", null, Maker.GOOGLE),
                new Part.ToolCall("1", "f", "{}")))
        .isEqualTo(
            "[{\"functionCall\":{\"id\":\"1\",\"name\":\"f\",\"args\":{}},\"thoughtSignature\":\"s1\"}]");
  }

  @Test
  void thoughtsGoBackOnlyIfGoogleSignedThem() {
    assertThat(
            parts(
                "gemini-3-pro-preview",
                new Part.Thinking("Hm.", "s1", null, Maker.GOOGLE),
                new Part.Thinking("", "s2", null, Maker.GOOGLE),
                new Part.Thinking("Unsigned.", null, null, Maker.GOOGLE),
                new Part.Thinking("Foreign.", "s3", null, Maker.ANTHROPIC),
                new Part.Thinking("", null, "secret", Maker.ANTHROPIC),
                new Part.Text("Yes.")))
        .isEqualTo(
            "[{\"text\":\"Hm.\",\"thought\":true,\"thoughtSignature\":\"s1\"},"
                + "{\"text\":\"\",\"thoughtSignature\":\"s2\"},{\"text\":\"Yes.\"}]");
  }

  @Test
  void whatHasNoPlaceIsNotedAndARefusalIsText() {
    Notes notes = new Notes();

    String contents =
        contents(
            "gemini-2.5-flash",
            notes,
            user(
                new Part.Text("a", new CacheMark(true), List.of()),
                new Part.Image(new Media(Media.Kind.BASE64, "AAAA", "image/png"), "high", null),
                new Part.Foreign("web_search_call")),
            model(new Part.Refusal("No.")));

    assertThat(notes.dropped()).containsExactly("cache_control", "detail", "web_search_call");
    assertThat(contents).endsWith("{\"role\":\"model\",\"parts\":[{\"text\":\"No.\"}]}]");
  }
}
