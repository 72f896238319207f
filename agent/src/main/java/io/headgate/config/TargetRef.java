// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

/**
 * A model at a provider, as the configuration names it: {@code openai/gpt-4o}.
 *
 * @param provider the provider's name, known to exist
 * @param model the model's name at that provider; may hold slashes of its own
 */
public record TargetRef(String provider, String model) {
  @Override
  public String toString() {
    return provider + "/" + model;
  }
}
