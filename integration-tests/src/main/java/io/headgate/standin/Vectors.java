// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.SplittableRandom;

/** Embeddings: a function of the text alone, between -0.05 and 0.05 like the real ones. */
final class Vectors {

  private Vectors() {}

  static float[] of(String text, int dimensions) {
    SplittableRandom random = new SplittableRandom(text.hashCode());
    float[] vector = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      vector[i] = (float) (random.nextInt(-50_000, 50_000) / 1e6);
    }
    return vector;
  }

  /** Little-endian float32, as {@code encoding_format: base64} means it. */
  static String base64(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(vector.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : vector) {
      bytes.putFloat(value);
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
