// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import java.net.InetSocketAddress;
import java.net.ProxySelector;

/** The module {@code langchain4j-http-client-jdk}. */
public final class LangChainJdkClient extends LangChainClient {

  @Override
  HttpClient build(Call call) {
    java.net.http.HttpClient.Builder jdk =
        java.net.http.HttpClient.newBuilder().version(java.net.http.HttpClient.Version.HTTP_1_1);
    if (call.proxy() != 0) {
      jdk.proxy(ProxySelector.of(new InetSocketAddress("127.0.0.1", call.proxy())));
    }
    JdkHttpClientBuilder builder = new JdkHttpClientBuilder().httpClientBuilder(jdk);
    return call.timeout() == null ? builder.build() : builder.readTimeout(call.timeout()).build();
  }
}
