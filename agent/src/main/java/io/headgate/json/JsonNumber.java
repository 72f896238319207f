// SPDX-License-Identifier: Apache-2.0
package io.headgate.json;

/**
 * A number as a document spells it, so that it can be written back without the loss of a digit.
 *
 * @param text valid JSON
 */
public record JsonNumber(String text) {

  /** The number if it is whole and fits; else the other one. */
  public long orElse(long other) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return other;
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
