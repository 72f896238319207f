// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHost;
import org.apache.http.HttpMessage;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

/** Apache HttpClient 4.5, classic. */
public final class Apache4Client implements Client {

  private final CloseableHttpClient client =
      HttpClients.custom().disableAutomaticRetries().setMaxConnPerRoute(50).build();

  @Override
  public Reply call(Call call) throws Exception {
    try (CloseableHttpResponse response = client.execute(request(call))) {
      HttpEntity entity = response.getEntity();
      byte[] body = entity == null ? new byte[0] : EntityUtils.toByteArray(entity);
      return new Reply(response.getStatusLine().getStatusCode(), headers(response), body);
    }
  }

  @Override
  public Reply stream(Call call, Consumer<byte[]> onChunk) throws Exception {
    try (CloseableHttpResponse response = client.execute(request(call))) {
      return new Reply(
          response.getStatusLine().getStatusCode(),
          headers(response),
          JdkSendClient.read(response.getEntity().getContent(), onChunk));
    }
  }

  @Override
  public boolean readsOnCallersThread() {
    return true;
  }

  /** Closing the stream instead would mean to wait for its end. */
  @Override
  public void abandon(Call call) throws Exception {
    try (CloseableHttpResponse response = client.execute(request(call))) {
      response.getEntity().getContent().read();
    }
  }

  @Override
  public String cancel(Call call, Sent sent) throws Exception {
    HttpRequestBase request = request(call);
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              try (CloseableHttpResponse response = client.execute(request)) {
                return "status " + response.getStatusLine().getStatusCode();
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

  static Map<String, List<String>> headers(HttpMessage message) {
    Map<String, List<String>> headers = new TreeMap<>();
    for (Header header : message.getAllHeaders()) {
      headers.computeIfAbsent(header.getName(), name -> new ArrayList<>()).add(header.getValue());
    }
    return headers;
  }

  static HttpRequestBase request(Call call) {
    HttpRequestBase request = call.body() == null ? new HttpGet(call.url()) : post(call);
    request.setHeader("Authorization", "Bearer sk-app");
    RequestConfig.Builder config = RequestConfig.custom();
    if (call.timeout() != null) {
      config.setSocketTimeout((int) call.timeout().toMillis());
    }
    if (call.proxy() != 0) {
      config.setProxy(new HttpHost("127.0.0.1", call.proxy()));
    }
    request.setConfig(config.build());
    return request;
  }

  private static HttpPost post(Call call) {
    HttpPost post = new HttpPost(call.url());
    byte[] body = Arrays.copyOf(call.body(), call.body().length);
    ContentType json = ContentType.APPLICATION_JSON;
    post.setEntity(
        switch (call.framing()) {
          case FIXED -> new ByteArrayEntity(body, json);
          case CHUNKED -> new InputStreamEntity(new ByteArrayInputStream(body), json);
          case ONE_SHOT -> new InputStreamEntity(new ByteArrayInputStream(body), body.length, json);
        });
    return post;
  }

  @Override
  public void close() throws Exception {
    client.close();
  }
}
