// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Signatures of thoughts. Gemini 3 refuses a history whose calls lack them. For calls that another
 * model made there is a word that it takes instead ("Thought signatures", Gemini API).
 */
final class Signatures {

  /** As it is documented for a request. */
  static final String DUMMY = "skip_thought_signature_validator";

  /** The same in base64: the SDKs read the member as bytes, and fail at the underscores. */
  static final String DUMMY_BYTES =
      Base64.getEncoder().encodeToString(DUMMY.getBytes(StandardCharsets.UTF_8));

  private Signatures() {}

  /** A signature that a model gave; null if it is missing, or stands for one. */
  static @Nullable String real(@Nullable Object value) {
    return value instanceof String text
            && !text.isEmpty()
            && !text.equals(DUMMY)
            && !text.equals(DUMMY_BYTES)
        ? text
        : null;
  }
}
