// SPDX-License-Identifier: Apache-2.0
package io.headgate.instrument;

import io.headgate.instrument.Instrumentations.Instrumentation;
import java.util.List;

/** Where calls of OkHttp are met. */
final class OkHttpPoints {

  private static final String ADAPTER = "io.headgate.adapter.okhttp.";

  static final List<Instrumentation> ALL =
      List.of(
          // OkHttp asks its client for the interceptors whenever it builds a call's chain. The mark
          // around the building keeps the public list the app's own at any other time.
          new Instrumentation(
              "okhttp3.OkHttpClient",
              "interceptors",
              "()Ljava/util/List;",
              ADAPTER + "InterceptorsAdvice"),
          new Instrumentation(
              "okhttp3.OkHttpClient",
              "networkInterceptors",
              "()Ljava/util/List;",
              ADAPTER + "NetworkInterceptorsAdvice"),
          new Instrumentation(
              "okhttp3.RealCall", // 3.x
              "getResponseWithInterceptorChain",
              "()Lokhttp3/Response;",
              ADAPTER + "CallAdvice"),
          new Instrumentation(
              "okhttp3.internal.connection.RealCall", // 4.x and 5.x
              "getResponseWithInterceptorChain$okhttp",
              "()Lokhttp3/Response;",
              ADAPTER + "CallAdvice"),
          // What is current on the app's thread is not on the dispatcher's.
          new Instrumentation(
              "okhttp3.RealCall", // 3.x
              "enqueue",
              "(Lokhttp3/Callback;)V",
              ADAPTER + "EnqueueAdvice"),
          new Instrumentation(
              "okhttp3.internal.connection.RealCall", // 4.x and 5.x
              "enqueue",
              "(Lokhttp3/Callback;)V",
              ADAPTER + "EnqueueAdvice"));

  private OkHttpPoints() {}
}
