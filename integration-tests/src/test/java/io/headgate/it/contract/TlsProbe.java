// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import io.headgate.it.contract.TlsClient.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Calls a host with TLS by clients that were told of it in code, and prints what the app sees, a
 * line each. Knows nothing of the agent.
 */
public final class TlsProbe {

  private static final Map<String, Maker> CLIENTS = new LinkedHashMap<>();

  static {
    CLIENTS.put("jdk", TlsJdkClient::new);
    CLIENTS.put("jdk-async", TlsJdkClient.Async::new);
    CLIENTS.put("okhttp", TlsOkHttpClient::new);
    CLIENTS.put("urlconnection", TlsUrlConnectionClient::new);
    CLIENTS.put("apache4", TlsApache4Client::new);
    CLIENTS.put("apache5", TlsApache5Client::new);
    CLIENTS.put("apache5-async", TlsApache5AsyncClient::new);
    CLIENTS.put("webclient", TlsWebClient::new);
  }

  /** A client with settings. */
  private interface Maker {
    TlsClient make(TlsSettings settings) throws Exception;
  }

  private TlsProbe() {}

  /** Arguments: the key store, the host's base URL, and one under a name it has no right to. */
  public static void main(String[] arguments) throws Exception {
    Path store = Path.of(arguments[0]);
    String right = arguments[1] + "/chat/completions?do=";
    String wrong = arguments[2] + "/chat/completions?do=";
    for (Map.Entry<String, Maker> client : CLIENTS.entrySet()) {
      String name = client.getKey();
      Maker maker = client.getValue();
      try (TlsClient trusting = maker.make(TlsSettings.trusting(store))) {
        call(trusting, name, "call", right + "json", false);
        call(trusting, name, "gzip", right + "gzip", false);
        call(trusting, name, "stream", right + "stream", true);
        call(trusting, name, "stream gzip", right + "gzip", true);
        call(trusting, name, "wrong name", wrong + "json", false);
      }
      try (TlsClient anyName = maker.make(TlsSettings.ofAnyName(store))) {
        call(anyName, name, "any name", wrong + "json", false);
      }
      try (TlsClient doubting = maker.make(TlsSettings.doubting(store))) {
        call(doubting, name, "not trusted", right + "json", false);
        call(doubting, name, "stream not trusted", right + "stream", true);
      }
    }
    System.exit(0);
  }

  private static void call(TlsClient client, String name, String what, String url, boolean streamed)
      throws Exception {
    String request = url.endsWith("stream") ? Answers.STREAM_REQUEST : Answers.REQUEST;
    // Whose call it is can be told from the span, too.
    byte[] json = request.replace("gpt-4o-mini", name).getBytes(StandardCharsets.UTF_8);
    String outcome;
    try {
      outcome = said(client.post(url, name + ": " + what, json, streamed));
    } catch (Exception e) {
      outcome = thrown(e);
    }
    System.out.println("CASE " + name + ": " + what + "\t" + outcome);
  }

  private static String said(Answer answer) {
    String text = new String(answer.body(), StandardCharsets.UTF_8).replace("\n", "\\n");
    return answer.status()
        + " "
        + answer.version()
        + " | "
        + answer.session()
        + " | "
        + answer.fields()
        + " | "
        + text;
  }

  private static String thrown(Exception e) {
    StringBuilder text = new StringBuilder();
    for (Throwable t = e; t != null; t = t.getCause()) {
      text.append(t.getClass().getName()).append(' ');
    }
    return text.toString().strip();
  }
}
