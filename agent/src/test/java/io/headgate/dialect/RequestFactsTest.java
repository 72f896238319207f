// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFactsTest {

  private static final String CHAT =
      """
      {"messages":[{"role":"system","content":"be kind"},
        {"role":"user","content":[{"type":"text","text":"h\\u00e9llo 你好"},
          {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}],
       "model":"gpt-4o","stream":true,"stream_options":{"include_usage":true},
       "temperature":0.7,"top_p":1,"frequency_penalty":-0.5,"presence_penalty":0.25,
       "max_completion_tokens":100,"seed":9007199254740993,"n":2,"stop":["a","b"],
       "response_format":{"type":"json_schema","json_schema":{"name":"x"}},
       "service_tier":"flex","reasoning_effort":"low"}
      """;

  @Test
  void openAiChat() {
    RequestFacts facts = Replay.chat(WireFormat.OPENAI).request(CHAT);

    assertThat(facts.model()).isEqualTo("gpt-4o");
    assertThat(facts.stream()).isTrue();
    assertThat(facts.streamUsage()).isTrue();
    assertThat(facts.temperature()).isEqualTo(0.7);
    assertThat(facts.topP()).isEqualTo(1.0);
    assertThat(facts.frequencyPenalty()).isEqualTo(-0.5);
    assertThat(facts.presencePenalty()).isEqualTo(0.25);
    assertThat(facts.maxTokens()).isEqualTo(100);
    assertThat(facts.seed()).isEqualTo(9007199254740993L);
    assertThat(facts.choiceCount()).isEqualTo(2);
    assertThat(facts.stopSequences()).containsExactly("a", "b");
    assertThat(facts.outputType()).isEqualTo("json");
    assertThat(facts.serviceTier()).isEqualTo("flex");
    assertThat(facts.reasoningLevel()).isEqualTo("low");
    assertThat(facts.inputCharacters()).isEqualTo(7 + 8);
  }

  @Test
  void openAiResponses() {
    RequestFacts facts =
        Replay.chat(WireFormat.OPENAI_RESPONSES)
            .request(
                "{\"model\":\"gpt-5\",\"input\":\"12345\",\"instructions\":\"123\",\"max_output_tokens\":7,\"reasoning\":{\"effort\":\"high\"},\"text\":{\"format\":{\"type\":\"text\"}},\"previous_response_id\":\"resp_1\",\"conversation\":{\"id\":\"conv_1\"}}");

    assertThat(facts.inputCharacters()).isEqualTo(8);
    assertThat(facts.maxTokens()).isEqualTo(7);
    assertThat(facts.reasoningLevel()).isEqualTo("high");
    assertThat(facts.outputType()).isEqualTo("text");
    assertThat(facts.previousResponseId()).isEqualTo("resp_1");
    assertThat(facts.conversationId()).isEqualTo("conv_1");
    assertThat(facts.stream()).isFalse();
  }

  @Test
  void anthropic() {
    RequestFacts facts =
        Replay.chat(WireFormat.ANTHROPIC)
            .request(
                "{\"model\":\"claude\",\"max_tokens\":1024,\"system\":[{\"type\":\"text\",\"text\":\"12\"}],\"top_k\":5,\"stop_sequences\":[\"x\"],\"messages\":[{\"role\":\"user\",\"content\":\"123\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"1234\",\"input\":{\"url\":\"12\"}},{\"type\":\"thinking\",\"thinking\":\"1\",\"signature\":\"zzzzzz\"}]}],\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}],\"output_config\":{\"effort\":\"max\",\"format\":{\"type\":\"json_schema\"}}}");

    assertThat(facts.maxTokens()).isEqualTo(1024);
    assertThat(facts.topK()).isEqualTo(5.0);
    assertThat(facts.stopSequences()).containsExactly("x");
    assertThat(facts.reasoningLevel()).isEqualTo("max");
    assertThat(facts.outputType()).isEqualTo("json");
    int tools = "name".length() + 1 + "input_schema".length() + "type".length() + "object".length();
    assertThat(facts.inputCharacters()).isEqualTo(2 + 3 + 4 + "url".length() + 2 + 1 + tools);
  }

  @Test
  void geminiAndItsModelInThePath() {
    Endpoint endpoint =
        new Endpoint("gemini", "gcp.gemini", WireFormat.GEMINI, Operation.CHAT, "gemini-2.5", true);
    RequestFacts facts =
        Replay.request(
            endpoint,
            "{\"contents\":[{\"parts\":[{\"text\":\"1234\"},{\"inlineData\":{\"data\":\"AAAA\"}}]}],\"generationConfig\":{\"maxOutputTokens\":9,\"candidateCount\":2,\"topK\":40,\"stopSequences\":[\"s\"],\"responseMimeType\":\"application/json\",\"thinkingConfig\":{\"thinkingLevel\":\"HIGH\"}}}"
                .getBytes(StandardCharsets.UTF_8));

    assertThat(facts.model()).isEqualTo("gemini-2.5");
    assertThat(facts.stream()).isTrue();
    assertThat(facts.maxTokens()).isEqualTo(9);
    assertThat(facts.choiceCount()).isEqualTo(2);
    assertThat(facts.topK()).isEqualTo(40.0);
    assertThat(facts.outputType()).isEqualTo("json");
    assertThat(facts.reasoningLevel()).isEqualTo("HIGH");
    assertThat(facts.inputCharacters()).isEqualTo(4);
  }

  @Test
  void ollamaStreamsUnlessToldNotTo() {
    Replay ollama = Replay.chat(WireFormat.OLLAMA);

    RequestFacts facts =
        ollama.request(
            "{\"model\":\"m\",\"format\":{\"type\":\"object\"},\"think\":\"low\",\"options\":{\"num_predict\":-1,\"temperature\":0}}");
    assertThat(facts.stream()).isTrue();
    assertThat(facts.outputType()).isEqualTo("json");
    assertThat(facts.reasoningLevel()).isEqualTo("low");
    assertThat(facts.maxTokens()).isNull();
    assertThat(facts.temperature()).isEqualTo(0.0);
    assertThat(ollama.request("{\"model\":\"m\",\"stream\":false}").stream()).isFalse();
    assertThat(
            Replay.of(WireFormat.OLLAMA, Operation.EMBEDDINGS)
                .request("{\"model\":\"m\",\"input\":\"x\"}")
                .stream())
        .isFalse();
  }

  @Test
  void embeddingsCohereAndBedrock() {
    RequestFacts embeddings =
        Replay.of(WireFormat.OPENAI, Operation.EMBEDDINGS)
            .request(
                "{\"model\":\"e\",\"input\":[\"12\",\"34\"],\"dimensions\":256,\"encoding_format\":\"base64\"}");
    assertThat(embeddings.dimensions()).isEqualTo(256);
    assertThat(embeddings.encodingFormats()).containsExactly("base64");
    assertThat(embeddings.inputCharacters()).isEqualTo(4);

    RequestFacts cohere =
        Replay.chat(WireFormat.COHERE)
            .request("{\"model\":\"c\",\"p\":0.9,\"k\":3,\"message\":\"1234\",\"preamble\":\"1\"}");
    assertThat(cohere.topP()).isEqualTo(0.9);
    assertThat(cohere.topK()).isEqualTo(3.0);
    assertThat(cohere.inputCharacters()).isEqualTo(5);

    RequestFacts bedrock =
        Replay.chat(WireFormat.BEDROCK)
            .request(
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"123\"}]}],\"inferenceConfig\":{\"maxTokens\":5},\"additionalModelRequestFields\":{\"top_k\":7}}");
    assertThat(bedrock.maxTokens()).isEqualTo(5);
    assertThat(bedrock.topK()).isEqualTo(7.0);
    assertThat(bedrock.inputCharacters()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // Claude, Nova, Titan, Llama, Mistral in two ways, Cohere in two ways.
        "{\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":9,\"temperature\":0.5,\"top_p\":0.9,\"system\":\"12\",\"messages\":[{\"role\":\"user\",\"content\":\"345\"}],\"stop_sequences\":[\"X\"]}",
        "{\"system\":[{\"text\":\"12\"}],\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"345\"}]}],\"inferenceConfig\":{\"max_new_tokens\":9,\"temperature\":0.5,\"topP\":0.9,\"stopSequences\":[\"X\"]}}",
        "{\"inputText\":\"12345\",\"textGenerationConfig\":{\"maxTokenCount\":9,\"temperature\":0.5,\"topP\":0.9,\"stopSequences\":[\"X\"]}}",
        "{\"prompt\":\"12345\",\"max_gen_len\":9,\"temperature\":0.5,\"top_p\":0.9,\"stop\":[\"X\"]}",
        "{\"prompt\":\"12345\",\"max_tokens\":9,\"temperature\":0.5,\"top_p\":0.9,\"top_k\":5,\"stop\":[\"X\"]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"12345\"}],\"max_tokens\":9,\"temperature\":0.5,\"top_p\":0.9,\"stop\":\"X\",\"stream\":true}",
        "{\"prompt\":\"12345\",\"max_tokens\":9,\"temperature\":0.5,\"p\":0.9,\"stop_sequences\":[\"X\"],\"stream\":true}",
        "{\"message\":\"345\",\"chat_history\":[{\"role\":\"USER\",\"message\":\"12\"}],\"max_tokens\":9,\"temperature\":0.5,\"p\":0.9,\"stop_sequences\":[\"X\"]}"
      })
  void eachModelOfBedrockAsksInItsOwnWay(String body) {
    RequestFacts facts = Replay.chat(WireFormat.BEDROCK).request(body);
    assertThat(facts.maxTokens()).isEqualTo(9);
    assertThat(facts.temperature()).isEqualTo(0.5);
    assertThat(facts.topP()).isEqualTo(0.9);
    assertThat(facts.stopSequences()).containsExactly("X");
    assertThat(facts.inputCharacters()).isEqualTo(5);
    // The path decides, not the body.
    assertThat(facts.stream()).isFalse();
    Endpoint streaming =
        new Endpoint("bedrock", "aws.bedrock", WireFormat.BEDROCK, Operation.CHAT, "m", true);
    RequestFacts streamed = Replay.request(streaming, body.getBytes(StandardCharsets.UTF_8));
    assertThat(streamed.stream()).isTrue();
    assertThat(streamed.model()).isEqualTo("m");
  }

  @Test
  void embeddersOfBedrockAskInTheirOwnWay() {
    Replay embeddings = Replay.of(WireFormat.BEDROCK, Operation.EMBEDDINGS);
    RequestFacts titan =
        embeddings.request(
            "{\"inputText\":\"1234\",\"dimensions\":256,\"normalize\":true,\"embeddingTypes\":[\"float\",\"binary\"]}");
    assertThat(titan.dimensions()).isEqualTo(256);
    assertThat(titan.encodingFormats()).containsExactly("float", "binary");
    assertThat(titan.inputCharacters()).isEqualTo(4);
    RequestFacts cohere =
        embeddings.request(
            "{\"texts\":[\"12\",\"34\"],\"input_type\":\"search_document\",\"embedding_types\":[\"int8\"],\"output_dimension\":512}");
    assertThat(cohere.dimensions()).isEqualTo(512);
    assertThat(cohere.encodingFormats()).containsExactly("int8");
    assertThat(cohere.inputCharacters()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"IMAGE,image", "SPEECH,speech"})
  void outputTypeByOperation(Operation operation, String type) {
    assertThat(
            Replay.of(WireFormat.OPENAI, operation)
                .request("{\"response_format\":\"json\"}")
                .outputType())
        .isEqualTo(type);
  }

  @Test
  void multipartForm() {
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"name=\"model\"\"\r\n\r\n"
            + "\u0000\u0001 name=\"n\" \r\n--b\r\nContent-Disposition: form-data; name=\"model\"\r\n"
            + "Content-Type: text/plain\r\n\r\nwhisper-1\r\n--b\r\n"
            + "content-disposition: form-data; name=\"stream\"\r\n\r\ntrue\r\n--b\r\n"
            + "content-disposition: form-data; name=\"prompt\"\r\n\r\nünï\r\n--b--\r\n";

    RequestFacts facts = Replay.of(WireFormat.OPENAI, Operation.TRANSCRIPTION).request(body);

    assertThat(facts.model()).isEqualTo("whisper-1");
    assertThat(facts.stream()).isTrue();
    assertThat(facts.inputCharacters()).isEqualTo(3);
  }

  @Test
  void everyTruncationKeepsWhatCameBeforeIt() {
    byte[] body = CHAT.getBytes(StandardCharsets.UTF_8);
    int model = CHAT.indexOf("\"stream\"");
    for (int length = 0; length < body.length; length++) {
      byte[] head = Arrays.copyOf(body, length);
      Endpoint endpoint = Replay.chat(WireFormat.OPENAI).endpoint();
      assertThatCode(() -> Replay.request(endpoint, head)).doesNotThrowAnyException();
      if (length > model + 10) {
        assertThat(Replay.request(endpoint, head).model()).isEqualTo("gpt-4o");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "null", "[]", "\"text\"", "{", "<html>", "--", "-----", "{\"model\":5}"})
  void nonsenseGivesTheEndpointsModel(String body) {
    Endpoint endpoint =
        new Endpoint("p", "p", WireFormat.OPENAI, Operation.CHAT, "from-path", false);

    assertThat(Replay.request(endpoint, body.getBytes(StandardCharsets.UTF_8)).model())
        .isEqualTo("from-path");
  }

  @Test
  void opaqueBodyGivesTheEndpointsModel() {
    Endpoint endpoint =
        new Endpoint("p", "p", WireFormat.GEMINI, Operation.CHAT, "from-path", true);

    RequestFacts facts =
        new Dialects()
            .request(
                endpoint,
                new GatewayRequest(
                    "POST", URI.create("http://localhost/"), Headers.EMPTY, RequestBody.OPAQUE));

    assertThat(facts.model()).isEqualTo("from-path");
    assertThat(facts.stream()).isTrue();
  }
}
