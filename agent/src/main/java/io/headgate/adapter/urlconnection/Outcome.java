// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import java.net.HttpURLConnection;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended for the app.
 *
 * @param answer the connection to ask everything
 * @param head the connection to ask for header fields
 * @param attempt the attempt whose end is the app's as it came; null if the gateway gives it one
 * @param answered whether there is a head, be its status good or bad
 * @param thrown what the app's first question throws; null if nothing
 */
record Outcome(
    HttpURLConnection answer,
    HttpURLConnection head,
    @Nullable Attempt attempt,
    boolean answered,
    @Nullable Throwable thrown) {

  /** The end of an attempt. */
  static Outcome of(Attempt done, HttpURLConnection origin) {
    Throwable thrown = done.thrown();
    HttpURLConnection answer =
        done.unsent() && thrown != null
            ? new FailedConnection(origin, origin.getURL(), origin.getRequestMethod(), thrown)
            : done.connection();
    return new Outcome(answer, answer, done, done.answered(), thrown);
  }

  /** The end of an attempt, with the header fields the gateway made of the reported ones. */
  static Outcome of(Attempt done, HttpURLConnection origin, GatewayResponse response) {
    Outcome plain = of(done, origin);
    Headers reported = done.reported();
    if (reported == null || reported == response.headers()) {
      return plain;
    }
    HeadFields fields = HeadFields.changed(done.connection(), reported, response.headers());
    return new Outcome(
        plain.answer, new ChangedHead(origin.getURL(), fields), done, plain.answered, plain.thrown);
  }

  /** No answer. */
  static Outcome failed(HttpURLConnection origin, URL url, String method, Throwable thrown) {
    HttpURLConnection answer = new FailedConnection(origin, url, method, thrown);
    return new Outcome(answer, answer, null, false, thrown);
  }

  /** An answer of the gateway. */
  static Outcome delivered(DeliveredConnection answer) {
    return new Outcome(answer, answer, null, true, answer.first());
  }

  /** What stands for the app's connection from now on; null if that is an attempt's. */
  @Nullable UsedConnection standIn() {
    return attempt == null && answer instanceof UsedConnection own ? own : null;
  }
}
