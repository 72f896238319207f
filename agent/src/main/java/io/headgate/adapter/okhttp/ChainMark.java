// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * Tells the one call of {@code client.interceptors()} with which OkHttp builds a call's chain from
 * all the others: that list is public, and whoever asks for it must see what the app put there.
 */
final class ChainMark {

  /**
   * True: the call goes to a handled host. False: it does not, or is made inside a call that was
   * brought in; but an interceptor of the app may still send it elsewhere, which ours will see.
   * Only types of the JDK, set to null rather than removed: no call leaves anything of ours in the
   * app's threads, and none allocates a map entry.
   */
  private static final ThreadLocal<@Nullable Boolean> MARK = new ThreadLocal<>();

  /** Set once our interceptor is in the chain, until the network interceptors were asked for. */
  private static final ThreadLocal<@Nullable Boolean> JOINED = new ThreadLocal<>();

  private ChainMark() {}

  /** Raises the mark for the chain that this thread is about to build; whether it was raised. */
  static boolean raise(Call call) {
    if (!OkHttpAdapter.on()) {
      return false;
    }
    MARK.set(Hosts.handled(call.request().url()));
    return true;
  }

  static void drop() {
    MARK.set(null);
    JOINED.set(null);
  }

  /** The mark, which is gone afterwards; null if it was not raised. */
  static @Nullable Boolean take() {
    Boolean mark = MARK.get();
    if (mark != null) {
      MARK.set(null);
    }
    return mark;
  }

  /** Our interceptor is in the chain that this thread builds. */
  static void joined() {
    JOINED.set(Boolean.TRUE);
  }

  /** Whether our interceptor is in the chain; false afterwards. */
  static boolean takeJoined() {
    boolean joined = JOINED.get() != null;
    if (joined) {
      JOINED.set(null);
    }
    return joined;
  }
}
