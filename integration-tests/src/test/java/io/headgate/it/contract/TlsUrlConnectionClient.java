// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** {@code HttpsURLConnection}. */
final class TlsUrlConnectionClient implements TlsClient {

  private final TlsSettings settings;
  private final SSLSocketFactory sockets;

  TlsUrlConnectionClient(TlsSettings settings) throws Exception {
    this.settings = settings;
    this.sockets = settings.context().getSocketFactory();
  }

  @Override
  @SuppressWarnings("deprecation") // URL.of is not in Java 17
  public Answer post(String url, String name, byte[] json, boolean streamed) throws Exception {
    HttpsURLConnection connection = (HttpsURLConnection) new URL(url).openConnection();
    connection.setSSLSocketFactory(sockets);
    if (settings.verifier() != null) {
      connection.setHostnameVerifier(settings.verifier());
    }
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setRequestProperty("Authorization", "Bearer sk-app");
    connection.setRequestProperty(CALL, name);
    connection.setDoOutput(true);
    if (streamed) {
      connection.setChunkedStreamingMode(0);
    }
    try (OutputStream out = connection.getOutputStream()) {
      out.write(json);
    }
    // The first question: it is the one that throws.
    int status = connection.getResponseCode();
    Map<String, String> fields = new HashMap<>();
    for (String field : ABOUT_THE_BODY) {
      fields.put(field, connection.getHeaderField(field));
    }
    String session =
        TlsClient.session(
                connection.getSSLSession().get().getProtocol(),
                connection.getCipherSuite(),
                connection.getPeerPrincipal(),
                connection.getLocalPrincipal())
            + ", "
            + connection.getServerCertificates().length;
    try (InputStream body = connection.getInputStream()) {
      return new Answer(
          status,
          connection.getHeaderField(0),
          session,
          TlsClient.fields(fields),
          JdkSendClient.read(body, chunk -> {}));
    }
  }
}
