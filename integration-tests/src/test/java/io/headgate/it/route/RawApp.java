// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.route;

import io.headgate.it.contract.Client;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An app that speaks OpenAI's format by itself. */
final class RawApp implements App {

  private static final Pattern CONTENT = Pattern.compile("\"content\":\"([^\"]+)\"");
  private static final Pattern ERROR =
      Pattern.compile("\"error\":\\{\"message\":\"[^\"]*\",\"type\":\"([^\"]*)\"");

  /** Long enough for a request to come to a server on this machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Client client;
  private final String url;
  private final int port;

  /**
   * @param port of the server that the app looks at while it waits to cancel
   */
  RawApp(Client client, String base, int port) {
    this.client = client;
    this.port = port;
    this.url = base + "/v1/chat/completions";
  }

  static String body(FaultCase asked) {
    return "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(asked.model(), asked.stream(), asked.prompt());
  }

  @Override
  public void ask(FaultCase asked, Saw saw) throws Exception {
    Client.Call call =
        new Client.Call(
            url,
            body(asked).getBytes(StandardCharsets.UTF_8),
            Client.Framing.FIXED,
            asked.kind() == FaultCase.Kind.DEADLINE ? PATIENCE : null,
            0);
    StringBuilder all = new StringBuilder();
    switch (asked.kind()) {
      case WHOLE, DEADLINE -> {
        Client.Reply reply = client.call(call);
        read(new String(reply.body(), StandardCharsets.UTF_8), all, saw);
        answered(reply, all, asked, saw);
      }
      case STREAM -> {
        Client.Reply reply =
            client.stream(call, piece -> read(new String(piece, StandardCharsets.UTF_8), all, saw));
        answered(reply, all, asked, saw);
      }
      case CANCELLED ->
          saw.ended(client.cancel(call, () -> FaultServer.awaitRequest(port, asked.toString())));
      case ABANDONED -> {
        client.abandon(call);
        saw.ended("abandoned");
      }
    }
  }

  private static void answered(Client.Reply reply, StringBuilder all, FaultCase asked, Saw saw) {
    saw.status(reply.status());
    saw.fields(
        name -> {
          List<String> values = reply.headers().get(name);
          return values == null ? null : values.get(0);
        });
    saw.size(all.length());
    saw.ended(end(all.toString(), asked.stream()));
  }

  static void read(String piece, StringBuilder all, Saw saw) {
    all.append(piece);
    String before = saw.textSoFar();
    StringBuilder text = new StringBuilder();
    Matcher content = CONTENT.matcher(all);
    while (content.find()) {
      text.append(content.group(1));
    }
    if (text.length() > before.length()) {
      saw.text(text.substring(before.length()));
    }
  }

  static String end(String all, boolean stream) {
    Matcher error = ERROR.matcher(all);
    if (error.find()) {
      return "error " + error.group(1);
    }
    boolean complete =
        all.contains("\"finish_reason\":\"stop\"") && (!stream || all.contains("[DONE]"));
    return complete ? "complete" : "other " + all;
  }
}
