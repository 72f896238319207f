// SPDX-License-Identifier: Apache-2.0
package io.headgate.instrument;

import io.headgate.instrument.Instrumentations.Instrumentation;
import java.util.List;

/** Where calls of the AWS SDK for Java 2.x are met. */
final class AwsPoints {

  private static final String ADAPTER = "io.headgate.adapter.aws.";
  private static final String AWS = "software.amazon.awssdk.";

  static final List<Instrumentation> ALL =
      List.of(
          // The AWS SDK, below its signing, at each of its HTTP clients: what is above has to be
          // run through to its end, or other agents' spans never end.
          awsSync("apache.ApacheHttpClient"),
          awsSync("apache5.Apache5HttpClient"),
          awsSync("urlconnection.UrlConnectionHttpClient"),
          awsSync("crt.AwsCrtHttpClient"),
          awsAsync("nio.netty.NettyNioAsyncHttpClient"),
          awsAsync("crt.AwsCrtAsyncHttpClient"),
          // How a request was signed, for those that have to be signed anew.
          awsSigning("SigningStage", "Lsoftware/amazon/awssdk/http/SdkHttpFullRequest;"),
          awsSigning("AsyncSigningStage", "Ljava/util/concurrent/CompletableFuture;"));

  private AwsPoints() {}

  private static Instrumentation awsSync(String client) {
    return new Instrumentation(
        AWS + "http." + client,
        "prepareRequest",
        "(Lsoftware/amazon/awssdk/http/HttpExecuteRequest;)"
            + "Lsoftware/amazon/awssdk/http/ExecutableHttpRequest;",
        ADAPTER + "PrepareRequestAdvice");
  }

  private static Instrumentation awsAsync(String client) {
    return new Instrumentation(
        AWS + "http." + client,
        "execute",
        "(Lsoftware/amazon/awssdk/http/async/AsyncExecuteRequest;)"
            + "Ljava/util/concurrent/CompletableFuture;",
        ADAPTER + "ExecuteAdvice");
  }

  private static Instrumentation awsSigning(String stage, String returned) {
    return new Instrumentation(
        AWS + "core.internal.http.pipeline.stages." + stage,
        "execute",
        "(Lsoftware/amazon/awssdk/http/SdkHttpFullRequest;"
            + "Lsoftware/amazon/awssdk/core/internal/http/RequestExecutionContext;)"
            + returned,
        ADAPTER + "SigningAdvice");
  }
}
