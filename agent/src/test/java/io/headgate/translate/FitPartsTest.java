// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static io.headgate.translate.Fits.PNG;
import static io.headgate.translate.Fits.assistant;
import static io.headgate.translate.Fits.call;
import static io.headgate.translate.Fits.result;
import static io.headgate.translate.Fits.shown;
import static io.headgate.translate.Fits.talk;
import static io.headgate.translate.Fits.target;
import static io.headgate.translate.Fits.thought;
import static io.headgate.translate.Fits.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.chat.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitPartsTest {

  private static final String URL = "https://example.com/x";

  private final Notes notes = new Notes();

  private ChatRequest fitted(String target, ChatRequest.Builder request) {
    return Fitting.fit(request.build(), target(target), notes).request();
  }

  private static Part part(String kind) {
    Media url = new Media(Media.Kind.URL, URL, null);
    return switch (kind) {
      case "image" -> new Part.Image(PNG, null, null);
      case "image-url" -> new Part.Image(url, null, null);
      case "image-file" ->
          new Part.Image(new Media(Media.Kind.FILE_ID, "file-1", null), null, null);
      case "image-gs" ->
          new Part.Image(new Media(Media.Kind.STORED, "gs://b/x.png", "image/png"), null, null);
      case "image-s3" ->
          new Part.Image(new Media(Media.Kind.STORED, "s3://b/x.png", "image/png"), null, null);
      case "pdf" ->
          new Part.Document(new Media(Media.Kind.BASE64, "JVBERi0=", "application/pdf"), "a", null);
      case "pdf-url" -> new Part.Document(url, null, null);
      case "docx" ->
          new Part.Document(
              new Media(Media.Kind.BASE64, "UEsDBA==", "application/msword"), "a", null);
      case "audio" -> new Part.Audio(new Media(Media.Kind.BASE64, "UklGRg==", "audio/wav"));
      case "video" -> new Part.Video(new Media(Media.Kind.BASE64, "AAAA", "video/mp4"));
      default -> throw new IllegalArgumentException(kind);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "openai, image, true",
    "openai, image-url, true",
    "openai, pdf, true",
    "openai, pdf-url, false",
    "openai, docx, false",
    "openai, audio, false",
    "openai, video, false",
    "openai, image-gs, false",
    "responses, image-url, true",
    "responses, pdf-url, true",
    "responses, audio, false",
    "claude, image, true",
    "claude, image-url, true",
    "claude, pdf, true",
    "claude, pdf-url, true",
    "claude, docx, false",
    "vertex-claude, image, true",
    "vertex-claude, image-url, false",
    "vertex-claude, pdf, true",
    "vertex-claude, pdf-url, false",
    "claude, audio, false",
    "claude, video, false",
    "gemini, image, true",
    "gemini, pdf, true",
    "gemini, audio, true",
    "gemini, video, true",
    "gemini, image-gs, false",
    "gemini, image-s3, false",
    "gemini, docx, false",
    "bedrock, image, true",
    "bedrock, image-url, false",
    "bedrock, pdf, true",
    "bedrock, pdf-url, false",
    "bedrock, docx, true",
    "bedrock, image-s3, true",
    "bedrock, image-gs, false",
    "bedrock, audio, false",
    "nova, image, false",
    "nova, pdf, false",
    "cohere, image, false",
    "ollama, image, false",
    "deepseek, image, false",
    "openai, image-file, false",
    "claude, image-file, false",
    "gemini, image-file, false",
  })
  void whatCannotBeShownRulesTheTargetOut(String target, String kind, boolean can) {
    ChatRequest.Builder talk = talk(user(new Part.Text("see"), part(kind)));

    if (can) {
      assertThatCode(() -> fitted(target, talk)).doesNotThrowAnyException();
      assertThat(notes.dropped()).isEmpty();
    } else {
      assertThatThrownBy(() -> fitted(target, talk)).isInstanceOf(Ineligible.class);
    }
  }

  @Test
  void theReasonNamesTheModel() {
    assertThatThrownBy(() -> fitted("bedrock", talk(user(part("image-url")))))
        .hasMessage("us.anthropic.claude-sonnet-4-5-20250929-v1:0 takes no images by URL");
  }

  @Test
  void vertexReadsFromItsOwnStore() {
    Traits vertex = Fits.CATALOG.of(WireFormat.GEMINI, "vertex", "gemini-2.5-flash");

    assertThatCode(() -> Fitting.fit(talk(user(part("image-gs"))).build(), vertex, notes))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"openai, true", "gemini, true", "claude, false", "bedrock, false"})
  void aDocumentOfPlainTextIsSaidWhereItCannotBeShown(String target, boolean said) {
    String bytes = Base64.getEncoder().encodeToString("a,b\nç,d".getBytes(StandardCharsets.UTF_8));
    Media media = new Media(Media.Kind.BASE64, bytes, "text/csv");
    ChatRequest.Builder talk = talk(user(new Part.Document(media, "t.csv", null)));

    Part part = fitted(target, talk).turns().get(0).parts().get(0);

    Media text = new Media(Media.Kind.TEXT, "a,b\nç,d", "text/csv");
    assertThat(part)
        .isEqualTo(
            said ? new Part.Text("t.csv\n\na,b\nç,d") : new Part.Document(text, "t.csv", null));
    assertThat(notes.changed()).hasSize(said ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    // target, type, name, bytes, type that goes out; "said" for a text, none if it is ruled out
    "claude, application/octet-stream, a.pdf, QQ==, application/pdf",
    "claude, application/octet-stream, , JVBERi0x, application/pdf",
    "claude, application/pdf; version=1.7, , QQ==, application/pdf",
    "claude, Application/PDF, , QQ==, application/pdf",
    "claude, , , JVBERi0x, application/pdf",
    "claude, application/x-pdf, , JVBERi0x, application/pdf",
    "claude, binary/octet-stream, , JVBERi0x, application/pdf",
    "claude, binary/octet-stream, a.csv, QQ==, text/csv",
    "claude, text/plain, , JVBERi0x, text/plain",
    "openai, application/octet-stream, A.PDF, QQ==, application/pdf",
    "gemini, application/octet-stream, a.pdf, QQ==, application/pdf",
    "claude, application/json, a, e30=, application/json",
    "claude, application/octet-stream, a.txt, QQ==, text/plain",
    "claude, application/octet-stream, a.yml, QQ==, application/yaml",
    "claude, text/plain; charset=utf-8, a.txt, QQ==, text/plain",
    "bedrock, application/octet-stream, a.md, QQ==, text/markdown",
    "bedrock, application/octet-stream, a.docx, QQ==, application/octet-stream",
    "openai, application/json, a, e30=, said",
    "gemini, application/octet-stream, a.csv, QQ==, said",
    "claude, application/octet-stream, a.docx, QQ==, ",
    "claude, application/octet-stream, pdf, QQ==, ",
    "claude, application/octet-stream, , QQ==, ",
    "gemini, application/zip, a.pdf, QQ==, ",
  })
  void whatADocumentIsShowsInItsTypeOrNameOrBytes(
      String target,
      @Nullable String type,
      @Nullable String name,
      String bytes,
      @Nullable String sent) {
    Media media = new Media(Media.Kind.BASE64, bytes, type);
    ChatRequest.Builder talk = talk(user(new Part.Document(media, name, null)));

    if (sent == null) {
      assertThatThrownBy(() -> fitted(target, talk)).isInstanceOf(Ineligible.class);
      return;
    }
    Part part = fitted(target, talk).turns().get(0).parts().get(0);
    assertThat(part instanceof Part.Document document ? document.media().type() : "said")
        .isEqualTo(sent);
  }

  @ParameterizedTest
  @CsvSource({"claude, true", "responses, true", "openai, false", "gemini, false"})
  void aPictureInAResultIsShownBehindItWhereItCannotBeWithin(String target, boolean within) {
    ChatRequest.Builder talk =
        talk(
            user("go"),
            assistant(call("c1", "shoot"), call("c2", "x")),
            user(result("c1", part("image")), result("c2", "ok")));

    assertThat(shown(fitted(target, talk)))
        .endsWith(within ? "U:[c1 Image],[c2 ok]" : "U:[c1 The result follows.],[c2 ok],Image");
  }

  @ParameterizedTest
  @CsvSource({
    "claude, ANTHROPIC, true", "bedrock, ANTHROPIC, true", "gemini, GOOGLE, true",
    "responses, OPENAI, true", "deepseek, OTHER, true", "claude, OPENAI, false",
    "claude, OTHER, false", "gemini, ANTHROPIC, false", "responses, ANTHROPIC, false",
    "openai, OPENAI, false", "openai, OTHER, false", "nova, ANTHROPIC, false",
  })
  void thoughtsGoBackToTheirMakerOnly(String target, Maker maker, boolean kept) {
    ChatRequest.Builder talk =
        talk(user("a"), assistant(thought(maker), new Part.Text("b")), user("c"));

    assertThat(shown(fitted(target, talk))).isEqualTo(kept ? "U:a A:~,b U:c" : "U:a A:b U:c");
    assertThat(notes.dropped()).isEmpty();
  }

  @Test
  void aThoughtWithoutSignatureIsOfNoUseToItsMaker() {
    Part.Thinking unsigned = new Part.Thinking("hm", null, null, Maker.ANTHROPIC);
    Part.Thinking redacted = new Part.Thinking("", null, "xyz", Maker.ANTHROPIC);
    ChatRequest.Builder talk =
        talk(user("a"), assistant(unsigned, new Part.Text("b"), redacted), user("c"));

    assertThat(shown(fitted("claude", talk))).isEqualTo("U:a A:b,~ U:c");
  }

  @Test
  void aSignedThoughtThatIsLostWithinOpenStepsIsNoted() {
    ChatRequest.Builder talk =
        talk(
            user("a"),
            assistant(thought(Maker.ANTHROPIC), call("c1", "x")),
            user(result("c1", "one")));

    assertThat(shown(fitted("gemini", talk))).isEqualTo("U:a A:<c1 x> U:[c1 one]");
    assertThat(notes.dropped()).containsExactly("thinking");
  }

  @Test
  void signaturesOfCallsAreGooglesOnly() {
    Part.ToolCall signed = new Part.ToolCall("c1", "x", "{}", "sig", null);
    ChatRequest.Builder talk = talk(user("a"), assistant(signed), user(result("c1", "one")));

    assertThat(fitted("gemini", talk).turns().get(1).parts()).containsExactly(signed);
    assertThat(fitted("openai", talk).turns().get(1).parts()).containsExactly(call("c1", "x"));
  }

  @Test
  void whatOtherFormatsDoNotHaveIsNoted() {
    ChatRequest.Builder talk =
        talk(
            user("a"),
            assistant(new Part.Foreign("server_tool_use"), new Part.Refusal("no")),
            user("b"));

    assertThat(shown(fitted("claude", talk))).isEqualTo("U:a A:no U:b");
    assertThat(notes.dropped()).containsExactly("server_tool_use");
    assertThat(fitted("openai", talk).turns().get(1).parts())
        .isEqualTo(List.of(new Part.Refusal("no")));
  }
}
