// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

/** What the probes say, and how they report what came of it. Part of the app, not of the test. */
final class Said {

  static final String KEY = "canary-key-";
  static final String CANARY = "canary-text";
  static final String PROMPT = "Sum up this ticket: " + CANARY + " the export stops at row 500";

  /** What the stand-in answers to {@link #PROMPT}. */
  static final String ANSWER =
      "In short: "
          + CANARY
          + " the export stops at row 500"
          + " Next step: confirm with the customer and close the loop.";

  /** Long enough for the hosts' prompt caches, which begin at 1024 tokens. */
  static final String HANDBOOK = "Be brief and kind. ".repeat(250);

  private Said() {}

  /** One call of the app; its text is the app's own view of the answer. */
  interface Call {
    String run() throws Exception;
  }

  static void call(String name, Call call) {
    String outcome;
    try {
      outcome = call.run();
    } catch (Exception e) {
      outcome = "FAILED " + e + " caused by " + e.getCause();
    }
    System.out.println("CALL " + name + "\t" + outcome.replace('\n', ' '));
  }

  static String counted(String text, long input, long output) {
    return text + " (" + input + " in, " + output + " out)";
  }
}
