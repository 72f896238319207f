// SPDX-License-Identifier: Apache-2.0
package io.headgate.instrument;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which methods are intercepted, and by which advice. Exact names only: no type hierarchy is ever
 * searched, so transforming a class looks at nothing but that class.
 */
final class Instrumentations {

  /** All of them; a new client is a list here and a package under {@code adapter}. */
  static final List<Instrumentation> ALL =
      Stream.of(
              JdkPoints.ALL,
              OkHttpPoints.ALL,
              ApachePoints.ALL,
              SpringPoints.ALL,
              AwsPoints.ALL,
              AzurePoints.ALL,
              VertxPoints.ALL)
          .flatMap(List::stream)
          .toList();

  private Instrumentations() {}

  /**
   * One method and its advice.
   *
   * @param type binary name of the class
   * @param descriptor of the method
   * @param advice binary name of the advice class
   * @param optional whether some versions of the class do without the method
   */
  record Instrumentation(
      String type, String method, String descriptor, String advice, boolean optional) {

    /** Of a method that every version has. */
    Instrumentation(String type, String method, String descriptor, String advice) {
      this(type, method, descriptor, advice, false);
    }
  }
}
