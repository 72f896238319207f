// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandInTest {

  private static final String CHAT =
      """
      {"model":"gpt-4o-mini","messages":[{"role":"system","content":"Be brief."},\
      {"role":"user","content":"Summarise: the printer is on fire. Help."}]}""";
  private static final String CLAUDE =
      """
      {"model":"claude-sonnet-4-5","max_tokens":200,"messages":[{"role":"user","content":"Hello"}]}""";
  private static final String GEMINI = "{\"contents\":[{\"parts\":[{\"text\":\"Hello there\"}]}]}";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private StandIn standIn;

  @BeforeEach
  void start() throws IOException {
    standIn = StandIn.start();
  }

  @AfterEach
  void stop() {
    standIn.close();
  }

  @Test
  void chatAnswersWithTheSnapshotAndCountsByTheFormula() throws Exception {
    JsonNode answer = json(post("/v1/chat/completions", CHAT));

    assertThat(answer.path("model").asText()).isEqualTo("gpt-4o-mini-2024-07-18");
    String text = answer.at("/choices/0/message/content").asText();
    assertThat(text).startsWith("In short: the printer is on fire.");
    assertThat(answer.at("/usage/prompt_tokens").asInt())
        .isEqualTo(Tokens.prompt(List.of("Be brief.", "Summarise: the printer is on fire. Help.")))
        .isEqualTo(3 + 4 + 3 + 4 + 10);
    assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(Tokens.of(text));
  }

  @Test
  void everyRequestIsRecordedAsItArrived() throws Exception {
    post("/team/a%20b/v1/chat/completions?api-version=1&x=%3A", CHAT, "X-Team", "search");

    Recorded request = standIn.lastRequest();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/team/a%20b/v1/chat/completions?api-version=1&x=%3A");
    assertThat(request.path()).isEqualTo("/team/a%20b/v1/chat/completions");
    assertThat(request.query()).isEqualTo("api-version=1&x=%3A");
    assertThat(request.header("x-team")).isEqualTo("search");
    assertThat(request.text()).isEqualTo(CHAT);
  }

  @Test
  void usageChunkComesOnlyWhenAskedFor() throws Exception {
    String stream = CHAT.replaceFirst("\\{", "{\"stream\":true,");
    String asking = stream.replaceFirst("\\{", "{\"stream_options\":{\"include_usage\":true},");

    String without = post("/v1/chat/completions", stream).body();
    String with = post("/v1/chat/completions", asking).body();

    assertThat(without)
        .contains("\"role\":\"assistant\"")
        .endsWith("data: [DONE]\n\n")
        .doesNotContain("usage");
    assertThat(with).contains("\"choices\":[],\"usage\":{\"prompt_tokens\":");
  }

  @Test
  void responsesStreamEndsWithTheWholeResponse() throws Exception {
    String body = "{\"model\":\"gpt-4o\",\"input\":\"Hello\",\"stream\":true}";

    String[] events = post("/v1/responses", body).body().split("\n\n");

    assertThat(events[0]).startsWith("event: response.created\ndata: {");
    String last = events[events.length - 1];
    assertThat(last).startsWith("event: response.completed\n");
    JsonNode data = Json.read(Reply.bytes(last.substring(last.indexOf("data: ") + 6)));
    assertThat(data.path("sequence_number").asInt()).isEqualTo(events.length - 1);
    assertThat(data.at("/response/output/0/content/0/text").asText()).isNotEmpty();
    assertThat(data.at("/response/usage/input_tokens").asInt()).isEqualTo(3 + 4 + 2);
  }

  @Test
  void embeddingsComeAsFloatsOrBase64() throws Exception {
    String body = "{\"model\":\"text-embedding-3-small\",\"input\":[\"one\",\"two\"]%s}";

    JsonNode floats = json(post("/v1/embeddings", body.formatted("")));
    JsonNode base64 =
        json(post("/v1/embeddings", body.formatted(",\"encoding_format\":\"base64\"")));

    assertThat(floats.at("/data/1/embedding")).hasSize(1536);
    assertThat(base64.at("/data/1/embedding").asText()).hasSize(1536 * 4 / 3 * 4);
    assertThat(floats.at("/usage/prompt_tokens").asInt()).isEqualTo(2);
  }

  @Test
  void anthropicStreamNamesItsEventsAndCountsAtBothEnds() throws Exception {
    String stream = CLAUDE.replaceFirst("\\{", "{\"stream\":true,");

    String body = post("/v1/messages", stream, "anthropic-version", "2023-06-01").body();

    assertThat(body)
        .startsWith("event: message_start\ndata: {\"type\":\"message_start\"")
        .contains("\"model\":\"claude-sonnet-4-5-20250929\"", "event: ping\n", "text_delta")
        .contains("\"input_tokens\":9,\"cache_creation_input_tokens\":0")
        .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
  }

  @Test
  void markedPrefixIsWrittenToTheCacheAndReadTheNextTime() throws Exception {
    String system =
        "\"system\":[{\"type\":\"text\",\"text\":\"%s\",\"cache_control\":{\"type\":\"ephemeral\"}}],"
            .formatted("long rule ".repeat(500));
    String body = CLAUDE.replaceFirst("\\{", "{" + system);

    JsonNode first = json(post("/v1/messages", body, "anthropic-version", "x")).path("usage");
    JsonNode second = json(post("/v1/messages", body, "anthropic-version", "x")).path("usage");

    assertThat(first.path("cache_creation_input_tokens").asInt()).isEqualTo(1250);
    assertThat(first.path("cache_read_input_tokens").asInt()).isZero();
    assertThat(second.path("cache_read_input_tokens").asInt()).isEqualTo(1250);
    assertThat(second.path("input_tokens").asInt()).isEqualTo(3 + 4 + 4 + 2);
  }

  @Test
  void geminiStreamsCumulativeUsage() throws Exception {
    String[] chunks =
        post("/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse", GEMINI)
            .body()
            .split("\r\n\r\n");

    JsonNode first = Json.read(Reply.bytes(chunks[0].substring(6)));
    JsonNode last = Json.read(Reply.bytes(chunks[chunks.length - 1].substring(6)));
    assertThat(first.at("/usageMetadata/promptTokenCount").asInt()).isEqualTo(3 + 4 + 3);
    assertThat(first.at("/usageMetadata").has("candidatesTokenCount")).isFalse();
    assertThat(last.at("/usageMetadata/candidatesTokenCount").asInt()).isPositive();
    assertThat(last.at("/candidates/0/finishReason").asText()).isEqualTo("STOP");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/completions | {'model':'gpt-3.5-turbo-instruct','prompt':'Hi'} | /usage/total_tokens",
        "/v1/responses | {'model':'gpt-4o','input':'Hi'} | /usage/output_tokens",
        "/v1/moderations | {'input':'Hi'} | /results/0/category_scores/hate",
        "/v1/messages/count_tokens | {'model':'claude-opus-4-5','messages':[{'role':'user','content':'Hi'}]}"
            + " | /input_tokens",
        "/v1/projects/p/locations/l/publishers/google/models/gemini-2.5-pro:generateContent"
            + " | {'contents':[{'parts':[{'text':'Hi'}]}]} | /usageMetadata/totalTokenCount",
        "/v1/projects/p/locations/l/publishers/anthropic/models/claude-opus-4-5:rawPredict"
            + " | {'anthropic_version':'vertex-2023-10-16','max_tokens':9,"
            + "'messages':[{'role':'user','content':'Hi'}]} | /usage/input_tokens",
        "/v1beta/models/gemini-embedding-001:embedContent"
            + " | {'content':{'parts':[{'text':'Hi'}]}} | /embedding/values/767",
        "/v1beta/models/m:batchEmbedContents"
            + " | {'requests':[{'content':{'parts':[{'text':'a'}]}}]} | /embeddings/0/values/0",
        "/v1beta/models/m:countTokens"
            + " | {'contents':[{'parts':[{'text':'a'}]}]} | /totalTokens",
        "/v2/chat | {'model':'command-a','messages':[{'role':'user','content':'Hi'}]}"
            + " | /usage/billed_units/input_tokens",
        "/v1/chat | {'message':'Hi'} | /meta/billed_units/output_tokens",
        "/v2/embed | {'model':'embed-v4.0','texts':['Hi']} | /embeddings/float/0/0",
        "/v2/rerank | {'model':'r','query':'q','documents':['a']} | /meta/billed_units/search_units",
        "/api/chat | {'model':'llama3.2','stream':false,'messages':[]} | /eval_count",
        "/api/generate | {'model':'llama3.2','stream':false,'prompt':'Hi'} | /prompt_eval_count",
        "/api/embed | {'model':'nomic-embed-text','input':'Hi'} | /prompt_eval_count",
      })
  void everyEndpointAnswersInItsOwnShape(String path, String body, String pointer)
      throws Exception {
    JsonNode answer =
        json(post(path.strip(), body.replace('\'', '"'), "anthropic-version", "2023-06-01"));

    assertThat(answer.at(pointer.strip()).isNumber()).as("%s", answer).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, error/code, rate_limit_exceeded",
    "/v1/messages, error/type, rate_limit_error",
    "/v1beta/models/m:generateContent, error/status, RESOURCE_EXHAUSTED",
    "/v2/chat, message, Rate limit reached for requests. Please try again later.",
    "/api/chat, error, Rate limit reached for requests. Please try again later.",
  })
  void everyHostRefusesInItsOwnForm(String path, String pointer, String value) throws Exception {
    HttpResponse<String> response =
        post(path, "{}", "x-standin", "status=429;retry-after=7;should-retry=false");

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(json(response).at("/" + pointer).asText()).isEqualTo(value);
    assertThat(response.headers().firstValue("retry-after")).hasValue("7");
    assertThat(response.headers().firstValue("x-should-retry")).hasValue("false");
  }

  @Test
  void missingCredentialAndRetiredModelAreRefused() throws Exception {
    HttpResponse<String> bare =
        client.send(
            HttpRequest.newBuilder(standIn.uri("/v1/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString(CHAT))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    HttpResponse<String> retired =
        post(
            "/v1/messages",
            CLAUDE.replace("claude-sonnet-4-5", "claude-2.1"),
            "anthropic-version",
            "2023-06-01");

    assertThat(bare.statusCode()).isEqualTo(401);
    assertThat(retired.statusCode()).isEqualTo(404);
    assertThat(json(retired).at("/error/message").asText()).isEqualTo("model: claude-2.1");
  }

  @Test
  void gzippedStreamIsTheSameStream() throws Exception {
    String stream = CHAT.replaceFirst("\\{", "{\"stream\":true,");

    HttpResponse<byte[]> response =
        client.send(
            request("/v1/chat/completions", stream, "x-standin", "gzip"),
            HttpResponse.BodyHandlers.ofByteArray());

    assertThat(response.headers().firstValue("content-encoding")).hasValue("gzip");
    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
    assertThat(new String(plain)).endsWith("data: [DONE]\n\n");
  }

  @Test
  void cutStreamBreaksTheConnectionAfterItsEvents() {
    String stream = CHAT.replaceFirst("\\{", "{\"stream\":true,");

    assertThatThrownBy(() -> post("/v1/chat/completions", stream, "x-standin", "cut-after=3"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> post("/v1/chat/completions", CHAT, "x-standin", "cut-after=10"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void eachEventIsFlushedBeforeTheNextIsDue() throws Exception {
    String stream = CLAUDE.replaceFirst("\\{", "{\"stream\":true,");
    HttpRequest request =
        request(
            "/v1/messages", stream, "x-standin", "hang-after=2", "anthropic-version", "2023-06-01");

    try (var lines = client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      byte[] some = lines.readNBytes("event: message_start".length());

      assertThat(new String(some)).isEqualTo("event: message_start");
    }
  }

  @Test
  void bodiesCanBeWrongInManyWays() throws Exception {
    assertThat(post("/v1/chat/completions", CHAT, "x-standin", "html;status=502").body())
        .startsWith("<html>");
    assertThat(post("/v1/chat/completions", CHAT, "x-standin", "empty").body()).isEmpty();
    assertThat(post("/v1/chat/completions", CHAT, "x-standin", "nested=9000").body())
        .hasSize(18_010);
    assertThat(json(post("/v1/chat/completions", CHAT, "x-standin", "malformed")).isMissingNode())
        .isTrue();
    assertThat(post("/v1/chat/completions", CHAT, "x-standin", "size=2MB").body())
        .hasSizeGreaterThan(2 << 20);
    assertThat(json(post("/v1/chat/completions", CHAT, "x-standin", "no-usage")).has("usage"))
        .isFalse();
  }

  @Test
  void errorEventEndsAStreamInTheMiddle() throws Exception {
    String stream = CHAT.replaceFirst("\\{", "{\"stream\":true,");

    String body = post("/v1/chat/completions", stream, "x-standin", "error-after=2;crlf").body();

    assertThat(body.split("\r\n\r\n")).hasSize(3);
    assertThat(body).contains("data: {\"error\":{\"message\"").doesNotContain("[DONE]");
  }

  @Test
  void scriptsComeFromTheQueueAndTheBodyToo() throws Exception {
    standIn.next("status=500", "model=other");

    assertThat(post("/v1/chat/completions", CHAT).statusCode()).isEqualTo(500);
    assertThat(json(post("/v1/chat/completions", CHAT)).path("model").asText()).isEqualTo("other");
    assertThat(
            json(post(
                    "/v1/chat/completions",
                    CHAT.replace("Help.", "[[standin:cached=5;reasoning=7]]")))
                .at("/usage/prompt_tokens_details/cached_tokens")
                .asInt())
        .isEqualTo(5);
  }

  @Test
  void misspelledSwitchIsAnError() throws Exception {
    HttpResponse<String> response = post("/v1/chat/completions", CHAT, "x-standin", "gzipp");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("no switch is called \\\"gzipp\\\"");
  }

  @Test
  void tokenLimitCutsTheAnswer() throws Exception {
    JsonNode answer =
        json(post("/v1/chat/completions", CHAT.replaceFirst("\\{", "{\"max_tokens\":4,")));

    assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(4);
  }

  private HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return client.send(request(path, body, headers), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(standIn.uri(path))
            .header("authorization", "Bearer sk-test")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return (headers.length == 0 ? request : request.headers(headers)).build();
  }

  private static JsonNode json(HttpResponse<String> response) {
    return Json.read(Reply.bytes(response.body()));
  }
}
