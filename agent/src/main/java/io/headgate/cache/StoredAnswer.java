// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.chat.Cost;
import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it is kept: without its content encoding, and with those of its header fields that
 * another call may get.
 *
 * @param createdMillis when it came, in milliseconds since 1970
 * @param freshMillis until when it may be used without further ado
 * @param staleErrorMillis until when it may be used if there is no other
 * @param staleWhileMillis until when it may be used while another one is fetched
 * @param streamUsage whether it was asked to tell its usage in the stream
 * @param id the provider's id of it; null for none
 * @param model the model that answered; null if it did not say
 * @param finishReasons as in {@link io.headgate.chat.ResponseFacts}
 * @param cost what it cost; null if that is not known
 * @param times when each part came, in milliseconds after the first; empty if it came at once
 * @param sizes how many bytes each part has; as many as there are times
 */
record StoredAnswer(
    long createdMillis,
    long freshMillis,
    long staleErrorMillis,
    long staleWhileMillis,
    AnswerForm form,
    boolean streamUsage,
    int status,
    Headers headers,
    @Nullable String id,
    @Nullable String model,
    List<String> finishReasons,
    @Nullable Cost cost,
    int[] times,
    int[] sizes,
    byte[] body) {

  /** From when on it is of no use at all. */
  long expiresMillis() {
    return Math.max(freshMillis, Math.max(staleErrorMillis, staleWhileMillis));
  }
}
