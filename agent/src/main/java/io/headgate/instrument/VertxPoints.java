// SPDX-License-Identifier: Apache-2.0
package io.headgate.instrument;

import io.headgate.instrument.Instrumentations.Instrumentation;
import java.util.List;

/**
 * Where calls of Vert.x are met: below its {@code WebClient} and all short forms, and above the
 * pool of connections.
 */
final class VertxPoints {

  private static final String CLIENT = "io.vertx.core.http.impl.HttpClientImpl";
  private static final String ADAPTER = "io.headgate.adapter.vertx.";

  static final List<Instrumentation> ALL =
      List.of(
          new Instrumentation(
              CLIENT,
              "request",
              "(Lio/vertx/core/http/RequestOptions;)Lio/vertx/core/Future;",
              ADAPTER + "RequestAdvice"),
          // Vert.x 5 has futures only.
          new Instrumentation(
              CLIENT,
              "request",
              "(Lio/vertx/core/http/RequestOptions;Lio/vertx/core/Handler;)V",
              ADAPTER + "RequestHandlerAdvice",
              true));

  private VertxPoints() {}
}
