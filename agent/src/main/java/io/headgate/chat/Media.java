// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of a picture, a document or a sound are.
 *
 * @param value the bytes in base64 (no line breaks, no {@code data:} prefix), the URL, the id or
 *     the text itself
 * @param type the media type, as {@code image/png}; null if it is not known
 */
public record Media(Kind kind, String value, @Nullable String type) {

  /** How to get at them. */
  public enum Kind {
    BASE64,
    /** An http or https URL that anybody can read. */
    URL,
    /** In a store that one provider can read: {@code gs://}, {@code s3://}. */
    STORED,
    /** The id of a file that was uploaded to one provider. */
    FILE_ID,
    /** Plain text. */
    TEXT
  }
}
