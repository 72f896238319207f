// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

/**
 * What an application does in a loop.
 *
 * @param name what it calls it
 * @param threads on how many threads at once
 * @param pieces how many pieces an answer has: what is counted per call is divided by it
 */
record Case(String name, int threads, int pieces) {

  private static final int CHUNKS = 200;

  static final Case JDK = new Case("jdk-call", 1, 1);
  static final Case JDK_16 = new Case("jdk-call", 16, 1);
  static final Case OKHTTP = new Case("ok-call", 1, 1);
  static final Case OKHTTP_16 = new Case("ok-call", 16, 1);
  static final Case OPENAI = new Case("openai-call", 1, 1);
  static final Case JDK_OTHER = new Case("jdk-other", 1, 1);
  static final Case OKHTTP_OTHER = new Case("ok-other", 1, 1);
  static final Case URL_OTHER = new Case("huc-other", 1, 1);
  static final Case JDK_STREAM = new Case("jdk-stream", 1, CHUNKS);
  static final Case OKHTTP_STREAM = new Case("ok-stream", 1, CHUNKS);
  static final Case OPENAI_STREAM = new Case("openai-stream", 1, CHUNKS);
  static final Case JDK_PACED = new Case("jdk-paced", 1, 10);
  static final Case OKHTTP_PACED = new Case("ok-paced", 1, 10);

  String title() {
    return name + " x" + threads;
  }
}
