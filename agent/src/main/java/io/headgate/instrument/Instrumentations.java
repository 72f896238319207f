// SPDX-License-Identifier: Apache-2.0
package io.headgate.instrument;

import java.util.List;

/**
 * Which methods are intercepted, and by which advice. Exact names only: no type hierarchy is ever
 * searched, so transforming a class looks at nothing but that class.
 */
final class Instrumentations {

  private static final String ADAPTERS = "io.headgate.adapter.";

  /** All of them; a new client is one or two rows here and a package under {@code adapter}. */
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
          // OkHttp asks its client for the interceptors whenever it builds a call's chain. The mark
          // around the building keeps the public list the app's own at any other time.
          new Instrumentation(
              "okhttp3.OkHttpClient",
              "interceptors",
              "()Ljava/util/List;",
              ADAPTERS + "okhttp.InterceptorsAdvice"),
          new Instrumentation(
              "okhttp3.OkHttpClient",
              "networkInterceptors",
              "()Ljava/util/List;",
              ADAPTERS + "okhttp.NetworkInterceptorsAdvice"),
          new Instrumentation(
              "okhttp3.RealCall", // 3.x
              "getResponseWithInterceptorChain",
              "()Lokhttp3/Response;",
              ADAPTERS + "okhttp.CallAdvice"),
          new Instrumentation(
              "okhttp3.internal.connection.RealCall", // 4.x and 5.x
              "getResponseWithInterceptorChain$okhttp",
              "()Lokhttp3/Response;",
              ADAPTERS + "okhttp.CallAdvice"),
          // What is current on the app's thread is not on the dispatcher's.
          new Instrumentation(
              "okhttp3.RealCall", // 3.x
              "enqueue",
              "(Lokhttp3/Callback;)V",
              ADAPTERS + "okhttp.EnqueueAdvice"),
          new Instrumentation(
              "okhttp3.internal.connection.RealCall", // 4.x and 5.x
              "enqueue",
              "(Lokhttp3/Callback;)V",
              ADAPTERS + "okhttp.EnqueueAdvice"),
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

  private Instrumentations() {}

  /**
   * One method and its advice.
   *
   * @param type binary name of the class
   * @param descriptor of the method
   * @param advice binary name of the advice class
   */
  record Instrumentation(String type, String method, String descriptor, String advice) {}
}
