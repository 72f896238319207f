// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

/** A credential: it can be used, but not printed. */
public final class Secret {
  private final String value;

  public Secret(String value) {
    this.value = value;
  }

  /** The credential itself, for the one place that writes it into a request. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}
