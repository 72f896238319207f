// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

/**
 * A model at a provider, for one call: no {@code *} is left.
 *
 * @param provider the provider's name
 * @param model the model's name there
 */
public record Target(String provider, String model) {
  @Override
  public String toString() {
    return provider + "/" + model;
  }
}
