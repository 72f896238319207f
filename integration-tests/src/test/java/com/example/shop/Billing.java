// SPDX-License-Identifier: Apache-2.0
package com.example.shop;

import io.headgate.it.routing.AppClient;
import java.util.Map;

/** Another part of the app. */
final class Billing {

  private static final String URL = "https://api.openai.com/v1/chat/completions";
  private static final String BODY =
      "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi?\"}]}";

  private Billing() {}

  static String run(AppClient client) throws Exception {
    AppClient.Answer answer = client.post(URL, Map.of("authorization", "Bearer sk-app"), BODY);
    return answer.headers().get("x-headgate-route")
        + " "
        + answer.headers().get("x-headgate-model");
  }
}
