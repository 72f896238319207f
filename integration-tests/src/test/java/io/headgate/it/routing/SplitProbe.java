// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.routing;

import java.util.Map;

/** Fifty users who ask four times each; prints the arm that every one got each time. */
final class SplitProbe {

  private static final String BODY =
      "{\"model\":\"smart\",\"temperature\":1,\"messages\":["
          + "{\"role\":\"system\",\"content\":\"Be kind.\"},"
          + "{\"role\":\"user\",\"content\":\"Hello?\"}]}";

  private SplitProbe() {}

  public static void main(String[] args) {
    AppClient[] clients = AppClient.values();
    for (int i = 0; i < 200; i++) {
      String user = "user-" + i % 50;
      AppClient client = clients[i % clients.length];
      Out.call(
          user + " " + i,
          () ->
              ""
                  + client
                      .post(
                          "https://api.openai.com/v1/chat/completions",
                          Map.of("authorization", "Bearer sk-app", "x-user-id", user),
                          BODY)
                      .headers()
                      .get("x-headgate-arm"));
    }
    System.exit(0);
  }
}
