// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Posts requests that differ from a good one in a few members. */
final class Strictness implements AutoCloseable {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final StandIn standIn = StandIn.start();
  private final String path;
  private final JsonNode good;

  /**
   * @param good a request that is answered, with apostrophes for quotes
   */
  Strictness(String path, String good) throws IOException {
    this.path = path;
    this.good = read(good);
  }

  private static JsonNode read(String json) {
    JsonNode read = Json.read(Reply.bytes(json.replace('\'', '"')));
    assertThat(read.isObject()).as(json).isTrue();
    return read;
  }

  /** The good request with these members instead of its own. */
  HttpResponse<String> post(String members) throws Exception {
    return post(path, members);
  }

  /** The same at another path, which names another model or host. */
  HttpResponse<String> post(String otherPath, String members) throws Exception {
    ObjectNode body = good.deepCopy();
    body.setAll((ObjectNode) read(members));
    HttpRequest request =
        HttpRequest.newBuilder(standIn.uri(otherPath))
            .header("authorization", "Bearer key")
            .header("anthropic-version", "2023-06-01")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  void accepts(String members) throws Exception {
    HttpResponse<String> response = post(members);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  /**
   * @param words what the message at the pointer says, with apostrophes for quotes and backticks
   */
  void refuses(String members, String pointer, String words) throws Exception {
    HttpResponse<String> response = post(members);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(plain(Json.read(Reply.bytes(response.body())).at(pointer).asText()))
        .contains(plain(words));
  }

  private static String plain(String words) {
    return words.replace('"', '\'').replace('`', '\'');
  }

  @Override
  public void close() {
    standIn.close();
  }
}
