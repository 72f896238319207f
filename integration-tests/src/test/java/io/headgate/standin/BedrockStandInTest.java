// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BedrockStandInTest {

  private static final String CLAUDE = "/model/us.anthropic.claude-haiku-4-5-20251001-v1%3A0/";
  private static final String QUESTION =
      "{\"system\":[{\"text\":\"Be brief.\"}],\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hello there\"}]}]}";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private StandIn standIn;

  /**
   * One message of an event stream.
   *
   * @param headers as they are on the wire, lengths and types included
   */
  private record Message(String headers, JsonNode payload) {
    /** A model's own event. */
    JsonNode event() {
      return Json.read(Base64.getDecoder().decode(payload.path("bytes").asText()));
    }
  }

  @BeforeEach
  void start() throws IOException {
    standIn = StandIn.start();
  }

  @AfterEach
  void stop() {
    standIn.close();
  }

  @Test
  void converseAnswersAtOnce() throws Exception {
    JsonNode answer = Json.read(post(CLAUDE + "converse", QUESTION).body());

    String text = answer.at("/output/message/content/0/text").asText();
    assertThat(text).startsWith("In short: Hello there");
    assertThat(answer.path("stopReason").asText()).isEqualTo("end_turn");
    assertThat(answer.at("/usage/inputTokens").asInt())
        .isEqualTo(Tokens.prompt(List.of("Be brief.", "Hello there")));
    assertThat(answer.at("/usage/outputTokens").asInt()).isEqualTo(Tokens.of(text));
    assertThat(answer.at("/metrics/latencyMs").asInt()).isPositive();
  }

  @Test
  void converseStreamSaysTheSameInMessagesWhoseSumsAreRight() throws Exception {
    JsonNode whole = Json.read(post(CLAUDE + "converse", QUESTION).body());
    HttpResponse<byte[]> response = post(CLAUDE + "converse-stream", QUESTION);

    assertThat(response.headers().firstValue("content-type"))
        .hasValue("application/vnd.amazon.eventstream");
    List<Message> messages = messages(response.body());
    StringBuilder text = new StringBuilder();
    for (Message message : messages) {
      assertThat(message.headers()).contains(":message-type", "event", ":event-type");
      text.append(message.payload().at("/delta/text").asText());
    }
    assertThat(text.toString()).isEqualTo(whole.at("/output/message/content/0/text").asText());
    assertThat(messages.get(0).headers()).contains("messageStart");
    Message last = messages.get(messages.size() - 1);
    assertThat(last.headers()).contains("metadata");
    assertThat(last.payload().path("usage")).isEqualTo(whole.path("usage"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "anthropic.claude-3-haiku-20240307-v1%3A0|{\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":90,\"messages\":[{\"role\":\"user\",\"content\":\"Hello there\"}]}|/content/0/text|/delta/text",
        "eu.amazon.nova-lite-v1:0|{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Hello there\"}]}]}|/output/message/content/0/text|/contentBlockDelta/delta/text",
        "amazon.titan-text-express-v1|{\"inputText\":\"Hello there\"}|/results/0/outputText|/outputText",
        "meta.llama3-8b-instruct-v1:0|{\"prompt\":\"Hello there\"}|/generation|/generation",
        "mistral.mistral-large-2402-v1:0|{\"prompt\":\"Hello there\"}|/outputs/0/text|/outputs/0/text",
        "cohere.command-r-v1:0|{\"message\":\"Hello there\"}|/text|/text"
      })
  void eachModelAnswersInItsOwnShape(String model, String body, String whole, String piece)
      throws Exception {
    HttpResponse<byte[]> answer = post("/model/" + model + "/invoke", body);
    String text = Json.read(answer.body()).at(whole).asText();
    assertThat(text).startsWith("In short: Hello there");
    assertThat(answer.headers().firstValue("x-amzn-bedrock-input-token-count")).hasValue("10");
    assertThat(answer.headers().firstValue("x-amzn-bedrock-output-token-count"))
        .hasValue(String.valueOf(Tokens.of(text)));

    StringBuilder said = new StringBuilder();
    JsonNode last = Json.read(new byte[0]);
    for (Message message :
        messages(post("/model/" + model + "/invoke-with-response-stream", body).body())) {
      assertThat(message.headers()).contains("chunk");
      last = message.event();
      said.append(last.at(piece).asText(""));
    }
    assertThat(said.toString().replace("null", "")).isEqualTo(text);
    JsonNode metrics = last.path("amazon-bedrock-invocationMetrics");
    assertThat(metrics.path("inputTokenCount").asInt()).isEqualTo(10);
    assertThat(metrics.path("outputTokenCount").asInt()).isEqualTo(Tokens.of(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "amazon.titan-embed-text-v2%3A0|{\"inputText\":\"12345678\",\"dimensions\":256}|/embedding|256",
        "cohere.embed-english-v3|{\"texts\":[\"1234\",\"5678\"],\"input_type\":\"search_query\"}|/embeddings|2"
      })
  void embeddersAnswerWithVectors(String model, String body, String pointer, int size)
      throws Exception {
    HttpResponse<byte[]> answer = post("/model/" + model + "/invoke", body);
    assertThat(Json.read(answer.body()).at(pointer)).hasSize(size);
    assertThat(answer.headers().firstValue("x-amzn-bedrock-input-token-count")).hasValue("2");
  }

  @ParameterizedTest
  @CsvSource({
    "429, 429, ThrottlingException",
    "401, 403, AccessDeniedException",
    "400, 400, ValidationException",
    "503, 503, ServiceUnavailableException",
    "500, 500, InternalServerException"
  })
  void refusalsAreNamedInTheHeader(int asked, int status, String type) throws Exception {
    HttpResponse<byte[]> answer =
        post(CLAUDE + "converse-stream", QUESTION, "x-standin", "status=" + asked);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("x-amzn-errortype")).hasValue(type);
    assertThat(Json.read(answer.body()).path("message").asText()).isNotEmpty();
  }

  @Test
  void whatTheHostWouldRefuseIsRefused() throws Exception {
    assertThat(post(CLAUDE + "converse", "{}").statusCode()).isEqualTo(400);
    assertThat(post("/model/nobody.knows/invoke", "{}").statusCode()).isEqualTo(400);
    assertThat(post("/model/amazon.titan-text-lite-v1/invoke", "{}").statusCode()).isEqualTo(400);
    assertThat(post("/model/no-such-model/converse", QUESTION).statusCode()).isEqualTo(404);
  }

  @Test
  void aSignatureIsACredential() throws Exception {
    HttpRequest signed =
        HttpRequest.newBuilder(standIn.uri(CLAUDE + "converse"))
            .header("authorization", "AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/bedrock")
            .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
            .build();
    assertThat(client.send(signed, HttpResponse.BodyHandlers.ofByteArray()).statusCode())
        .isEqualTo(200);
    HttpRequest unsigned =
        HttpRequest.newBuilder(standIn.uri(CLAUDE + "converse"))
            .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
            .build();
    assertThat(client.send(unsigned, HttpResponse.BodyHandlers.ofByteArray()).statusCode())
        .isEqualTo(403);
  }

  @Test
  void anExceptionEndsAStreamInTheMiddle() throws Exception {
    byte[] body =
        post(CLAUDE + "converse-stream", QUESTION, "x-standin", "error-after=2;crlf").body();
    List<Message> messages = messages(body);
    assertThat(messages).hasSize(3);
    assertThat(messages.get(2).headers()).contains("exception", "throttlingException");
  }

  @Test
  void theTokenLimitCutsTheAnswerAndTheCacheTakesItsPart() throws Exception {
    String limited = QUESTION.replaceFirst("\\{", "{\"inferenceConfig\":{\"maxTokens\":4},");
    JsonNode answer =
        Json.read(post(CLAUDE + "converse", limited, "x-standin", "cached=5;cache-write=2").body());
    assertThat(answer.path("stopReason").asText()).isEqualTo("max_tokens");
    JsonNode usage = answer.path("usage");
    assertThat(usage.path("outputTokens").asInt()).isEqualTo(4);
    assertThat(usage.path("cacheReadInputTokens").asInt()).isEqualTo(5);
    assertThat(usage.path("cacheWriteInputTokens").asInt()).isEqualTo(2);
    assertThat(usage.path("inputTokens").asInt() + 7 + 4)
        .isEqualTo(usage.path("totalTokens").asInt());
  }

  private HttpResponse<byte[]> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(standIn.uri(path))
            .header("authorization", "Bearer bedrock-key")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return client.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static List<Message> messages(byte[] stream) {
    List<Message> messages = new ArrayList<>();
    int at = 0;
    while (at < stream.length) {
      ByteBuffer message = ByteBuffer.wrap(stream, at, stream.length - at).slice();
      int total = message.getInt();
      int headers = message.getInt();
      assertThat(message.getInt()).isEqualTo(sum(stream, at, 8));
      assertThat(message.getInt(total - 4)).isEqualTo(sum(stream, at, total - 4));
      int payload = at + 12 + headers;
      messages.add(
          new Message(
              new String(stream, at + 12, headers, StandardCharsets.ISO_8859_1),
              Json.read(Arrays.copyOfRange(stream, payload, at + total - 4))));
      at += total;
    }
    return messages;
  }

  private static int sum(byte[] bytes, int from, int length) {
    CRC32 sum = new CRC32();
    sum.update(bytes, from, length);
    return (int) sum.getValue();
  }
}
