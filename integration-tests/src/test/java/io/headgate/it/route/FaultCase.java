// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.route;

import java.util.Locale;

/**
 * One call of the app. Its name is {@code CLIENT.FAULT.MODEL.KIND}.
 *
 * @param client which app makes it
 * @param fault what the faulty provider does, see {@link Faults}
 * @param model what the app asks for, which chooses the route
 * @param kind what the app does about it
 */
record FaultCase(String client, String fault, String model, Kind kind) {

  /** How an app makes a call. */
  enum Kind {
    /** It reads a whole answer. */
    WHOLE,
    /** It reads a stream. */
    STREAM,
    /** It cancels when the provider has its request. */
    CANCELLED,
    /** It has a timeout of its own. */
    DEADLINE,
    /** It closes a stream after the first piece. */
    ABANDONED
  }

  static FaultCase parse(String id) {
    String[] parts = id.split("\\.");
    return new FaultCase(
        parts[0], parts[1], parts[2], Kind.valueOf(parts[3].toUpperCase(Locale.ROOT)));
  }

  /** Whether it asks for a stream. */
  boolean stream() {
    return kind == Kind.STREAM || kind == Kind.ABANDONED;
  }

  /** Words that hold the case's name, for the servers to know it by. */
  String prompt() {
    return "case=" + this + ";";
  }

  @Override
  public String toString() {
    return client + "." + fault + "." + model + "." + kind.name().toLowerCase(Locale.ROOT);
  }
}
