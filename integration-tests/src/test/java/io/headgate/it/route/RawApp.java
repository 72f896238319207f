// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.route;

import io.headgate.it.contract.Client;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An app that speaks OpenAI's format by itself. */
final class RawApp implements App {

  private static final Pattern CONTENT = Pattern.compile("\"content\":\"([^\"]+)\"");
  private static final Pattern ERROR =
      Pattern.compile("\"error\":\\{\"message\":\"[^\"]*\",\"type\":\"([^\"]*)\"");

  private final Client client;
  private final String url;

  RawApp(Client client, String base) {
    this.client = client;
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
            url, body(asked).getBytes(StandardCharsets.UTF_8), Client.Framing.FIXED, null);
    StringBuilder all = new StringBuilder();
    Client.Reply reply =
        asked.stream()
            ? client.stream(
                call, piece -> read(new String(piece, StandardCharsets.UTF_8), all, saw))
            : client.call(call);
    if (!asked.stream()) {
      read(new String(reply.body(), StandardCharsets.UTF_8), all, saw);
    }
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
