// SPDX-License-Identifier: Apache-2.0
package io.headgate.instrument;

import io.headgate.instrument.Instrumentations.Instrumentation;
import java.util.List;

/** Where calls of azure-core are met. */
final class AzurePoints {

  private static final String ADAPTER = "io.headgate.adapter.azure.";

  static final List<Instrumentation> ALL =
      List.of(
          // Below the policies of azure-core's pipeline, which sign and retry.
          azure("netty.NettyAsyncHttpClient"),
          azure("okhttp.OkHttpAsyncHttpClient"),
          azure("jdk.httpclient.JdkHttpClient"),
          azure("vertx.VertxHttpClient"),
          azureSync("netty.NettyAsyncHttpClient"),
          azureSync("okhttp.OkHttpAsyncHttpClient"),
          azureSync("jdk.httpclient.JdkHttpClient"),
          azureSync("vertx.VertxHttpClient"));

  private AzurePoints() {}

  private static Instrumentation azure(String client) {
    return new Instrumentation(
        "com.azure.core.http." + client,
        "send",
        "(Lcom/azure/core/http/HttpRequest;Lcom/azure/core/util/Context;)"
            + "Lreactor/core/publisher/Mono;",
        ADAPTER + "SendAdvice");
  }

  private static Instrumentation azureSync(String client) {
    return new Instrumentation(
        "com.azure.core.http." + client,
        "sendSync",
        "(Lcom/azure/core/http/HttpRequest;Lcom/azure/core/util/Context;)"
            + "Lcom/azure/core/http/HttpResponse;",
        ADAPTER + "SendSyncAdvice");
  }
}
