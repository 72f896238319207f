// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Part;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.Turn;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConverseRequestReaderTest {

  private static final String HELLO =
      "\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}]";

  private static List<Part> parts(String content) {
    return Converse.read("{\"messages\":[{\"role\":\"user\",\"content\":[" + content + "]}]}")
        .turns()
        .get(0)
        .parts();
  }

  @Test
  void pathTellsModelAndStream() {
    ChatRequest request =
        Converse.DIALECT.request(Converse.app("{" + HELLO + "}", "amazon.nova", true), new Notes());
    assertThat(request.model()).isEqualTo("amazon.nova");
    assertThat(request.stream()).isTrue();
    assertThat(request.streamUsage()).isTrue();
    assertThat(request.turns())
        .containsExactly(new Turn(Turn.Role.USER, List.of(new Part.Text("hi"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"messages\":\"hi\"}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}]}",
        "{\"messages\":[7]}",
        "{\"inputText\":\"hi\"}",
        "{\"schemaVersion\":\"messages-v1\",\"messages\":[{\"role\":\"user\",\"content\":[]}]}",
        "{\"anthropic_version\":\"bedrock-2023-05-31\",\"messages\":"
            + "[{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}]}"
      })
  void bodiesOfInvokeModelAreIneligible(String body) {
    assertThatThrownBy(() -> Converse.read(body)).isInstanceOf(Ineligible.class);
  }

  @Test
  void cachePointMarksThePartBefore() {
    ChatRequest request =
        Converse.read(
            """
            {"system":[{"text":"a"},{"cachePoint":{"type":"default","ttl":"1h"}},
              {"guardContent":{"text":{"text":"b","qualifiers":["query"]}}}],
             "messages":[{"role":"user","content":[
               {"text":"c"},{"cachePoint":{"type":"default"}},
               {"image":{"format":"png","source":{"bytes":"AA=="}}},{"cachePoint":{}},
               {"toolResult":{"toolUseId":"t","content":[]}},{"cachePoint":{"ttl":"5m"}}]}],
             "toolConfig":{"tools":[{"toolSpec":{"name":"f","inputSchema":{"json":{}}}},
               {"cachePoint":{"type":"default"}}]}}\
            """);
    assertThat(request.system())
        .containsExactly(new Part.Text("a", new CacheMark(true), List.of()), new Part.Text("b"));
    assertThat(request.turns().get(0).parts())
        .extracting(ConverseCache::of)
        .containsOnly(new CacheMark(false));
    assertThat(request.tools().get(0).cache()).isEqualTo(new CacheMark(false));
  }

  @Test
  void cachePointWithoutAnythingBeforeIsNoted() {
    Notes notes = new Notes();
    Converse.read(
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"cachePoint\":{}},{\"text\":\"a\"}]}]}",
        notes);
    assertThat(notes.dropped()).containsExactly("cachePoint");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          png|image/png
          jpeg|image/jpeg
          gif|image/gif
          webp|image/webp
          """)
  void imagesKnowTheirTypes(String format, String type) {
    String image = "{\"image\":{\"format\":\"" + format + "\",\"source\":{\"bytes\":\"AA==\"}}}";
    assertThat(parts(image))
        .containsExactly(new Part.Image(new Media(Media.Kind.BASE64, "AA==", type), null, null));
  }

  @Test
  void documentsComeAsBytesTextOrFromAStore() {
    assertThat(
            parts(
                """
                {"document":{"format":"pdf","name":"a","source":{"bytes":"AA=="}}},
                {"document":{"format":"txt","name":"b","source":{"text":"hello"}}},
                {"document":{"format":"csv","source":{"s3Location":{"uri":"s3://x/y"}}}},
                {"document":{"name":"d","source":{"content":[{"text":"1"},{"text":"2"}]}}},
                {"video":{"format":"three_gp","source":{"s3Location":{"uri":"s3://x/z"}}}},
                {"audio":{"format":"mp3","source":{"bytes":"BB=="}}}\
                """))
        .containsExactly(
            new Part.Document(new Media(Media.Kind.BASE64, "AA==", "application/pdf"), "a", null),
            new Part.Document(new Media(Media.Kind.TEXT, "hello", "text/plain"), "b", null),
            new Part.Document(new Media(Media.Kind.STORED, "s3://x/y", "text/csv"), null, null),
            new Part.Document(new Media(Media.Kind.TEXT, "1\n2", null), "d", null),
            new Part.Video(new Media(Media.Kind.STORED, "s3://x/z", "video/3gpp")),
            new Part.Audio(new Media(Media.Kind.BASE64, "BB==", "audio/mpeg")));
  }

  @Test
  void callsKeepTheirArgumentsAsSpelled() {
    assertThat(
            parts(
                """
                {"toolUse":{"toolUseId":"t1","name":"f","input":{"b":0.70,"a":[1e3]}}},
                {"toolUse":{"toolUseId":"t2","name":"g"}}\
                """))
        .containsExactly(
            new Part.ToolCall("t1", "f", "{\"b\":0.70,\"a\":[1e3]}"),
            new Part.ToolCall("t2", "g", "{}"));
  }

  @Test
  void resultsHaveTextsJsonAndPictures() {
    assertThat(
            parts(
                """
                {"toolResult":{"toolUseId":"t","status":"error","content":[{"text":"a"},
                  {"json":{"x":1.50}},{"image":{"format":"gif","source":{"bytes":"AA=="}}}]}},
                {"toolResult":{"toolUseId":"u","status":"success","content":[]}}\
                """))
        .containsExactly(
            new Part.ToolResult(
                "t",
                null,
                List.of(
                    new Part.Text("a"),
                    new Part.Text("{\"x\":1.50}"),
                    new Part.Image(new Media(Media.Kind.BASE64, "AA==", "image/gif"), null, null)),
                true,
                null),
            new Part.ToolResult("u", null, List.of(), false, null));
  }

  @Test
  void signedThoughtsAreClaudes() {
    assertThat(
            parts(
                """
                {"reasoningContent":{"reasoningText":{"text":"hm","signature":"s"}}},
                {"reasoningContent":{"redactedContent":"r"}},
                {"reasoningContent":{"reasoningText":{"text":"plain"}}}\
                """))
        .containsExactly(
            new Part.Thinking("hm", "s", null, Maker.ANTHROPIC),
            new Part.Thinking("", null, "r", Maker.ANTHROPIC),
            new Part.Thinking("plain", null, null, Maker.OTHER));
  }

  @Test
  void whatHasNoCounterpartIsForeign() {
    assertThat(
            parts(
                """
                {"toolUse":{"toolUseId":"t","name":"web","type":"server_tool_use","input":{}}},
                {"searchResult":{"source":"x"}},{"image":{"format":"png"}},{"image":5}\
                """))
        .containsExactly(
            new Part.Foreign("toolUse"),
            new Part.Foreign("searchResult"),
            new Part.Foreign("image"),
            new Part.Foreign("image"));
  }

  @Test
  void toolsAndSamplingAreRead() {
    ChatRequest request =
        Converse.read(
            "{"
                + HELLO
                + """
                ,"inferenceConfig":{"maxTokens":100,"temperature":0.70,"topP":0.9,
                  "stopSequences":["X","Y"]},
                 "toolConfig":{"tools":[{"toolSpec":{"name":"f","description":"d","strict":true,
                   "inputSchema":{"json":{"type":"object","properties":{"z":{},"a":{}}}}}}],
                   "toolChoice":{"tool":{"name":"f"}}},
                 "requestMetadata":{"team":"a"},"serviceTier":{"type":"priority"}}\
                """);
    assertThat(request.sampling().maxTokens()).isEqualTo(100);
    assertThat(request.sampling().temperature()).isEqualTo(new BigDecimal("0.70"));
    assertThat(request.sampling().topP()).isEqualTo(new BigDecimal("0.9"));
    assertThat(request.sampling().stop()).containsExactly("X", "Y");
    Tool tool = request.tools().get(0);
    assertThat(tool.name() + tool.description() + tool.strict()).isEqualTo("fdtrue");
    assertThat(Converse.written(tool.schema()))
        .isEqualTo("{\"type\":\"object\",\"properties\":{\"z\":{},\"a\":{}}}");
    assertThat(request.toolChoice()).isEqualTo(ToolChoice.named("f"));
    assertThat(request.metadata()).isEqualTo(Map.of("team", "a"));
    assertThat(request.serviceTier()).isEqualTo("priority");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"auto":{}}|AUTO
          {"any":{}}|REQUIRED
          {}|DEFAULT
          7|DEFAULT
          """)
  void choiceOfToolsIsRead(String choice, ToolChoice.Kind kind) {
    String config = "\"toolConfig\":{\"tools\":[],\"toolChoice\":" + choice + "}";
    assertThat(Converse.read("{" + HELLO + "," + config + "}").toolChoice())
        .isEqualTo(new ToolChoice(kind, List.of()));
  }

  @Test
  void schemaOfTheAnswerIsATextOfJson() {
    OutputFormat format =
        Converse.read(
                "{"
                    + HELLO
                    + """
                    ,"outputConfig":{"textFormat":{"type":"json_schema","structure":{"jsonSchema":
                      {"schema":"{\\"type\\":\\"object\\"}","name":"n","description":"d"}}}}}\
                    """)
            .format();
    assertThat(format)
        .isEqualTo(
            new OutputFormat(OutputFormat.Kind.SCHEMA, "n", "d", Map.of("type", "object"), null));
  }

  @Test
  void schemaThatIsNoneIsIneligible() {
    String body = "{" + HELLO + ",\"outputConfig\":{\"textFormat\":{\"type\":\"json_schema\"}}}";
    assertThatThrownBy(() -> Converse.read(body)).isInstanceOf(Ineligible.class);
  }

  @Test
  void whatOnlyBedrockCanDoIsBound() {
    ChatRequest request =
        Converse.read(
            "{"
                + HELLO
                + """
                ,"guardrailConfig":{"guardrailIdentifier":"g"},"promptVariables":{"a":{"text":"b"}},
                 "toolConfig":{"tools":[{"systemTool":{"name":"nova_grounding"}}]}}\
                """);
    assertThat(request.bound())
        .containsExactlyInAnyOrder(
            "guardrailConfig", "promptVariables", "toolConfig.tools[0] systemTool nova_grounding");
  }

  @Test
  void keptPromptNeedsNoMessages() {
    String arn = "arn:aws:bedrock:us-east-1:1:prompt/ABC:1";
    ChatRequest request = Converse.DIALECT.request(Converse.app("{}", arn, false), new Notes());
    assertThat(request.bound()).containsExactly("modelId prompt");
  }
}
