// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import static io.headgate.dialect.Edits.chat;
import static io.headgate.dialect.Edits.edited;
import static io.headgate.dialect.Edits.endpoint;
import static io.headgate.dialect.Edits.system;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SystemPromptTest {

  /** Both a text before ({@code A}) and one behind ({@code Z}). */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        // OpenAI chat
        "OPENAI|{\"messages\":[{\"role\":\"user\",\"content\":\"u\"}],\"n\":1}"
            + "|{\"messages\":[{\"role\":\"system\",\"content\":\"A\\n\\nZ\"},{\"role\":\"user\",\"content\":\"u\"}],\"n\":1}",
        "OPENAI|{\"messages\":[]}|{\"messages\":[{\"role\":\"system\",\"content\":\"A\\n\\nZ\"}]}",
        "OPENAI|{\"messages\":[ {\"role\":\"system\",\"content\":\"\\u0053 \\\"\"},{\"role\":\"system\",\"content\":\"T\"}]}"
            + "|{\"messages\":[ {\"role\":\"system\",\"content\":\"A\\n\\n\\u0053 \\\"\\n\\nZ\"},{\"role\":\"system\",\"content\":\"T\"}]}",
        "OPENAI|{\"messages\":[{\"role\":\"user\"},{\"role\":\"d\\u0065veloper\",\"content\":\"S\"}]}"
            + "|{\"messages\":[{\"role\":\"user\"},{\"role\":\"d\\u0065veloper\",\"content\":\"A\\n\\nS\\n\\nZ\"}]}",
        "OPENAI|{\"messages\":[{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"S\"} ]}]}"
            + "|{\"messages\":[{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"A\\n\\n\"},{\"type\":\"text\",\"text\":\"S\"},{\"type\":\"text\",\"text\":\"\\n\\nZ\"} ]}]}",
        "OPENAI|{\"messages\":[{\"role\":\"system\",\"content\":[]}]}"
            + "|{\"messages\":[{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"A\\n\\nZ\"}]}]}",
        "OPENAI|{\"messages\":[{\"role\":\"system\",\"content\":\"\"}]}|{\"messages\":[{\"role\":\"system\",\"content\":\"A\\n\\nZ\"}]}",
        "OPENAI|{\"messages\":[{\"role\":\"system\",\"content\":null}]}|{\"messages\":[{\"role\":\"system\",\"content\":\"A\\n\\nZ\"}]}",
        "OPENAI|{\"messages\":[{\"role\":\"system\"}]}|{\"messages\":[{\"role\":\"system\",\"content\":\"A\\n\\nZ\"}]}",
        "OPENAI|{\"prompt\":\"p\"}|same",
        "OPENAI|{\"messages\":\"p\"}|same",
        // OpenAI Responses
        "OPENAI_RESPONSES|{\"input\":\"hi\"}|{\"input\":\"hi\",\"instructions\":\"A\\n\\nZ\"}",
        "OPENAI_RESPONSES|{\"instructions\":\"S\",\"input\":[{\"role\":\"system\",\"content\":\"T\"}]}"
            + "|{\"instructions\":\"A\\n\\nS\\n\\nZ\",\"input\":[{\"role\":\"system\",\"content\":\"T\"}]}",
        "OPENAI_RESPONSES|{\"instructions\":null,\"input\":\"hi\"}|{\"instructions\":\"A\\n\\nZ\",\"input\":\"hi\"}",
        "OPENAI_RESPONSES|{\"input\":[{\"role\":\"developer\",\"content\":\"T\"}]}"
            + "|{\"input\":[{\"role\":\"developer\",\"content\":\"A\\n\\nT\\n\\nZ\"}]}",
        "OPENAI_RESPONSES|{\"input\":[{\"type\":\"message\",\"role\":\"system\",\"content\":[{\"type\":\"input_text\",\"text\":\"T\"}]}]}"
            + "|{\"input\":[{\"type\":\"message\",\"role\":\"system\",\"content\":[{\"type\":\"input_text\",\"text\":\"A\\n\\n\"},{\"type\":\"input_text\",\"text\":\"T\"},{\"type\":\"input_text\",\"text\":\"\\n\\nZ\"}]}]}",
        "OPENAI_RESPONSES|{\"input\":[{\"role\":\"user\"},{\"role\":\"system\",\"content\":\"T\"}]}"
            + "|{\"input\":[{\"role\":\"user\"},{\"role\":\"system\",\"content\":\"T\"}],\"instructions\":\"A\\n\\nZ\"}",
        // Anthropic
        "ANTHROPIC|{\"messages\":[]}|{\"messages\":[],\"system\":\"A\\n\\nZ\"}",
        "ANTHROPIC|{\"system\":\"S\",\"messages\":[]}|{\"system\":\"A\\n\\nS\\n\\nZ\",\"messages\":[]}",
        "ANTHROPIC|{\"system\":[{\"type\":\"text\",\"text\":\"S\",\"cache_control\":{\"type\":\"ephemeral\"}}]}"
            + "|{\"system\":[{\"type\":\"text\",\"text\":\"A\\n\\n\"},{\"type\":\"text\",\"text\":\"S\",\"cache_control\":{\"type\":\"ephemeral\"}},{\"type\":\"text\",\"text\":\"\\n\\nZ\"}]}",
        "ANTHROPIC|{\"messages\":[{\"role\":\"system\",\"content\":\"mid\"}]}"
            + "|{\"messages\":[{\"role\":\"system\",\"content\":\"mid\"}],\"system\":\"A\\n\\nZ\"}",
        // Gemini
        "GEMINI|{\"contents\":[{}]}|{\"contents\":[{}],\"systemInstruction\":{\"parts\":[{\"text\":\"A\\n\\nZ\"}]}}",
        "GEMINI|{\"contents\":[{}],\"systemInstruction\":{\"role\":\"user\",\"parts\":[{\"text\":\"S\"}]}}"
            + "|{\"contents\":[{}],\"systemInstruction\":{\"role\":\"user\",\"parts\":[{\"text\":\"A\\n\\n\"},{\"text\":\"S\"},{\"text\":\"\\n\\nZ\"}]}}",
        "GEMINI|{\"system_instruction\":{\"parts\":{\"text\":\"S\"}},\"contents\":[{}]}"
            + "|{\"system_instruction\":{\"parts\":[{\"text\":\"A\\n\\n\"},{\"text\":\"S\"},{\"text\":\"\\n\\nZ\"}]},\"contents\":[{}]}",
        "GEMINI|{\"systemInstruction\":{},\"contents\":[{}]}|{\"systemInstruction\":{\"parts\":[{\"text\":\"A\\n\\nZ\"}]},\"contents\":[{}]}",
        "GEMINI|{\"systemInstruction\":null,\"contents\":[{}]}|{\"systemInstruction\":{\"parts\":[{\"text\":\"A\\n\\nZ\"}]},\"contents\":[{}]}",
        "GEMINI|{\"contents\":[{}],\"cachedContent\":\"cachedContents/1\"}|same",
        "GEMINI|{\"instances\":[{}]}|same",
        // Bedrock: Converse, Nova, Claude and others by InvokeModel
        "BEDROCK|{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"u\"}]}]}"
            + "|{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"u\"}]}],\"system\":[{\"text\":\"A\\n\\nZ\"}]}",
        "BEDROCK|{\"system\":[{\"text\":\"S\"},{\"cachePoint\":{\"type\":\"default\"}}],\"messages\":[{\"content\":[{\"text\":\"u\"}]}]}"
            + "|{\"system\":[{\"text\":\"A\\n\\n\"},{\"text\":\"S\"},{\"cachePoint\":{\"type\":\"default\"}},{\"text\":\"\\n\\nZ\"}],\"messages\":[{\"content\":[{\"text\":\"u\"}]}]}",
        "BEDROCK|{\"anthropic_version\":\"bedrock-2023-05-31\",\"messages\":[]}"
            + "|{\"anthropic_version\":\"bedrock-2023-05-31\",\"messages\":[],\"system\":\"A\\n\\nZ\"}",
        "BEDROCK|{\"messages\":[{\"role\":\"system\",\"content\":\"S\"}]}|{\"messages\":[{\"role\":\"system\",\"content\":\"A\\n\\nS\\n\\nZ\"}]}",
        "BEDROCK|{\"inputText\":\"S\"}|same",
        // Cohere v2 and v1
        "COHERE|{\"messages\":[{\"role\":\"system\",\"content\":\"S\"}]}|{\"messages\":[{\"role\":\"system\",\"content\":\"A\\n\\nS\\n\\nZ\"}]}",
        "COHERE|{\"message\":\"hi\"}|{\"message\":\"hi\",\"preamble\":\"A\\n\\nZ\"}",
        "COHERE|{\"preamble\":\"S\",\"message\":\"hi\"}|{\"preamble\":\"A\\n\\nS\\n\\nZ\",\"message\":\"hi\"}",
        // Ollama
        "OLLAMA|{\"messages\":[{\"role\":\"user\",\"content\":\"u\"}]}"
            + "|{\"messages\":[{\"role\":\"system\",\"content\":\"A\\n\\nZ\"},{\"role\":\"user\",\"content\":\"u\"}]}",
        "OTHER|{\"messages\":[]}|same",
      })
  void thePromptIsPutWhereTheDialectHasIt(WireFormat format, String before, String after) {
    assertThat(edited(chat(format), before, system("A", "Z"))).isEqualTo(after);
  }

  @Test
  void oneSideAloneLeavesTheOther() {
    String body = "{\"system\":\"S\"}";
    assertThat(edited(chat(WireFormat.ANTHROPIC), body, system("A", null)))
        .isEqualTo("{\"system\":\"A\\n\\nS\"}");
    assertThat(edited(chat(WireFormat.ANTHROPIC), body, system(null, "Z")))
        .isEqualTo("{\"system\":\"S\\n\\nZ\"}");
    String blocks = "{\"system\":[{\"type\":\"text\",\"text\":\"S\"}]}";
    assertThat(edited(chat(WireFormat.ANTHROPIC), blocks, system(null, "Z")))
        .isEqualTo(
            "{\"system\":[{\"type\":\"text\",\"text\":\"S\"},"
                + "{\"type\":\"text\",\"text\":\"\\n\\nZ\"}]}");
  }

  @Test
  void aRepeatedPromptIsChangedEachTime() {
    assertThat(
            edited(
                chat(WireFormat.ANTHROPIC), "{\"system\":\"S\",\"system\":null}", system("A", "")))
        .isEqualTo("{\"system\":\"A\\n\\nS\",\"system\":\"A\"}");
  }

  @Test
  void blankTextAddsNothing() {
    assertThat(edited(chat(WireFormat.ANTHROPIC), "{\"system\":\"S\"}", system("", " \n")))
        .isEqualTo("same");
  }

  @Test
  void textIsEscaped() {
    assertThat(
            edited(
                chat(WireFormat.ANTHROPIC),
                "{\"system\":\"S\"}",
                system("\",\"x\":\"\u0001", null)))
        .isEqualTo("{\"system\":\"\\\",\\\"x\\\":\\\"\\u0001\\n\\nS\"}");
  }

  @Test
  void ollamasGenerateHasAFieldOfItsOwn() {
    assertThat(
            edited(
                endpoint(WireFormat.OLLAMA, Operation.TEXT_COMPLETION, null),
                "{\"prompt\":\"p\"}",
                system("A", null)))
        .isEqualTo("{\"prompt\":\"p\",\"system\":\"A\"}");
  }

  @Test
  void countedIsWhatWillBeSent() {
    assertThat(
            edited(
                endpoint(WireFormat.ANTHROPIC, Operation.COUNT_TOKENS, null),
                "{\"messages\":[]}",
                system("A", null)))
        .isEqualTo("{\"messages\":[],\"system\":\"A\"}");
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CHAT"})
  void otherOperationsAreLeftAlone(Operation operation) {
    assertThat(
            edited(
                endpoint(WireFormat.OPENAI, operation, null),
                "{\"messages\":[],\"input\":\"x\"}",
                system("A", "Z")))
        .isEqualTo("same");
    RequestBody opaque = RequestBody.OPAQUE;
    assertThat(
            RequestEdits.edited(
                endpoint(WireFormat.OPENAI, operation, null), opaque, system("A", "Z")))
        .isSameAs(opaque);
  }

  @Test
  void whatIsNoJsonCannotBeEdited() {
    assertThat(edited(chat(WireFormat.OPENAI), "{\"messages\":[}", system("A", null)))
        .isEqualTo("none");
    assertThat(edited(chat(WireFormat.OPENAI), "", system("A", null))).isEqualTo("none");
    assertThat(RequestEdits.edited(chat(WireFormat.OPENAI), RequestBody.OPAQUE, system("A", null)))
        .isNull();
  }

  @Test
  void manyEmptyListsDoNotMultiplyThePrompt() {
    String body = "{\"messages\":[]" + ",\"messages\":[]".repeat(500_000) + "}";
    assertThat(edited(chat(WireFormat.OPENAI), body, system("A".repeat(1000), null)))
        .isEqualTo("none");
  }
}
