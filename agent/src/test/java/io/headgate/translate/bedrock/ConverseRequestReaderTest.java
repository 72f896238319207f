// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
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
            new OutputFormat(OutputFormat.Kind.SCHEMA, "n", "d", Map.of("type", "object"), true));
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
