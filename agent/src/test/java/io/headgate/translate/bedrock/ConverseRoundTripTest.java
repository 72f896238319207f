// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Usage;
import io.headgate.translate.Notes;
import org.junit.jupiter.api.Test;

class ConverseRoundTripTest {

  private static final String FULL =
      """
      {"messages":[
        {"role":"user","content":[{"text":"look"},{"cachePoint":{"type":"default","ttl":"1h"}},
          {"image":{"format":"webp","source":{"bytes":"AA=="}}},
          {"document":{"format":"pdf","source":{"bytes":"BB=="},"name":"a b"}},
          {"video":{"format":"mp4","source":{"s3Location":{"uri":"s3://x/y"}}}},
          {"audio":{"format":"wav","source":{"bytes":"CC=="}}}]},
        {"role":"assistant","content":[
          {"reasoningContent":{"reasoningText":{"text":"hm","signature":"s"}}},
          {"reasoningContent":{"redactedContent":"r"}},
          {"text":"ok"},
          {"toolUse":{"toolUseId":"t1","name":"f","input":{"z":1.50,"a":null}}},
          {"toolUse":{"toolUseId":"t2","name":"g","input":{}}}]},
        {"role":"user","content":[
          {"toolResult":{"toolUseId":"t1","content":[{"text":"no"},
            {"image":{"format":"png","source":{"bytes":"DD=="}}}],"status":"error"}},
          {"toolResult":{"toolUseId":"t2","content":[{"text":"yes"}]}},
          {"cachePoint":{"type":"default"}},{"text":"go on"}]}],
       "system":[{"text":"be brief"},{"cachePoint":{"type":"default"}},{"text":"be kind"}],
       "inferenceConfig":{"maxTokens":5000,"stopSequences":["X"]},
       "toolConfig":{"tools":[{"toolSpec":{"name":"f","description":"d",
         "inputSchema":{"json":{"type":"object","properties":{"z":{},"a":{}}}},"strict":false}},
         {"cachePoint":{"type":"default"}}],"toolChoice":{"auto":{}}},
       "additionalModelRequestFields":{"thinking":{"type":"enabled","budget_tokens":2000}},
       "additionalModelResponseFieldPaths":["/stop_sequence"],
       "outputConfig":{"textFormat":{"type":"json_schema","structure":{"jsonSchema":
         {"schema":"{\\"type\\":\\"string\\"}","name":"n","description":"d"}}}},
       "requestMetadata":{"team":"a"},
       "serviceTier":{"type":"priority"}}\
      """;

  @Test
  void requestThatIsReadIsWrittenTheSame() {
    Notes notes = new Notes();
    assertThat(Converse.written(Converse.write(Converse.read(FULL, notes), notes)))
        .isEqualTo(Converse.compact(FULL));
    assertThat(notes.dropped()).isEmpty();
    assertThat(notes.changed()).isEmpty();
  }

  @Test
  void requestThatIsWrittenIsReadTheSame() {
    ChatRequest request = Converse.read(FULL);
    assertThat(Converse.read(Converse.write(request))).isEqualTo(request);
  }

  @Test
  void usageKeepsWhatStaysForAnHour() {
    Usage usage =
        Usage.builder()
            .input(100)
            .cacheRead(10)
            .cacheWrite(20)
            .cacheWriteHour(30)
            .output(7)
            .build();
    assertThat(Converse.written(ConverseUsage.write(usage)))
        .isEqualTo(
            Converse.compact(
                """
                {"inputTokens":40,"outputTokens":7,"totalTokens":107,"cacheReadInputTokens":10,
                 "cacheWriteInputTokens":50,"cacheDetails":[{"ttl":"5m","inputTokens":20},
                 {"ttl":"1h","inputTokens":30}]}\
                """));
    assertThat(ConverseUsage.read(Converse.tree(Converse.written(ConverseUsage.write(usage)))))
        .isEqualTo(usage);
  }

  @Test
  void usageIsNeverBelowZero() {
    Usage usage = Usage.builder().input(5).cacheRead(10).build();
    assertThat(ConverseUsage.write(usage))
        .containsEntry("inputTokens", 0L)
        .containsEntry("totalTokens", 5L);
  }
}
