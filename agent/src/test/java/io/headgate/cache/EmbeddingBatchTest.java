// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import static io.headgate.cache.Embeddings.COHERE;
import static io.headgate.cache.Embeddings.GEMINI;
import static io.headgate.cache.Embeddings.OLLAMA;
import static io.headgate.cache.Embeddings.OPENAI;
import static io.headgate.cache.Embeddings.VERTEX;
import static io.headgate.cache.Embeddings.batch;
import static io.headgate.cache.Embeddings.endpoint;
import static io.headgate.cache.Embeddings.maybe;
import static io.headgate.cache.Embeddings.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests are taken apart, and into what. */
class EmbeddingBatchTest {

  private static String alone(EmbeddingBatch batch, int input) {
    return new String(batch.alone(input), UTF_8);
  }

  private static String asking(EmbeddingBatch batch, int... some) {
    return new String(batch.asking(some), UTF_8);
  }

  @Test
  void anInputIsTheSameAloneAndAmongOthers() {
    String text = "{\"model\":\"m\",\"input\":\"a\",\"dimensions\":2}";
    String list = "{\"model\":\"m\",\"input\":[\"a\"],\"dimensions\":2}";
    String more = "{\"model\":\"m\",\"input\":[\"b\" , \"a\"],\"dimensions\":2}";
    assertThat(alone(batch(OPENAI, text), 0)).isEqualTo(text);
    assertThat(alone(batch(OPENAI, list), 0)).isEqualTo(text);
    assertThat(alone(batch(OPENAI, more), 1)).isEqualTo(text);
    assertThat(alone(batch(OLLAMA, more), 1)).isEqualTo(text);
    assertThat(batch(OPENAI, text).size()).isEqualTo(1);
    assertThat(batch(OPENAI, more).size()).isEqualTo(2);
  }

  @Test
  void oneListOfTokensIsOneInput() {
    String tokens = "{\"model\":\"m\",\"input\":[1, 22, 333]}";
    EmbeddingBatch several = batch(OPENAI, "{\"model\":\"m\",\"input\":[[5],[1, 22, 333]]}");
    assertThat(batch(OPENAI, tokens).size()).isEqualTo(1);
    assertThat(alone(batch(OPENAI, tokens), 0)).isEqualTo(tokens);
    assertThat(alone(several, 1)).isEqualTo(tokens);
    assertThat(several.weights(new int[] {0, 1})).containsExactly(1, 3);
  }

  @Test
  void whatIsAskedForIsAllThatChanges() {
    String body =
        "{ \"input\" : [ \"a\\u00e9\", \"b\", \"\u00fc\" ],\n \"dimensions\": 1.0e1, \"model\":\"m\" }";
    EmbeddingBatch batch = batch(OPENAI, body);
    assertThat(asking(batch, 0, 2))
        .isEqualTo(
            "{ \"input\" : [\"a\\u00e9\",\"\u00fc\"],\n \"dimensions\": 1.0e1, \"model\":\"m\" }");
    assertThat(asking(batch, 0, 1, 2)).isEqualTo(body);
  }

  @Test
  void cohereKeepsItsLists() {
    EmbeddingBatch texts = batch(COHERE, "{\"model\":\"m\",\"texts\":[\"a\",\"b\"]}");
    assertThat(alone(texts, 1)).isEqualTo("{\"model\":\"m\",\"texts\":[\"b\"]}");
    EmbeddingBatch inputs =
        batch(
            COHERE,
            "{\"inputs\":[{\"content\":[{\"type\":\"text\",\"text\":\"a\"}]},"
                + "{\"content\":[{\"type\":\"text\",\"text\":\"b\"}]}]}");
    assertThat(alone(inputs, 1))
        .isEqualTo("{\"inputs\":[{\"content\":[{\"type\":\"text\",\"text\":\"b\"}]}]}");
  }

  @Test
  void googlesRequestsAndInstancesAreInputs() {
    EmbeddingBatch gemini =
        batch(GEMINI, "{\"requests\":[{\"model\":\"m\"},{\"model\":\"m\",\"taskType\":\"T\"}]}");
    assertThat(alone(gemini, 1)).isEqualTo("{\"requests\":[{\"model\":\"m\",\"taskType\":\"T\"}]}");
    EmbeddingBatch vertex =
        batch(
            VERTEX, "{\"instances\":[{\"content\":\"a\"},{\"content\":\"b\"}],\"parameters\":{}}");
    assertThat(asking(vertex, 1))
        .isEqualTo("{\"instances\":[{\"content\":\"b\"}],\"parameters\":{}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "[\"a\"]",
        "{\"model\":\"m\"}",
        "{\"input\":[]}",
        "{\"input\":7}",
        "{\"input\":null}",
        "{\"input\":[\"a\",7]}",
        "{\"input\":[\"a\",[7]]}",
        "{\"input\":[[]]}",
        "{\"input\":[{\"image\":\"a\"}]}",
        "{\"input\":[\"a\"],\"input\":[\"b\"]}",
        "{\"input\":[\"a\",\"b\"],\"late_chunking\":true}"
      })
  void whatIsNotUnderstoodStaysWhole(String body) {
    assertThat(maybe(OPENAI, body)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"images\":[\"data:a\"]}",
        "{\"texts\":[\"a\"],\"inputs\":[]}",
        "{\"inputs\":[{\"content\":[{\"type\":\"image_url\"}]}]}",
        "{\"inputs\":[{\"content\":[]}]}"
      })
  void imagesStayWhole(String body) {
    assertThat(maybe(COHERE, body)).isNull();
  }

  @Test
  void aMemberThatARuleIgnoresMayBeUnknown() {
    String body = "{\"input\":[\"a\",\"b\"],\"trace\":\"1\"}";
    assertThat(maybe(OPENAI, body)).isNull();
    assertThat(maybe(OPENAI, body, "trace")).isNotNull();
  }

  @Test
  void inputsThatMakeNoDifferenceStayWhole() {
    String body = "{\"input\":[\"a\",\"b\"]}";
    assertThat(maybe(OPENAI, body, "user")).isNotNull();
    assertThat(maybe(OPENAI, body, "input")).isNull();
    assertThat(maybe(OPENAI, body, "input.1")).isNull();
  }

  @Test
  void otherCallsStayWhole() {
    String body = "{\"input\":[\"a\"]}";
    Endpoint chat = new Endpoint("p", "p", WireFormat.OPENAI, Operation.CHAT, null, false);
    assertThat(EmbeddingBatch.of(chat, request(OPENAI, body), Set.of())).isNull();
    Endpoint bedrock =
        new Endpoint("p", "p", WireFormat.BEDROCK, Operation.EMBEDDINGS, null, false);
    assertThat(EmbeddingBatch.of(bedrock, request(OPENAI, body), Set.of())).isNull();
    assertThat(maybe("http://localhost:11434/api/embeddings", body)).isNull();
    assertThat(maybe(GEMINI.replace("batchEmbedContents", "embedContent"), body)).isNull();
  }

  @Test
  void signedBodiesStayWhole() {
    String body = "{\"input\":[\"a\"]}";
    for (String[] header :
        new String[][] {
          {"Authorization", "AWS4-HMAC-SHA256 Credential=a"},
          {"Content-MD5", "a"},
          {"Content-Encoding", "gzip"}
        }) {
      assertThat(EmbeddingBatch.of(endpoint(OPENAI), request(OPENAI, body, header), Set.of()))
          .isNull();
    }
    assertThat(
            EmbeddingBatch.of(
                endpoint(OPENAI), request(OPENAI, body, "Authorization", "Bearer a"), Set.of()))
        .isNotNull();
  }
}
