// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.json.CanonicalJson;
import io.headgate.json.JsonPaths;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 over parts that each come with their length, so that none can pass for another. */
final class KeyHash {

  private final MessageDigest digest = sha256();

  /** A number on its way into the hash, which takes bytes faster together than one by one. */
  private final byte[] four = new byte[4];

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  KeyHash mark(char mark) {
    digest.update((byte) mark);
    return this;
  }

  KeyHash text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  KeyHash bytes(byte[] bytes) {
    return bytes(bytes, 0, bytes.length);
  }

  KeyHash bytes(byte[] bytes, int from, int length) {
    number(length);
    digest.update(bytes, from, length);
    return this;
  }

  KeyHash number(int number) {
    for (int i = 0; i < four.length; i++) {
      four[i] = (byte) (number >> (24 - 8 * i));
    }
    digest.update(four);
    return this;
  }

  /** A JSON document, in its canonical form; false, with nothing added, if it is none. */
  boolean json(byte[] json, JsonPaths ignored) {
    return CanonicalJson.write(json, ignored, digest::update);
  }

  byte[] end() {
    return digest.digest();
  }
}
