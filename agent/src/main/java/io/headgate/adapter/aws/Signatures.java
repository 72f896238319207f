// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Which run of the SDK signed a request that is on its way to its HTTP client. The SDK copies
 * requests on that way, but their {@code Authorization} stays the same string, so that is what an
 * entry lives and dies with. It holds the SDK's run weakly, and nothing of what that signed with.
 */
final class Signatures {

  /** So many can be on their way at once; beyond these nothing is kept. */
  private static final int LIMIT = 4096;

  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Map<String, WeakReference<Object>> RUNS = new WeakHashMap<>();

  private Signatures() {}

  static void keep(SdkHttpRequest signed, Object run) {
    String authorization = signed.firstMatchingHeader("Authorization").orElse(null);
    if (authorization == null || !Signature.isOne(authorization)) {
      return;
    }
    LOCK.lock();
    try {
      if (RUNS.size() < LIMIT) {
        RUNS.put(authorization, new WeakReference<>(run));
      }
    } finally {
      LOCK.unlock();
    }
  }

  /** The run that signed the request, which is then forgotten; null if none is known. */
  static @Nullable Object take(SdkHttpRequest signed) {
    String authorization = signed.firstMatchingHeader("Authorization").orElse(null);
    if (authorization == null) {
      return null;
    }
    LOCK.lock();
    try {
      WeakReference<Object> run = RUNS.remove(authorization);
      return run == null ? null : run.get();
    } finally {
      LOCK.unlock();
    }
  }
}
