// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** The JDK's {@code HttpClient}. Its names are verified by the trust manager. */
class TlsJdkClient implements TlsClient {

  private final HttpClient client;

  TlsJdkClient(TlsSettings settings) throws Exception {
    client = HttpClient.newBuilder().sslContext(settings.context()).build();
  }

  @Override
  public Answer post(String url, String name, byte[] json, boolean streamed) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer sk-app")
            .header(CALL, name)
            .POST(BodyPublishers.ofByteArray(json))
            .build();
    if (!streamed) {
      HttpResponse<byte[]> response = send(client, request, BodyHandlers.ofByteArray());
      return answer(response, response.body());
    }
    HttpResponse<InputStream> response = send(client, request, BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      return answer(response, JdkSendClient.read(body, chunk -> {}));
    }
  }

  <T> HttpResponse<T> send(HttpClient through, HttpRequest request, BodyHandler<T> handler)
      throws Exception {
    return through.send(request, handler);
  }

  private static Answer answer(HttpResponse<?> response, byte[] body) {
    Map<String, String> fields = new HashMap<>();
    for (String name : ABOUT_THE_BODY) {
      fields.put(name, response.headers().firstValue(name).orElse(null));
    }
    return new Answer(
        response.statusCode(),
        response.version().toString(),
        TlsClient.session(response.sslSession().orElse(null)),
        TlsClient.fields(fields),
        body);
  }

  /** With {@code sendAsync}. */
  static final class Async extends TlsJdkClient {

    Async(TlsSettings settings) throws Exception {
      super(settings);
    }

    @Override
    <T> HttpResponse<T> send(HttpClient through, HttpRequest request, BodyHandler<T> handler)
        throws Exception {
      try {
        return through.sendAsync(request, handler).get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }
  }
}
