// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.expression.Expression;
import io.headgate.expression.Variables;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What keeps callers' entries apart: HMAC-SHA-256 (RFC 2104) over all of what tells them apart, so
 * that nobody who reads a store learns it, or can test a guess without the secret. Immutable and
 * thread-safe.
 */
final class Partition {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SECRET_SIZE = 32;

  private final byte[] secret;

  /** Keyed and never fed: finding and keying one takes longer than hashing a credential. */
  private final Mac keyed;

  /**
   * @param secret {@link io.headgate.state.EntryStore#secret}
   */
  Partition(byte[] secret) {
    if (secret.length < SECRET_SIZE) {
      throw new IllegalArgumentException("a secret has at least " + SECRET_SIZE + " bytes");
    }
    this.secret = secret.clone();
    this.keyed = made();
  }

  /** Whether it was made with that secret. */
  boolean isOf(byte[] other) {
    return MessageDigest.isEqual(secret, other);
  }

  /**
   * A partition, or why there is none: one of the two is null.
   *
   * @param reason names the expression, never a value
   */
  record Isolated(byte @Nullable [] partition, @Nullable String reason) {}

  /** One for each upstream credential: {@link io.headgate.provider.CallCredential#of}. */
  byte[] ofCredential(byte[] identity) {
    Mac mac = mac();
    mac.update((byte) 'c');
    return mac.doFinal(identity);
  }

  /** One for each combination of values; the same for all calls if there are no expressions. */
  Isolated of(List<Expression> isolate, Variables variables) {
    Mac mac = mac();
    mac.update((byte) 'i');
    for (Expression expression : isolate) {
      String value = expression.text(variables);
      if (value == null) {
        return new Isolated(null, "isolate: " + expression.source() + " has no value");
      }
      // With their lengths they cannot change places or run into each other.
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      mac.update(bytes);
    }
    return new Isolated(mac.doFinal(), null);
  }

  private Mac mac() {
    try {
      return (Mac) keyed.clone();
    } catch (CloneNotSupportedException e) {
      return made(); // As of a provider that keeps keys in hardware.
    }
  }

  private Mac made() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + ALGORITHM, e);
    }
  }
}
