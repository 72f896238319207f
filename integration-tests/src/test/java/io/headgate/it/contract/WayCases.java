// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import io.headgate.it.contract.Client.Call;
import io.headgate.it.contract.Client.Reply;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** The way of a call: through a proxy, and on a thread that is interrupted. */
final class WayCases {

  private final Client client;
  private final ScriptedServer server;
  private final String prefix;
  private final CaseLog log;

  WayCases(Client client, ScriptedServer server, String prefix, CaseLog log) {
    this.client = client;
    this.server = server;
    this.prefix = prefix;
    this.log = log;
  }

  void run() throws Exception {
    if (!client.streamsOnly()) {
      proxied();
    }
    if (client.readsOnCallersThread()) {
      interrupted();
    }
  }

  /** The host itself gets nothing: an HTTP proxy is asked with the whole URL. */
  private void proxied() throws Exception {
    try (ScriptedServer proxy = new ScriptedServer(0)) {
      Call call = post("json", Answers.REQUEST).through(proxy.port());
      log.report(
          "proxied",
          () -> {
            try {
              return client.call(call);
            } finally {
              log.requests("proxied by proxy", proxy);
            }
          });
      log.report(
          "proxied stream",
          () -> {
            try {
              return client.stream(
                  post("stream", Answers.STREAM_REQUEST).through(proxy.port()), chunk -> {});
            } finally {
              log.requests("proxied stream by proxy", proxy);
            }
          });
    }
  }

  /** Between the first event and the others. */
  private void interrupted() {
    CountDownLatch gate = new CountDownLatch(1);
    server.gate = gate;
    log.report(
        "interrupted",
        () -> {
          try {
            Reply reply =
                client.stream(
                    post("stream-gated", Answers.STREAM_REQUEST),
                    chunk -> {
                      if (gate.getCount() == 1) {
                        Thread.currentThread().interrupt();
                      }
                      gate.countDown();
                    });
            return reply;
          } finally {
            gate.countDown();
            log.print("interrupted afterwards", Thread.interrupted());
          }
        });
  }

  private Call post(String script, String request) {
    return Call.post(
        prefix + "/v1/chat/completions?do=" + script, request.getBytes(StandardCharsets.UTF_8));
  }
}
