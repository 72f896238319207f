// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * The process at the other end of the calls.
 *
 * @param llm the address of the LLM host, without a path
 * @param other the address of a host that is none; by another name, for names decide
 * @param paced the address of the LLM host that takes its time
 */
record Peer(ForkedApp process, String llm, String other, String paced) implements AutoCloseable {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static Peer start(Setup setup) throws IOException {
    ForkedApp process = ForkedApp.plain(setup, "io.headgate.bench.peer.CannedHost");
    String[] ports = process.line().split(" ");
    return new Peer(
        process,
        "http://127.0.0.1:" + ports[0],
        "http://localhost:" + ports[1],
        "http://127.0.0.1:" + ports[2]);
  }

  /** Where telemetry goes. Not by the name of an LLM host, lest agents meter their own exports. */
  String collector() {
    return other;
  }

  /** How many completions and streams it has given so far. */
  long served() throws IOException, InterruptedException {
    HttpRequest question = HttpRequest.newBuilder(URI.create(llm + "/served")).build();
    return Long.parseLong(CLIENT.send(question, BodyHandlers.ofString()).body());
  }

  @Override
  public void close() {
    process.close();
  }
}
