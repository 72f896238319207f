// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

/** A target cannot serve a call. The message says why, in words that go on a span. */
public final class Ineligible extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public Ineligible(String why) {
    super(why, null, false, false);
  }
}
