// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import org.jspecify.annotations.Nullable;

/** The kinds of tokens that have prices of their own, by the names the price lists use. */
enum Rate {
  INPUT("in", true),
  OUTPUT("out", false),
  CACHE_READ("read", true),
  CACHE_WRITE("write", true),
  CACHE_WRITE_HOUR("write1h", true),
  REASONING("think", false),
  AUDIO_INPUT("audio-in", true),
  AUDIO_OUTPUT("audio-out", false),
  IMAGE_INPUT("image-in", true),
  IMAGE_OUTPUT("image-out", false);

  private static final Rate[] ALL = values();

  private final String text;
  private final boolean input;

  Rate(String text, boolean input) {
    this.text = text;
    this.input = input;
  }

  /** The plain kind of the same direction, whose discounts this one shares. */
  Rate plain() {
    return input ? INPUT : OUTPUT;
  }

  static @Nullable Rate of(String text) {
    for (Rate rate : ALL) {
      if (rate.text.equals(text)) {
        return rate;
      }
    }
    return null;
  }
}
