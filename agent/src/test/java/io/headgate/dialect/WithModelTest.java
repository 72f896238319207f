// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import static io.headgate.dialect.Edits.chat;
import static io.headgate.dialect.Edits.endpoint;
import static io.headgate.dialect.Edits.withModel;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WithModelTest {

  private static final String CLAUDE =
      """
      \uFEFF{
        "model": "claude-sonnet-4-5",
        "max_tokens": 1024, "temperature": 1.0,
        "context_management": {"edits": [{"type": "clear_tool_uses_20250919"}]},
        "an_unknown_beta_field": {"model": "inner", "b": [1e0, 0.10, -0, 12345678901234567890]},
        "thinking": {"type": "enabled", "budget_tokens": 16000},
        "system": [{"type":"text","text":"Caf\\u00e9 \\ud83d\\ude00 日本語 😀","cache_control":{"type":"ephemeral","ttl":"1h"}}],
        "tools": [{"name":"model","input_schema":{"type":"object","properties":{"model":{"type":"string"}}},"cache_control":{"type":"ephemeral"}}],
        "messages": [
          {"role":"user","content":"say \\"model\\": \\"x\\""},
          {"role":"assistant","content":[
            {"type":"thinking","thinking":"\\u2028","signature":"EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pk="},
            {"type":"redacted_thinking","data":"EmwKAhgBEgy3va3pzix/LafPsn4aDFIT2Xlxh0L5L8rLVyIw"},
            {"type":"tool_use","id":"toolu_1","name":"model","input":{"model":"x"}}]}
        ]   , "stream":true
      }

      """;

  @Test
  void allButTheModelIsEqualByteForByte() {
    assertThat(withModel(chat(WireFormat.ANTHROPIC), CLAUDE, "claude-opus-4-8"))
        .isEqualTo(CLAUDE.replace("claude-sonnet-4-5", "claude-opus-4-8"));
  }

  @ParameterizedTest
  @EnumSource(
      value = WireFormat.class,
      names = {"OPENAI", "OPENAI_RESPONSES", "ANTHROPIC", "COHERE", "OLLAMA"})
  void theseFormatsNameTheModelInTheBody(WireFormat format) {
    assertThat(withModel(chat(format), "{\"model\":\"a\",\"x\":1}", "b"))
        .isEqualTo("{\"model\":\"b\",\"x\":1}");
    assertThat(withModel(chat(format), "{\"x\":1}", "b")).isEqualTo("{\"x\":1,\"model\":\"b\"}");
    assertThat(withModel(chat(format), "{}", "b")).isEqualTo("{\"model\":\"b\"}");
    assertThat(withModel(chat(format), "{\"mod\\u0065l\":\"\\u0062\"}", "b")).isEqualTo("same");
    assertThat(withModel(chat(format), "{\"model\":null,\"model\":\"b\"}", "b"))
        .isEqualTo("{\"model\":\"b\",\"model\":\"b\"}");
    assertThat(withModel(chat(format), "[]", "b")).isEqualTo("none");
    assertThat(withModel(chat(format), "", "b")).isEqualTo("none");
  }

  @ParameterizedTest
  @EnumSource(
      value = WireFormat.class,
      names = {"GEMINI", "BEDROCK"})
  void theseFormatsNameTheModelInThePath(WireFormat format) {
    assertThat(withModel(endpoint(format, Operation.CHAT, "a"), "{\"x\":1}", "b"))
        .isEqualTo("same");
    assertThat(withModel(chat(format), "{\"x\":1}", "b")).isEqualTo("same");
    assertThat(RequestEdits.withModel(chat(format), RequestBody.OPAQUE, "b"))
        .isSameAs(RequestBody.OPAQUE);
  }

  @Test
  void aBodyOfGeminiDoesNotContradictThePath() {
    assertThat(
            withModel(
                endpoint(WireFormat.GEMINI, Operation.EMBEDDINGS, "a"),
                "{\"requests\":[{\"model\":\"models/a\"},{\"model\":\"a\"},{},1]}",
                "b"))
        .isEqualTo("{\"requests\":[{\"model\":\"models/b\"},{\"model\":\"b\"},{},1]}");
    assertThat(
            withModel(
                endpoint(WireFormat.GEMINI, Operation.COUNT_TOKENS, "a"),
                "{\"generateContentRequest\":{\"model\":\"models/a\"}}",
                "b"))
        .isEqualTo("{\"generateContentRequest\":{\"model\":\"models/b\"}}");
  }

  @Test
  void aDeploymentInThePathNeedsNoModelInTheBody() {
    assertThat(withModel(endpoint(WireFormat.OPENAI, Operation.CHAT, "d"), "{\"x\":1}", "b"))
        .isEqualTo("same");
    assertThat(
            withModel(endpoint(WireFormat.OPENAI, Operation.CHAT, "d"), "{\"model\":\"a\"}", "b"))
        .isEqualTo("{\"model\":\"b\"}");
  }

  @Test
  void anAgentBringsItsOwnModel() {
    assertThat(withModel(chat(WireFormat.OPENAI), "{\"agent_id\":\"ag\"}", "b")).isEqualTo("none");
  }

  @Test
  void aFormatNobodyKnowsIsChangedOnlyWhereItNamesAModel() {
    assertThat(withModel(chat(WireFormat.OTHER), "{\"model\":\"a\"}", "b"))
        .isEqualTo("{\"model\":\"b\"}");
    assertThat(withModel(chat(WireFormat.OTHER), "{}", "b")).isEqualTo("none");
  }

  @Test
  void anOpaqueBodyCannotBeEdited() {
    assertThat(RequestEdits.withModel(chat(WireFormat.OPENAI), RequestBody.OPAQUE, "b")).isNull();
  }

  @Test
  void aModelsNameIsEscaped() {
    assertThat(withModel(chat(WireFormat.OPENAI), "{\"model\":\"a\"}", "x\",\"n\":9,\"\\"))
        .isEqualTo("{\"model\":\"x\\\",\\\"n\\\":9,\\\"\\\\\"}");
  }

  @Test
  void aFormGetsItsPartReplaced() {
    String form = form("whisper-1", "");
    assertThat(withModel(transcription(), form, "gpt-4o-transcribe"))
        .isEqualTo(form("gpt-4o-transcribe", ""));
    assertThat(withModel(transcription(), form, "whisper-1")).isEqualTo("same");
  }

  @Test
  void theLengthOfAPartIsKeptTrue() {
    assertThat(
            withModel(
                transcription(), form("whisper-1", "\r\nContent-Length: 9"), "gpt-4o-transcribe"))
        .isEqualTo(form("gpt-4o-transcribe", "\r\nContent-Length: 17"));
  }

  @Test
  void aFormWithoutAModelGetsOneUnlessThePathHasIt() {
    String form =
        "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"model\"\r\n\r\n"
            + "name=\"model\"\r\n--b--\r\n";
    assertThat(withModel(transcription(), form, "m"))
        .isEqualTo("--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nm\r\n" + form);
    assertThat(withModel(endpoint(WireFormat.OPENAI, Operation.IMAGE, "d"), form, "m"))
        .isEqualTo("same");
  }

  @Test
  void namesMayBeBareAndInAnyCase() {
    String form = "--b  \r\ncontent-disposition:form-data;name=model\r\n\r\n\r\n--b--";
    assertThat(withModel(transcription(), form, "m"))
        .isEqualTo("--b  \r\ncontent-disposition:form-data;name=model\r\n\r\nm\r\n--b--");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--b",
        "--b\r\n",
        "--\r\n\r\n--",
        "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nx",
        "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nx\r\n--b",
        "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nx\r\n--bc--"
      })
  void aBrokenFormCannotBeEdited(String form) {
    assertThat(withModel(transcription(), form, "m")).isEqualTo("none");
  }

  @Test
  void aModelsNameAddsNoPartToAForm() {
    assertThat(withModel(transcription(), form("a", ""), "m\r\n--b\r\nX")).isEqualTo("none");
  }

  private static Endpoint transcription() {
    return endpoint(WireFormat.OPENAI, Operation.TRANSCRIPTION, null);
  }

  private static String form(String model, String length) {
    return "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a; name=model\"\r\n"
        + "Content-Type: audio/wav\r\n\r\nRIFF\r\n-\r\n--\u0000\u00ff name=\"model\"\r\n\r\nx"
        + "\r\n--b\r\nContent-Disposition: form-data; name=\"model\""
        + length
        + "\r\n\r\n"
        + model
        + "\r\n--b\r\nContent-Disposition: form-data; name=\"temperature\"\r\n\r\n0\r\n--b--\r\n";
  }
}
