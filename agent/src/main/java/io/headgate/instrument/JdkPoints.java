// SPDX-License-Identifier: Apache-2.0
package io.headgate.instrument;

import io.headgate.instrument.Instrumentations.Instrumentation;
import java.util.List;

/** Where calls of the JDK's own clients are met. */
final class JdkPoints {

  private static final String ADAPTERS = "io.headgate.adapter.";

  static final List<Instrumentation> ALL =
      List.of(
          // The facade that every app holds. It is below it that redirects, cookies and the
          // authenticator work, and the facade must stay reachable while a call is under way: the
          // implementation's selector thread ends when it is collected.
          new Instrumentation(
              "jdk.internal.net.http.HttpClientFacade",
              "send",
              "(Ljava/net/http/HttpRequest;Ljava/net/http/HttpResponse$BodyHandler;)"
                  + "Ljava/net/http/HttpResponse;",
              ADAPTERS + "jdk.SendAdvice"),
          new Instrumentation(
              "jdk.internal.net.http.HttpClientFacade",
              "sendAsync",
              "(Ljava/net/http/HttpRequest;Ljava/net/http/HttpResponse$BodyHandler;)"
                  + "Ljava/util/concurrent/CompletableFuture;",
              ADAPTERS + "jdk.SendAsyncAdvice"),
          new Instrumentation(
              "jdk.internal.net.http.HttpClientFacade",
              "sendAsync",
              "(Ljava/net/http/HttpRequest;Ljava/net/http/HttpResponse$BodyHandler;"
                  + "Ljava/net/http/HttpResponse$PushPromiseHandler;)"
                  + "Ljava/util/concurrent/CompletableFuture;",
              ADAPTERS + "jdk.SendAsyncPushAdvice"),
          // Not URL.openConnection, which is on the path of every class that is loaded from a jar;
          // and not the connection's own methods, whose state machine is no place to be a guest.
          new Instrumentation(
              "sun.net.www.protocol.http.Handler",
              "openConnection",
              "(Ljava/net/URL;Ljava/net/Proxy;)Ljava/net/URLConnection;",
              ADAPTERS + "urlconnection.OpenConnectionAdvice"),
          new Instrumentation(
              "sun.net.www.protocol.https.Handler",
              "openConnection",
              "(Ljava/net/URL;Ljava/net/Proxy;)Ljava/net/URLConnection;",
              ADAPTERS + "urlconnection.OpenConnectionAdvice"));

  private JdkPoints() {}
}
