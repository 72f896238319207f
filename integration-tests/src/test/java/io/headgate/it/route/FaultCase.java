// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.route;

/**
 * One call of the app. Its name is {@code CLIENT.FAULT.MODEL.KIND}.
 *
 * @param client which app makes it
 * @param fault what the faulty provider does, see {@link Faults}
 * @param model what the app asks for, which chooses the route
 * @param stream whether it asks for a stream
 */
record FaultCase(String client, String fault, String model, boolean stream) {

  static FaultCase parse(String id) {
    String[] parts = id.split("\\.");
    return new FaultCase(parts[0], parts[1], parts[2], parts[3].equals("stream"));
  }

  /** Words that hold the case's name, for the servers to know it by. */
  String prompt() {
    return "case=" + this + ";";
  }

  @Override
  public String toString() {
    return client + "." + fault + "." + model + "." + (stream ? "stream" : "whole");
  }
}
