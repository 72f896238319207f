// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversePartReaderTest {
  private static List<Part> parts(String content) {
    return Converse.read("{\"messages\":[{\"role\":\"user\",\"content\":[" + content + "]}]}")
        .turns()
        .get(0)
        .parts();
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
}
