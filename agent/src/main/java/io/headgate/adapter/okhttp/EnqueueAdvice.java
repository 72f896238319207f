// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import io.headgate.gateway.Ingress;
import net.bytebuddy.asm.Advice;
import okhttp3.Call;

/**
 * On entry of {@code enqueue} of {@code okhttp3.RealCall} (3.x) and {@code
 * okhttp3.internal.connection.RealCall} (4.x, 5.x): the chain will run on a thread of the
 * dispatcher, which knows nothing of the span that is current here, nor of another client's call
 * that this one is made inside of. Never throws.
 */
public final class EnqueueAdvice {

  private EnqueueAdvice() {}

  @Advice.OnMethodEnter(inline = false)
  public static void enter(@Advice.This Object self) {
    try {
      Call call = (Call) self;
      if (!OkHttpAdapter.on()) {
        return;
      }
      if (!Hosts.handled(call.request().url())) {
        Nested.enqueued(call);
        return;
      }
      Object parent = Ingress.captureParent(OkHttpAdapter.CALL_SITE.loader());
      if (parent != null) {
        Parents.keep(call, parent);
      }
    } catch (Throwable t) {
      tell(t);
    }
  }

  /** Here and not in a class of its own, which could be the one that is missing. */
  private static void tell(Throwable fault) {
    try {
      OkHttpAdapter.fault(fault);
    } catch (Throwable unreachable) {
      // Nobody is there to be told.
    }
  }
}
