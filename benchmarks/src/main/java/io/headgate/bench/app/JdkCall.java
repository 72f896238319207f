// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** One LLM call through the JDK's client. */
public final class JdkCall {

  private JdkCall() {}

  /** The argument is the host's address, without a path. */
  public static void main(String[] args) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(args[0] + Payload.CHAT_PATH))
            .header("Authorization", "Bearer sk-bench")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Payload.request(false)))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    Footprint.ready();
  }
}
