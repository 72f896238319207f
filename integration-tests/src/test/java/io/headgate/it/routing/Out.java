// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.routing;

import java.util.Map;
import java.util.TreeMap;

/** How the probes tell what came of their calls. Part of the app, not of the test. */
public final class Out {

  private Out() {}

  /** One call of the app; its text is the app's own view of the answer. */
  public interface Call {
    String run() throws Exception;
  }

  /** Makes a call and prints what it says, or how it failed. */
  public static void call(String name, Call call) {
    String outcome;
    try {
      outcome = call.run();
    } catch (Exception e) {
      outcome = "FAILED " + e + " caused by " + e.getCause();
    }
    System.out.println("CALL " + name + "\t" + outcome.replace('\n', ' '));
  }

  /** Our fields of an answer: {@code model=gpt-4o step=0}, sorted; an id only as {@code id}. */
  static String ours(Map<String, String> lowerCaseHeaders) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(lowerCaseHeaders)
        .forEach(
            (name, value) -> {
              if (name.startsWith("x-headgate-")) {
                String field = name.substring("x-headgate-".length());
                text.append(text.length() == 0 ? "" : " ").append(field);
                text.append(field.equals("id") ? "" : "=" + value);
              }
            });
    return text.toString();
  }
}
