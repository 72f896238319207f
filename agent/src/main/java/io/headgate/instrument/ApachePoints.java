// SPDX-License-Identifier: Apache-2.0
package io.headgate.instrument;

import io.headgate.instrument.Instrumentations.Instrumentation;
import java.util.List;

/** Where calls of Apache HttpClient 4 and 5 are met. */
final class ApachePoints {

  private static final String ADAPTERS = "io.headgate.adapter.";
  private static final String APACHE5_EXECUTE =
      "(Lorg/apache/hc/core5/http/HttpHost;"
          + "Lorg/apache/hc/core5/http/ClassicHttpRequest;"
          + "Lorg/apache/hc/core5/http/protocol/HttpContext;)"
          + "Lorg/apache/hc/client5/http/impl/classic/CloseableHttpResponse;";

  static final List<Instrumentation> ALL =
      List.of(
          // Below all ways to execute, response handlers included, and above the client's own
          // retries, redirects and decoding.
          apache4("org.apache.http.impl.client.InternalHttpClient"),
          apache4("org.apache.http.impl.client.MinimalHttpClient"),
          apache4("org.apache.http.impl.client.AbstractHttpClient"), // from before 4.3
          apache4Async("org.apache.http.impl.nio.client.InternalHttpAsyncClient"),
          apache4Async("org.apache.http.impl.nio.client.MinimalHttpAsyncClient"),
          // All eight ways to execute a classic call lead here, below the handlers of answers.
          new Instrumentation(
              "org.apache.hc.client5.http.impl.classic.InternalHttpClient",
              "doExecute",
              APACHE5_EXECUTE,
              ADAPTERS + "apache5.DoExecuteAdvice"),
          new Instrumentation(
              "org.apache.hc.client5.http.impl.classic.MinimalHttpClient",
              "doExecute",
              APACHE5_EXECUTE,
              ADAPTERS + "apache5.DoExecuteAdvice"),
          // What the app's producer sends is known where the chain begins; who sends it, before.
          new Instrumentation(
              "org.apache.hc.client5.http.impl.async.InternalAbstractHttpAsyncClient",
              "doExecute",
              "(Lorg/apache/hc/core5/http/HttpHost;"
                  + "Lorg/apache/hc/core5/http/nio/AsyncRequestProducer;"
                  + "Lorg/apache/hc/core5/http/nio/AsyncResponseConsumer;"
                  + "Lorg/apache/hc/core5/http/nio/HandlerFactory;"
                  + "Lorg/apache/hc/core5/http/protocol/HttpContext;"
                  + "Lorg/apache/hc/core5/concurrent/FutureCallback;)"
                  + "Ljava/util/concurrent/Future;",
              ADAPTERS + "apache5.AsyncExecuteAdvice"),
          new Instrumentation(
              "org.apache.hc.client5.http.impl.async.AsyncExecChainElement",
              "execute",
              "(Lorg/apache/hc/core5/http/HttpRequest;"
                  + "Lorg/apache/hc/core5/http/nio/AsyncEntityProducer;"
                  + "Lorg/apache/hc/client5/http/async/AsyncExecChain$Scope;"
                  + "Lorg/apache/hc/client5/http/async/AsyncExecCallback;)V",
              ADAPTERS + "apache5.AsyncChainAdvice"));

  private ApachePoints() {}

  private static Instrumentation apache4(String type) {
    return new Instrumentation(
        type,
        "doExecute",
        "(Lorg/apache/http/HttpHost;Lorg/apache/http/HttpRequest;"
            + "Lorg/apache/http/protocol/HttpContext;)"
            + "Lorg/apache/http/client/methods/CloseableHttpResponse;",
        ADAPTERS + "apache4.DoExecuteAdvice");
  }

  private static Instrumentation apache4Async(String type) {
    return new Instrumentation(
        type,
        "execute",
        "(Lorg/apache/http/nio/protocol/HttpAsyncRequestProducer;"
            + "Lorg/apache/http/nio/protocol/HttpAsyncResponseConsumer;"
            + "Lorg/apache/http/protocol/HttpContext;"
            + "Lorg/apache/http/concurrent/FutureCallback;)"
            + "Ljava/util/concurrent/Future;",
        ADAPTERS + "apache4.AsyncExecuteAdvice");
  }
}
