// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.util.HashMap;
import java.util.Map;
import okhttp3.Handshake;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** OkHttp. */
final class TlsOkHttpClient implements TlsClient {

  private final OkHttpClient client;

  TlsOkHttpClient(TlsSettings settings) throws Exception {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .sslSocketFactory(settings.context().getSocketFactory(), settings.trust());
    if (settings.verifier() != null) {
      builder.hostnameVerifier(settings.verifier());
    }
    client = builder.build();
  }

  @Override
  @SuppressWarnings("deprecation") // the other order of parameters is not in version 3
  public Answer post(String url, String name, byte[] json, boolean streamed) throws Exception {
    Request request =
        new Request.Builder()
            .url(url)
            .header("Authorization", "Bearer sk-app")
            .header(CALL, name)
            .post(RequestBody.create(MediaType.parse("application/json"), json))
            .build();
    try (Response response = client.newCall(request).execute()) {
      Map<String, String> fields = new HashMap<>();
      for (String field : ABOUT_THE_BODY) {
        fields.put(field, response.header(field));
      }
      return new Answer(
          response.code(),
          response.protocol().toString(),
          session(response.handshake()),
          TlsClient.fields(fields),
          streamed
              ? JdkSendClient.read(response.body().byteStream(), chunk -> {})
              : response.body().bytes());
    }
  }

  private static String session(Handshake handshake) {
    return handshake == null
        ? "no handshake"
        : TlsClient.session(
            handshake.tlsVersion().javaName(),
            handshake.cipherSuite().javaName(),
            handshake.peerPrincipal(),
            handshake.localPrincipal());
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
