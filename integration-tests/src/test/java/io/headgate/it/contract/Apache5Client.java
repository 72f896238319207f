// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.MessageHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Apache HttpClient 5, classic; uses only what versions 5.0 to 5.6 have in common. */
@SuppressWarnings("deprecation") // what took its place came with 5.4 and later
public class Apache5Client implements Client {

  private static final ContentType JSON = ContentType.create("application/json");

  /** By itself it would repeat what ends in 429 or 503 a second later. */
  static final HttpRequestRetryStrategy ONCE =
      new DefaultHttpRequestRetryStrategy(0, TimeValue.ZERO_MILLISECONDS);

  private final CloseableHttpClient client = HttpClients.custom().setRetryStrategy(ONCE).build();

  @Override
  public Reply call(Call call) throws Exception {
    return client.execute(
        request(call),
        response -> {
          HttpEntity entity = response.getEntity();
          byte[] body = entity == null ? new byte[0] : EntityUtils.toByteArray(entity);
          return new Reply(response.getCode(), fields(response), body);
        });
  }

  @Override
  public Reply stream(Call call, Consumer<byte[]> onChunk) throws Exception {
    try (CloseableHttpResponse response = client.execute(request(call))) {
      return new Reply(
          response.getCode(),
          fields(response),
          JdkSendClient.read(response.getEntity().getContent(), onChunk));
    }
  }

  @Override
  public boolean readsOnCallersThread() {
    return true;
  }

  /** Aborts: closing alone would read the stream to its end. */
  @Override
  public void abandon(Call call) throws Exception {
    HttpUriRequestBase request = request(call);
    try (CloseableHttpResponse response = client.execute(request)) {
      InputStream body = response.getEntity().getContent();
      body.read();
      request.abort();
    } catch (IOException e) {
      // What closing an aborted answer says is not told anywhere.
    }
  }

  @Override
  public String cancel(Call call, Sent sent) throws Exception {
    HttpUriRequestBase request = request(call);
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              try (CloseableHttpResponse response = client.execute(request)) {
                return "status " + response.getCode();
              } catch (IOException e) {
                return e.getClass().getName() + " " + e.getMessage();
              }
            });
    Thread thread = new Thread(task);
    thread.start();
    sent.await();
    SocketReads.await(thread); // Before that, the client has other words for it.
    request.abort();
    return task.get();
  }

  static Map<String, List<String>> fields(MessageHeaders message) {
    Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header header : message.getHeaders()) {
      fields.merge(
          header.getName(),
          List.of(header.getValue()),
          (one, other) -> Arrays.asList(String.join("|", one), String.join("|", other)));
    }
    return fields;
  }

  private static HttpUriRequestBase request(Call call) {
    HttpUriRequestBase request =
        call.body() == null ? new HttpGet(call.url()) : new HttpPost(call.url());
    request.setHeader("Authorization", "Bearer sk-app");
    request.setConfig(config(call));
    if (call.body() != null) {
      request.setEntity(entity(call));
    }
    return request;
  }

  static RequestConfig config(Call call) {
    RequestConfig.Builder config = RequestConfig.custom();
    Duration timeout = call.timeout();
    if (timeout != null) {
      config.setResponseTimeout(Timeout.ofMilliseconds(timeout.toMillis()));
    }
    if (call.proxy() != 0) {
      config.setProxy(new HttpHost("127.0.0.1", call.proxy()));
    }
    return config.build();
  }

  private static HttpEntity entity(Call call) {
    return switch (call.framing()) {
      case FIXED -> new ByteArrayEntity(call.body(), JSON);
      case CHUNKED -> new ByteArrayEntity(call.body(), JSON, true);
      case ONE_SHOT ->
          new InputStreamEntity(new ByteArrayInputStream(call.body()), call.body().length, JSON);
    };
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
