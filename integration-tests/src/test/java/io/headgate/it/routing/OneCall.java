// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.routing;

import java.util.Map;

/** An app that makes one call and prints what we say of it. */
final class OneCall {

  private OneCall() {}

  public static void main(String[] args) {
    Out.call(
        "one",
        () ->
            AppClient.JDK_SEND
                .post(
                    "https://api.openai.com/v1/chat/completions",
                    Map.of("authorization", "Bearer sk-app"),
                    "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi?\"}]}")
                .ours());
  }
}
