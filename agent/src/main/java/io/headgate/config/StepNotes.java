// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.util.ArrayList;
import java.util.List;

/** What can be checked only when all steps are known. */
final class StepNotes {

  /** A {@code route:} somewhere in a step. */
  record Reference(String at, String path, String name, StepSettings.Route step) {}

  /**
   * A modifier that is for some kinds of steps only.
   *
   * @param path the full name of the modifier
   * @param step what it holds for
   */
  record Claim(String at, String path, boolean splits, StepSettings step) {}

  private final List<Reference> references = new ArrayList<>();
  private final List<Claim> claims = new ArrayList<>();

  List<Reference> references() {
    return references;
  }

  List<Claim> claims() {
    return claims;
  }
}
