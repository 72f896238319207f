// SPDX-License-Identifier: Apache-2.0
package io.headgate.instrument;

import io.headgate.instrument.Instrumentations.Instrumentation;
import java.util.List;

/** Where calls of Spring's clients are met that no adapter below would meet. */
final class SpringPoints {

  private static final String ADAPTER = "io.headgate.adapter.spring.";
  private static final String CONNECT =
      "(Lorg/springframework/http/HttpMethod;Ljava/net/URI;Ljava/util/function/Function;)"
          + "Lreactor/core/publisher/Mono;";
  private static final String CREATE_REQUEST =
      "(Ljava/net/URI;Lorg/springframework/http/HttpMethod;)"
          + "Lorg/springframework/http/client/ClientHttpRequest;";

  static final List<Instrumentation> ALL =
      List.of(
          // Below all filters of WebClient, and above Reactor Netty and Jetty, which have no
          // adapter. Over the JDK's client and Apache's it is met there.
          new Instrumentation(
              "org.springframework.http.client.reactive.ReactorClientHttpConnector",
              "connect",
              CONNECT,
              ADAPTER + "ReactorConnectAdvice"),
          new Instrumentation(
              "org.springframework.http.client.reactive.JettyClientHttpConnector",
              "connect",
              CONNECT,
              ADAPTER + "JettyConnectAdvice"),
          // The same for RestClient and RestTemplate.
          new Instrumentation(
              "org.springframework.http.client.ReactorNettyClientRequestFactory", // 6.1
              "createRequest",
              CREATE_REQUEST,
              ADAPTER + "ReactorRequestAdvice"),
          new Instrumentation(
              "org.springframework.http.client.ReactorClientHttpRequestFactory", // 6.2 and later
              "createRequest",
              CREATE_REQUEST,
              ADAPTER + "ReactorRequestAdvice"),
          new Instrumentation(
              "org.springframework.http.client.JettyClientHttpRequestFactory",
              "createRequest",
              CREATE_REQUEST,
              ADAPTER + "JettyRequestAdvice"));

  private SpringPoints() {}
}
