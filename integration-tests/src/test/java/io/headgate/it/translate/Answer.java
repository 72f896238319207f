// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A model's turn as an SDK hands it to its app.
 *
 * @param finish why it ended, in the SDK's words
 * @param turn the turn as the SDK wants it back in the next request
 */
record Answer(String text, List<Call> calls, long input, long output, String finish, Object turn) {

  /**
   * A tool's call.
   *
   * @param arguments JSON
   */
  record Call(String id, String name, String arguments) {
    @Override
    public String toString() {
      return name + arguments;
    }
  }

  String counted() {
    return text + " (" + input + " in, " + output + " out, " + finish + ")";
  }

  String called() {
    return calls.stream().map(Call::toString).collect(Collectors.joining(" "))
        + " ("
        + finish
        + ")";
  }
}
