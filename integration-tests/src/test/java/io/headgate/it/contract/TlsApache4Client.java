// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.apache.http.Header;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.conn.ManagedHttpClientConnection;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.protocol.HttpContext;
import org.apache.http.util.EntityUtils;

/** Apache HttpClient 4.5, classic. */
final class TlsApache4Client implements TlsClient {

  private final CloseableHttpClient client;

  /** Of the newest answer; an interceptor of the app's sees it. */
  private volatile String session;

  TlsApache4Client(TlsSettings settings) throws Exception {
    HttpClientBuilder builder =
        HttpClients.custom()
            .setSSLContext(settings.context())
            .addInterceptorLast(
                (HttpResponseInterceptor) (response, context) -> session = session(context));
    if (settings.verifier() != null) {
      builder.setSSLHostnameVerifier(settings.verifier());
    }
    client = builder.build();
  }

  @Override
  public Answer post(String url, String name, byte[] json, boolean streamed) throws Exception {
    HttpPost post = new HttpPost(url);
    post.setHeader("Authorization", "Bearer sk-app");
    post.setHeader(CALL, name);
    post.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
    try (CloseableHttpResponse response = client.execute(post)) {
      Map<String, String> fields = new HashMap<>();
      for (String field : ABOUT_THE_BODY) {
        Header header = response.getFirstHeader(field);
        fields.put(field, header == null ? null : header.getValue());
      }
      byte[] body;
      if (streamed) {
        try (InputStream in = response.getEntity().getContent()) {
          body = JdkSendClient.read(in, chunk -> {});
        }
      } else {
        body = EntityUtils.toByteArray(response.getEntity());
      }
      return new Answer(
          response.getStatusLine().getStatusCode(),
          response.getProtocolVersion().toString(),
          session,
          TlsClient.fields(fields),
          body);
    }
  }

  private static String session(HttpContext context) {
    ManagedHttpClientConnection connection =
        HttpClientContext.adapt(context).getConnection(ManagedHttpClientConnection.class);
    return TlsClient.session(connection.getSSLSession());
  }

  @Override
  public void close() throws Exception {
    client.close();
  }
}
