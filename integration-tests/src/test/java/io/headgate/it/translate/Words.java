// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

/**
 * What the apps say. What is in {@code [[...]]} is for the stand-in and goes wherever the prompt
 * goes, whatever the format. Part of the apps, not of the tests.
 */
final class Words {

  /** Every credential of an app's has it in it. */
  static final String KEY = "canary-key-of-the-app";

  static final String SYSTEM = "Be brief.";
  static final String MATTER = "the export stops at row 500";
  static final String PROMPT = "Sum up this ticket: " + MATTER;

  static final String NEXT_MATTER = "what comes next";
  static final String NEXT = "Go on: " + NEXT_MATTER;

  /** A red dot: PNG, base64. */
  static final String IMAGE =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
          + "rkJggg==";

  private Words() {}

  /** A prompt that is answered by calls of these tools. */
  static String calling(AppTool... tools) {
    StringBuilder names = new StringBuilder();
    for (AppTool tool : tools) {
      names.append(names.isEmpty() ? "" : ",").append(tool.tool).append(tool.ofTicket ? "" : "()");
    }
    return scripted("tool=" + names);
  }

  /** A prompt whose answer is bent by switches of the stand-in's. */
  static String scripted(String switches) {
    return PROMPT + " [[standin:" + switches + "]]";
  }
}
