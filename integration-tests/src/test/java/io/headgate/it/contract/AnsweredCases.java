// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import io.headgate.it.contract.CaseLog.Case;
import io.headgate.it.contract.Client.Call;
import java.nio.charset.StandardCharsets;

/**
 * Calls that a configuration may answer without asking the host: those to {@link #DENIED}, and the
 * second of two equal ones to {@link #STORED}. The server gives the same answers to those that do
 * reach it, so that a client must make the same of them, wherever they come from.
 */
final class AnsweredCases {

  static final String DENIED = "model-denied";
  static final String STORED = "model-stored";

  /** Ends the names of cases that say how many requests the server got. */
  static final String UPSTREAM = " upstream";

  private final Client client;
  private final ScriptedServer server;
  private final String prefix;
  private final CaseLog log;

  AnsweredCases(Client client, ScriptedServer server, String prefix, CaseLog log) {
    this.client = client;
    this.server = server;
    this.prefix = prefix;
    this.log = log;
  }

  void run() throws Exception {
    if (!client.streamsOnly()) {
      Call denied = call("denied", Answers.REQUEST, DENIED);
      once("answered error", () -> client.call(denied));
      Call stored = call("json", Answers.REQUEST, STORED);
      client.call(stored);
      once("answered", () -> client.call(stored));
    }
    Call denied = call("denied", Answers.STREAM_REQUEST, DENIED);
    once("answered stream error", () -> client.stream(denied, chunk -> {}));
    Call stored = call("stream", Answers.STREAM_REQUEST, STORED);
    client.stream(stored, chunk -> {});
    once("answered stream", () -> client.stream(stored, chunk -> {}));
  }

  /** Reports what the app got, and not what was sent, but how often. */
  private void once(String what, Case test) {
    server.seen.clear();
    try {
      log.print(what, CaseLog.describeUnframed(test.run()));
    } catch (Exception e) {
      log.print(what, log.describe(e));
    }
    log.print(what + UPSTREAM, server.seen.size());
    server.seen.clear();
  }

  /** With a model, and so a question, of this client's own. */
  private Call call(String script, String request, String model) {
    String own = model + "-" + client.getClass().getSimpleName();
    return Call.post(
        prefix + "/v1/chat/completions?do=" + script,
        request.replace("gpt-4o-mini", own).getBytes(StandardCharsets.UTF_8));
  }
}
