// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

/** The HTTP client behind azure-core's interface, by what matters to us. */
enum Kind {
  NETTY,
  OKHTTP,
  JDK,
  VERTX;

  /** By the name of the class, which was another one in the early versions of some. */
  static Kind of(Object client) {
    String name = client.getClass().getSimpleName();
    if (name.startsWith("Netty")) {
      return NETTY;
    }
    if (name.startsWith("OkHttp")) {
      return OKHTTP;
    }
    return name.startsWith("Jdk") ? JDK : VERTX;
  }

  /** Whether a blocking call is an asynchronous one that Reactor waits for. */
  boolean blocksInReactor() {
    return this == NETTY;
  }

  /** Whether a blocking call has a way of its own, and gives the body as a stream. */
  boolean streams() {
    return this == OKHTTP || this == JDK;
  }

  /** Whether cancelling a call drops its answer when that comes later, without closing it. */
  boolean dropsLateAnswers() {
    return this == VERTX;
  }

  /** Whether the flag of a thread that was interrupted while it waited stays set. */
  boolean keepsInterrupt() {
    return this == OKHTTP;
  }
}
