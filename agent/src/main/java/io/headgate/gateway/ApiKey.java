// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

/** A credential that the configuration holds, and the name that people may see of it. */
public final class ApiKey {

  private final String alias;
  private final String value;

  public ApiKey(String alias, String value) {
    this.alias = alias;
    this.value = value;
  }

  /** Safe to show. */
  public String alias() {
    return alias;
  }

  /** The secret itself: for the header field it goes into and for nothing else. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return alias;
  }
}
