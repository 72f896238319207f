// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLSession;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.SSLConnectionSocketFactoryBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.MessageHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Apache HttpClient 5, classic. */
final class TlsApache5Client implements TlsClient {

  private final CloseableHttpClient client;

  /** Under the newest answer; an interceptor of the app's sees it. */
  private volatile SSLSession session;

  @SuppressWarnings("deprecation") // what is there instead is not in versions before 5.4
  TlsApache5Client(TlsSettings settings) throws Exception {
    SSLConnectionSocketFactoryBuilder sockets =
        SSLConnectionSocketFactoryBuilder.create().setSslContext(settings.context());
    if (settings.verifier() != null) {
      sockets.setHostnameVerifier(settings.verifier());
    }
    client =
        HttpClients.custom()
            .addResponseInterceptorLast(
                (response, entity, context) ->
                    session = ((HttpClientContext) context).getSSLSession())
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setSSLSocketFactory(sockets.build())
                    .build())
            .build();
  }

  @Override
  @SuppressWarnings("deprecation") // the one with a handler shows no streams
  public Answer post(String url, String name, byte[] json, boolean streamed) throws Exception {
    HttpPost post = new HttpPost(url);
    post.setHeader("Authorization", "Bearer sk-app");
    post.setHeader(CALL, name);
    post.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
    try (var response = client.execute(post)) {
      byte[] body;
      if (streamed) {
        try (InputStream in = response.getEntity().getContent()) {
          body = JdkSendClient.read(in, chunk -> {});
        }
      } else {
        body = EntityUtils.toByteArray(response.getEntity());
      }
      return new Answer(
          response.getCode(),
          String.valueOf(response.getVersion()),
          TlsClient.session(session),
          TlsClient.fields(fields(response)),
          body);
    }
  }

  static Map<String, String> fields(MessageHeaders response) {
    Map<String, String> fields = new HashMap<>();
    for (String field : ABOUT_THE_BODY) {
      Header header = response.getFirstHeader(field);
      fields.put(field, header == null ? null : header.getValue());
    }
    return fields;
  }

  @Override
  public void close() throws Exception {
    client.close();
  }
}
