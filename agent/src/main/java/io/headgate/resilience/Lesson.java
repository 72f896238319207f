// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.chat.ApiFailure;
import io.headgate.gateway.Content;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.resilience.Outcome.Grade;
import io.headgate.route.Target;
import io.headgate.translate.Learned;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What there is to learn from a target that refuses a request because of one parameter. */
final class Lesson {

  private static final int BAD_REQUEST = 400;
  private static final int UNPROCESSABLE = 422;

  /** Errors are not read further, in bytes. */
  private static final long LIMIT = 64 << 10;

  private final RoutingTools tools;
  private final TargetRequest request;

  Lesson(RoutingTools tools, TargetRequest request) {
    this.tools = tools;
    this.request = request;
  }

  /** The parameter that was refused, now known; empty if it is something else. Never fails. */
  CompletionStage<Optional<String>> learned(Outcome outcome) {
    Content content = outcome.content();
    int status = outcome.status();
    if (!outcome.is(Grade.FAILED)
        || content == null
        || outcome.pulled() == null
        || (status != BAD_REQUEST && status != UNPROCESSABLE)) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Gathering error = new Gathering();
    GatewayResponse head = outcome.response();
    Headers headers = head == null ? Headers.EMPTY : head.headers();
    return content
        .hold(error, LIMIT)
        .handle((ended, failure) -> lesson(status, headers, error.bytes()));
  }

  private Optional<String> lesson(int status, Headers headers, byte[] body) {
    try {
      ApiFailure failure =
          tools.translator().failure(request.endpoint().format(), status, headers, body);
      String parameter = Learned.refused(failure);
      if (parameter == null) {
        return Optional.empty();
      }
      Target target = request.target();
      tools.translator().learned().learn(target.provider(), target.model(), parameter);
      return Optional.of(parameter);
    } catch (RuntimeException e) {
      tools.faults().fault("learn", e);
      return Optional.empty();
    }
  }
}
