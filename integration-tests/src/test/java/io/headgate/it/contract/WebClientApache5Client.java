// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.InterruptedIOException;
import java.util.function.Consumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpHost;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.HttpComponentsClientHttpConnector;

/** {@code WebClient} over Apache HttpClient 5. */
public final class WebClientApache5Client extends WebClientClient {

  private final CloseableHttpAsyncClient client;

  public WebClientApache5Client() {
    this(builder().build());
  }

  private WebClientApache5Client(CloseableHttpAsyncClient client) {
    super(new HttpComponentsClientHttpConnector(client));
    this.client = client;
  }

  @Override
  ClientHttpConnector proxied(int port) {
    return new HttpComponentsClientHttpConnector(
        builder().setProxy(new HttpHost("127.0.0.1", port)).build());
  }

  @Override
  public Reply call(Call call) throws Exception {
    try {
      return super.call(call);
    } catch (ConnectionClosedException e) {
      throw cutOff();
    }
  }

  @Override
  public Reply stream(Call call, Consumer<byte[]> onChunk) throws Exception {
    try {
      return super.stream(call, onChunk);
    } catch (ConnectionClosedException e) {
      throw cutOff();
    }
  }

  /** Of an answer that is cut off it is chance which of the two the client tells. */
  private static Exception cutOff() {
    return new InterruptedIOException();
  }

  private static HttpAsyncClientBuilder builder() {
    return HttpAsyncClients.custom().setRetryStrategy(Apache5Client.ONCE);
  }

  @Override
  public void close() throws Exception {
    client.close();
  }
}
