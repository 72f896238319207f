// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyedTest {

  /** The example in the paper's appendix. */
  @Test
  void isSipHash() {
    byte[] key = new byte[16];
    byte[] message = new byte[15];
    for (int i = 0; i < 16; i++) {
      key[i] = (byte) i;
      if (i < 15) {
        message[i] = (byte) i;
      }
    }
    assertThat(new Keyed(key).hash(message)).isEqualTo(0xa129ca6149be45e5L);
  }
}
