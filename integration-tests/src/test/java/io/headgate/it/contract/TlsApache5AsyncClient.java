// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSession;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;

/** Apache HttpClient 5, asynchronous, which agrees on HTTP/2. */
final class TlsApache5AsyncClient implements TlsClient {

  private final CloseableHttpAsyncClient client;

  /** Under the newest answer; an interceptor of the app's sees it. */
  private volatile SSLSession session;

  @SuppressWarnings("deprecation") // what is there instead is not in versions before 5.5
  TlsApache5AsyncClient(TlsSettings settings) throws Exception {
    ClientTlsStrategyBuilder tls =
        ClientTlsStrategyBuilder.create().setSslContext(settings.context());
    if (settings.verifier() != null) {
      tls.setHostnameVerifier(settings.verifier());
    }
    client =
        HttpAsyncClients.custom()
            .addResponseInterceptorLast(
                (response, entity, context) ->
                    session = ((HttpClientContext) context).getSSLSession())
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setTlsStrategy(tls.build())
                    .build())
            .build();
    client.start();
  }

  @Override
  public Answer post(String url, String name, byte[] json, boolean streamed) throws Exception {
    SimpleHttpRequest post =
        SimpleRequestBuilder.post(URI.create(url))
            .setHeader("Authorization", "Bearer sk-app")
            .setHeader(CALL, name)
            .setBody(json, ContentType.APPLICATION_JSON)
            .build();
    if (!streamed) {
      SimpleHttpResponse response = get(client.execute(post, null));
      return answer(response, response.getBodyBytes());
    }
    Pieces pieces = new Pieces();
    HttpResponse response = get(client.execute(SimpleRequestProducer.create(post), pieces, null));
    return answer(response, pieces.all.toByteArray());
  }

  private Answer answer(HttpResponse response, byte[] body) {
    return new Answer(
        response.getCode(),
        String.valueOf(response.getVersion()),
        TlsClient.session(session),
        TlsClient.fields(TlsApache5Client.fields(response)),
        body);
  }

  private static <T> T get(Future<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }

  /** Reads an answer as it comes. */
  private static final class Pieces extends AbstractBinResponseConsumer<HttpResponse> {
    final ByteArrayOutputStream all = new ByteArrayOutputStream();
    private HttpResponse head;

    @Override
    protected void start(HttpResponse response, ContentType type) {
      head = response;
    }

    @Override
    protected int capacityIncrement() {
      return 64;
    }

    @Override
    protected void data(ByteBuffer bytes, boolean last) {
      while (bytes.hasRemaining()) {
        all.write(bytes.get());
      }
    }

    @Override
    protected HttpResponse buildResult() {
      return head;
    }

    @Override
    public void failed(Exception cause) {}

    @Override
    public void releaseResources() {}
  }
}
