// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench.app;

import java.io.IOException;

/** An application that makes no call. */
public final class Trivial {

  private Trivial() {}

  public static void main(String[] args) throws IOException {
    Footprint.ready();
  }
}
