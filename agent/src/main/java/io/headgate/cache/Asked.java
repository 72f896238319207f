// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.RequestBody;
import io.headgate.state.EntryKey;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What names a question in the store, and what it is compared by with those that are there. */
final class Asked {

  private final CachedCall call;
  private final Question question;
  private final byte[] secret;
  private final byte[] partition;
  private final EntryKey key;
  private @Nullable Fingerprint fingerprint;

  private Asked(CachedCall call, Question question, byte[] secret, byte[] partition, EntryKey key) {
    this.call = call;
    this.question = question;
    this.secret = secret;
    this.partition = partition;
    this.key = key;
  }

  /** One of the two is null. */
  record Made(@Nullable Asked asked, String whyNot) {}

  static Made of(CachedCall call, Question question, byte[] secret) {
    Partition.Isolated isolated = Isolation.of(call, question, secret);
    byte[] partition = isolated.partition();
    if (partition == null) {
      return new Made(null, String.valueOf(isolated.reason()));
    }
    EntryKey key = keyOf(call, question, partition, question.request().body());
    return key == null
        ? new Made(null, "the request's body cannot be read")
        : new Made(new Asked(call, question, secret, partition, key), "");
  }

  private static @Nullable EntryKey keyOf(
      CachedCall call, Question question, byte[] partition, RequestBody body) {
    GatewayRequest request = question.request();
    // With the address it is going to have: what answers there is another thing.
    URI uri = call.tools().redirect().target(question.endpoint().provider(), request.uri());
    return call.policy()
        .keys()
        .key(
            new KeyParts(
                question.endpoint(),
                model(question),
                request.withUri(uri).withBody(body),
                partition,
                question.accept(),
                call.policy().options().key()));
  }

  private static String model(Question question) {
    String model = question.model();
    return model == null ? "" : model;
  }

  EntryKey key() {
    return key;
  }

  /** The key of the same question with another body; null if that has none. */
  @Nullable EntryKey with(byte[] body) {
    return keyOf(call, question, partition, RequestBody.of(body));
  }

  byte[] secret() {
    return secret;
  }

  /** How the most similar of those that are kept differs; null if there is none. */
  @Nullable String nearest() {
    NearMisses misses = call.tools().home().misses();
    String group = group();
    if (!misses.knows(group)) {
      return null;
    }
    Fingerprint print = fingerprint();
    return print == null ? null : misses.nearest(group, print);
  }

  /** It is kept from now on. */
  void remember() {
    Fingerprint print = fingerprint();
    if (print != null) {
      call.tools().home().misses().remember(group(), key, print);
    }
  }

  private String group() {
    return NearMisses.group(question.endpoint().operation(), model(question), partition);
  }

  private @Nullable Fingerprint fingerprint() {
    Fingerprint print = fingerprint;
    if (print == null) {
      print =
          Fingerprint.of(
              question.request().body().bytes(),
              call.policy().keys().ignored(question.endpoint().format()),
              secret);
      fingerprint = print;
    }
    return print;
  }
}
