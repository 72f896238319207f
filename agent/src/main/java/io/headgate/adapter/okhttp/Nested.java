// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import io.headgate.client.NestedCalls;
import io.headgate.gateway.Ingress;
import okhttp3.Call;

/**
 * Calls that another client makes through OkHttp, inside one that its own adapter brought in: they
 * stay unseen, also where they run on a thread of the dispatcher.
 */
final class Nested {

  /** In the place of a parent. */
  private static final Object MARK = new Object();

  /** In the place of that, while the thread that runs the call is marked because of it. */
  private static final Object MARKED = new Object();

  private Nested() {}

  /** This thread hands the call to the dispatcher. */
  static void enqueued(Call call) {
    if (Hosts.nested(call.request().url())) {
      Parents.mark(call, MARK);
    }
    begun(call);
  }

  /**
   * This thread is about to run the call. Returns whether it is marked as inside another one
   * because of that, until the call is {@linkplain #left left}.
   */
  static boolean entered(Call call) {
    begun(call);
    if (Parents.of(call) != MARK || !Ingress.enter()) {
      return false;
    }
    Parents.mark(call, MARKED);
    return true;
  }

  private static void begun(Call call) {
    NestedCalls around = NestedCalls.current();
    if (around != null) {
      around.begun(call::cancel);
    }
  }

  static void left(Call call) {
    Ingress.leave(Parents.of(call) == MARKED);
  }
}
